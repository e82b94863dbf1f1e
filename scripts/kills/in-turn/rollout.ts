import { describeEnd } from "../../../terraform";
import type { SoakProject, Started } from "../project";
import { processesOf, victimsNow } from "../victims";
import type { Cloud } from "./cloud";

/** Who is killed: Terraform, or `evenkeel apply`. */
export type Killed = "terraform" | "evenkeel";

/** One kill, and what was run before the next apply. */
export interface Kill {
  readonly killed: Killed;
  /** The stack and the address of the resource that was begun last, `prod-keys: aws_kms_key.orders`. */
  readonly resource: string;
  /** What else was begun and not finished, so that it was hit as well. */
  readonly underway: number;
  /** How the apply ended. */
  readonly ended: string;
  /** The commands that its message asks for. */
  readonly afterwards: readonly string[];
  /** Everything that should not be; empty if all is well. */
  readonly faults: readonly string[];
}

export interface RolloutOptions {
  readonly project: SoakProject;
  readonly cloud: Cloud;
  readonly bundle: string;
  /** Who is killed next. */
  readonly victim: () => Killed;
  /** Whether it was killed already after a resource was begun. */
  readonly isDone: (killed: Killed, resource: string) => boolean;
  /** Told of each kill. */
  readonly onKill: (kill: Kill) => void;
}

const pollMs = 10;
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
/** How long processes may take to end after the command that they belong to, in milliseconds. */
const leftoverMs = 180_000;
/** An apply that fails so often without a kill between gets no further. */
const mostFailures = 6;

/**
 * Applies a bundle again and again, and kills it each time that it has begun a resource after which nothing was killed yet, until
 * it ends by itself.
 * @returns everything that should not be at the end
 */
export async function rolloutInTurn({ project, bundle, ...options }: RolloutOptions): Promise<string[]> {
  const { cloud, victim, isDone, onKill } = options;
  const apply = ["apply", bundle, "--auto-approve"];
  for (let run = 0, failures = 0; ; run += 1) {
    const mark = `${process.pid}-${run}`;
    const started = project.verb(apply, mark);
    const killed = victim();
    const hit = await killAtNext(started, killed, (resource) => isDone(killed, resource), mark);
    const end = await started.ended;
    const faults = await leftovers(mark);
    if (!hit && end.code === 0) return [...faults, ...cloud.faults()];
    const lost = cloud.orphans();
    const afterwards = await recover(project, started.printed(), cloud, mark);
    if (!hit) {
      failures += 1;
      if (afterwards.length > 0 && failures < mostFailures) continue;
      return [
        ...faults,
        `an apply that was not killed ended with ${describeEnd(end)}: ${started.printed().slice(-2000)}`,
      ];
    }
    failures = 0;
    // What Terraform had written when it was killed is printed afterwards.
    const begun = begunBy(started.printed());
    faults.push(...wrongEnd(killed, end, started.printed()), ...unexpected(lost, begun));
    const underway = begun.size - doneBy(started.printed()) - 1;
    onKill({ killed, resource: hit, underway, ended: describeEnd(end), afterwards, faults });
  }
}

/** Waits until something is begun after which nothing was killed yet, and kills. @returns what; undefined if the apply ended first */
async function killAtNext(
  started: Started,
  killed: Killed,
  isDone: (resource: string) => boolean,
  mark: string,
): Promise<string | undefined> {
  let over = false;
  void started.ended.then(() => {
    over = true;
  });
  const victim = killed === "terraform" ? "terraform" : "program";
  while (!over) {
    for (const { pid, stack, command } of victimsNow({ victim, program: "evenkeel" }, mark)) {
      if (killed === "terraform" && command !== "apply") continue;
      // What was begun last: what was begun before in other stacks is done.
      const resource = [...begunBy(started.printed())].reverse().find((one) => !isDone(one));
      if (!resource || (stack !== undefined && stackOf(resource) !== stack)) continue;
      try {
        process.kill(pid, "SIGKILL");
        return resource;
      } catch {
        // It has ended in the meantime: the apply has gone on.
      }
    }
    await pause(pollMs);
  }
  return undefined;
}

/** The stack of a resource in words. */
export const stackOf = (resource: string): string => resource.split(": ")[0] ?? "";

/** What an apply has begun, in order. */
const begunBy = (printed: string): Set<string> => new Set(printed.match(/^\S+: (aws_|terraform_data)\S+$/gm) ?? []);

/** How many of them it has finished. */
const doneBy = (printed: string): number => printed.match(/^\S+: (aws_|terraform_data)\S+ .*$/gm)?.length ?? 0;

/** Does what the messages of an apply ask for. @returns the commands */
async function recover(project: SoakProject, printed: string, cloud: Cloud, mark: string): Promise<string[]> {
  const ran: string[] = [];
  for (const [words, environment = "", stack = ""] of printed.matchAll(/evenkeel unlock (\S+) (\S+)/g)) {
    if (ran.includes(words)) continue;
    ran.push(words);
    await project.verb(["unlock", environment, stack, "--auto-approve"], mark).ended;
  }
  for (const [, folder = ""] of printed.matchAll(/terraform (-chdir=\S+) state push errored\.tfstate/g)) {
    ran.push(`terraform ${folder} state push`);
    await project.terraform([folder, "state", "push", "errored.tfstate"], mark).ended;
  }
  if (cloud.deleteOrphans() > 0) ran.push("inventory --delete-orphans");
  return ran;
}

/** Waits for processes that a command has left, and ends what does not end by itself. */
async function leftovers(mark: string): Promise<string[]> {
  const deadline = Date.now() + leftoverMs;
  for (;;) {
    const left = processesOf(mark);
    if (left.length === 0) return [];
    if (Date.now() > deadline) {
      for (const pid of left) process.kill(pid, "SIGKILL");
      return [`${left.length} processes were left running`];
    }
    await pause(pollMs);
  }
}

function wrongEnd(killed: Killed, end: { code?: number; signal?: string }, printed: string): string[] {
  if (killed === "evenkeel")
    return end.signal === "SIGKILL" || end.code === 137 ? [] : ["the killed apply has ended otherwise"];
  const told = printed.includes("evenkeel unlock ") ? [] : ["nothing says how to release the lock"];
  return end.code === 1 ? told : [...told, `the apply of a killed Terraform ended with ${end.code}, not 1`];
}

/** What stands there and no state knows, although this apply had not begun it. */
function unexpected(lost: readonly string[], begun: ReadonlySet<string>): string[] {
  return lost.filter((one) => !begun.has(one)).map((one) => `no state knows ${one}, which was not underway`);
}
