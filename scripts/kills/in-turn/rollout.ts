import { describeEnd } from "../../../terraform";
import { begunIn, pushesIn, unlocksIn } from "../printed";
import type { SoakProject, Started } from "../project";
import { leftovers, victimsNow } from "../victims";
import type { Cloud, Orphan } from "./cloud";

/** Who is killed: Terraform, or `evenkeel apply`. */
export type Killed = "terraform" | "evenkeel";

/** One kill, and what was run before the next apply. */
export interface Kill {
  readonly killed: Killed;
  /** The stack and the address of the resource that was begun last, `prod-keys: aws_kms_key.orders`. */
  readonly resource: string;
  /** How many others this apply had begun: those that were not finished were hit as well. */
  readonly others: number;
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
  /** Finds its processes. */
  readonly mark: string;
  /** Who is killed next. */
  readonly victim: () => Killed;
  /** Whether it was killed already after a resource was begun. */
  readonly isDone: (killed: Killed, resource: string) => boolean;
  /** Told of each kill. */
  readonly onKill: (kill: Kill) => void;
}

const pollMs = 10;
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
/** An apply that fails so often without a kill between gets no further. */
const mostFailures = 6;

/**
 * Applies a bundle again and again, and kills it each time that it has begun a resource after which nothing was killed yet, until
 * it ends by itself.
 * @returns everything that should not be at the end
 */
export async function rolloutInTurn({ project, bundle, mark, ...options }: RolloutOptions): Promise<string[]> {
  const { cloud, victim, isDone, onKill } = options;
  const apply = ["apply", bundle, "--auto-approve"];
  for (let failures = 0; ; ) {
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
    const begun = new Set(begunIn(started.printed()));
    faults.push(...wrongEnd(killed, end, started.printed()), ...unexpected(lost, begun));
    onKill({ killed, resource: hit, others: begun.size - 1, ended: describeEnd(end), afterwards, faults });
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
      const resource = [...begunIn(started.printed())].reverse().find((one) => !isDone(one));
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

/** Does what the messages of an apply ask for. @returns the commands */
async function recover(project: SoakProject, printed: string, cloud: Cloud, mark: string): Promise<string[]> {
  const ran: string[] = [];
  for (const [words, environment = "", stack = ""] of unlocksIn(printed)) {
    if (ran.includes(words)) continue;
    ran.push(words);
    await project.verb(["unlock", environment, stack, "--auto-approve"], mark).ended;
  }
  for (const [, folder = ""] of pushesIn(printed)) {
    ran.push(`terraform ${folder} state push`);
    await project.terraform([folder, "state", "push", "errored.tfstate"], mark).ended;
  }
  if (cloud.deleteOrphans() > 0) ran.push("inventory --delete-orphans");
  return ran;
}

function wrongEnd(killed: Killed, end: { code?: number; signal?: string }, printed: string): string[] {
  if (killed === "evenkeel")
    return end.signal === "SIGKILL" || end.code === 137 ? [] : ["the killed apply has ended otherwise"];
  const told = printed.includes("evenkeel unlock ") ? [] : ["nothing says how to release the lock"];
  return end.code === 1 ? told : [...told, `the apply of a killed Terraform ended with ${end.code}, not 1`];
}

/** What stands there and no state knows, although this apply had not begun it. */
function unexpected(lost: readonly Orphan[], begun: ReadonlySet<string>): string[] {
  return lost
    .filter((one) => ![...begun].some((resource) => one.mayBe(resource)))
    .map(({ words }) => `no state knows ${words}, which this apply had not begun`);
}
