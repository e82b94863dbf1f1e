import { setFlagsFromString } from "node:v8";

/** What V8 is told while a program runs, and when it has synthesized. */
interface Flags {
  readonly first: readonly string[];
  readonly last?: readonly string[];
  /** Takes back what was told last. */
  readonly back?: readonly string[];
}

/**
 * In every version. V8 leaves it to a task to mark what is alive, and Node.js runs that at the end, if at all. It looks for no other script with the same
 * text, which it hashes for that, and compiles a pattern once and not a second time when it is used again.
 */
const always = [
  "--no-concurrent-marking",
  "--incremental-marking-soft-trigger=1",
  "--no-incremental-marking-task",
  "--no-compilation-cache",
  "--no-regexp-tier-up",
];

/**
 * By major version of Node.js. A function has to run ten times and more of what V8 starts with before it is optimized: a synthesis ends before most of what
 * is optimized earlier has paid for itself. And marking what is alive is no work of another thread, which Node.js would wait for at its end.
 * It is left to a task; Node.js 22 runs that at the end, so that V8 is told there that nothing is marked step by step.
 */
const flags: Readonly<Record<string, Flags>> = {
  20: {
    // Nor is a young generation collected as the last thing that the process does.
    first: ["--interrupt-budget=1000000", "--no-minor-gc-task", ...always],
  },
  22: {
    first: ["--invocation-count-for-turbofan=30000", ...always],
    last: ["--no-incremental-marking"],
    back: ["--incremental-marking"],
  },
};

/** What a synthesis and its engine use of Node.js. It keeps them compiled for V8 as it starts, and compiles them anew for other flags. */
const builtins = ["assert", "child_process", "crypto", "os", "v8", "vm"];

/** Those of this process; undefined if V8 is left as it is. */
let own: Flags | undefined;

function tell(told: readonly string[] = []): void {
  for (const flag of told) setFlagsFromString(flag);
}

/**
 * Has V8 do less beside the program than in a process that runs for long. Versions that have not been measured are left as they are: V8 renames
 * such flags, and complains about one that it does not know.
 */
export function optimizeLater(): void {
  if (process.env.EVENKEEL_OPTIMIZE_LATER === "off") return;
  for (const name of builtins) require(name);
  own = flags[process.versions.node.split(".")[0] ?? ""];
  tell(own?.first);
}

/** Has V8 begin nothing more that pays for itself later: the program has done what it was started for. */
export function finishSoon(): void {
  tell(own?.last);
  isFinishing = true;
}

let isFinishing = false;

/** Goes on as before, if more is to be done after all: V8 takes compiled code under the flags only that it was compiled with. */
export function goOn(): void {
  if (isFinishing) tell(own?.back);
  isFinishing = false;
}
