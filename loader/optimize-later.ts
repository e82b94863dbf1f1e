import { setFlagsFromString } from "node:v8";

/**
 * By major version of Node.js. A function has to run ten times and more of what V8 starts with before it is optimized: a synthesis ends before most of what
 * is optimized earlier has paid for itself. And marking what is alive is no work of another thread, which Node.js would wait for at its end. Node.js 20
 * marks nothing before its memory runs out: V8 leaves it to a task that it is told not to run. Node.js 22 marks at once and not in steps.
 */
const flags: Readonly<Record<string, readonly string[]>> = {
  20: [
    "--interrupt-budget=1000000",
    "--no-concurrent-marking",
    "--incremental-marking-soft-trigger=1",
    "--no-incremental-marking-task",
  ],
  22: ["--invocation-count-for-turbofan=30000", "--no-concurrent-marking", "--no-incremental-marking"],
};

/** What a synthesis and its engine use of Node.js. It keeps them compiled for V8 as it starts, and compiles them anew for other flags. */
const builtins = ["assert", "child_process", "crypto", "os", "v8", "vm"];

/**
 * Has V8 do less beside the program than in a process that runs for long. Versions that have not been measured are left as they are: V8 renames
 * such flags, and complains about one that it does not know.
 */
export function optimizeLater(): void {
  if (process.env.EVENKEEL_OPTIMIZE_LATER === "off") return;
  for (const name of builtins) require(name);
  for (const flag of flags[process.versions.node.split(".")[0] ?? ""] ?? []) setFlagsFromString(flag);
}
