import { join } from "node:path";
import { describeEnd, type ProcessEnd, readStackFolders } from "../../terraform";
import type { Moment } from "./moment";
import { begunIn, pushesIn, unlocksIn } from "./printed";
import type { SoakProject, Started } from "./project";
import { leftovers, type Victim, victimsNow } from "./victims";

/** What a moment showed. */
export interface Verdict {
  /** Everything that should not be; empty if all is well. */
  readonly faults: readonly string[];
  /** How the command ended that was hit, and what was hit. */
  readonly ended: string;
  /** The commands that it took afterwards to settle. */
  readonly afterwards: readonly string[];
}

/** What the moments start from: kept folders of the simulated cloud, by environment. */
export type Starts = ReadonlyMap<Moment["environment"], string>;

export const firstStage = "foundation";
const lastStage = "hardening";

const pollMs = 20;
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/**
 * Runs the operation, kills, and sees whether the project is as it should be and settles.
 * @returns also what the command that was hit has printed
 */
export async function runMoment(
  moment: Moment,
  project: SoakProject,
  starts: Starts,
): Promise<Verdict & { readonly printed: string }> {
  const { environment, operation } = moment;
  const mark = `${process.pid}-${moment.number}`;
  const faults: string[] = [];
  project.restore(operation === "deploy" ? undefined : starts.get(environment));
  project.stage(operation === "promote" ? lastStage : firstStage);
  const before = project.states();

  const work = await workOf(moment, project, mark);
  const started = work ? project.verb([...work, "--auto-approve"], mark) : project.cdktf(...byCdktf(moment), mark);
  const hit = await kill(moment, project, started, before, mark);
  const atKill = project.states();
  const end = await started.ended;
  faults.push(...(await leftovers(mark)));
  faults.push(...wentOn(moment, project, hit, atKill));
  faults.push(...wrongEnd(moment, hit, end, started.printed()));
  if (
    moment.program === "evenkeel" &&
    hit &&
    moment.victim === "terraform" &&
    moment.signal === "SIGKILL" &&
    end.code !== 0
  ) {
    if (!started.printed().includes(`evenkeel unlock ${environment}`))
      faults.push("nothing says how to release the lock");
  }

  const lost = await orphansOf(project, mark);
  const again = work ?? [verbOf(moment), environment];
  const { ran, fault, printed: afterwards = "" } = await settle(moment, again, project, mark, end.code === 0);
  if (fault) faults.push(fault);
  else faults.push(...(await newOrphans(lost, project, mark)));
  const what = hit
    ? `${[hit.stack ?? moment.victim, hit.command].filter(Boolean).join(", ")} was hit, ${describeEnd(end)}`
    : `ended before the kill, ${describeEnd(end)}`;
  return { faults, ended: what, afterwards: ran, printed: `${started.printed()}${afterwards}` };
}

const verbOf = ({ operation }: Moment): string => (operation === "destroy" ? "destroy" : "deploy");

/** What evenkeel is called with; undefined where cdktf does the work. A bundle is planned for it here. */
async function workOf(moment: Moment, project: SoakProject, mark: string): Promise<readonly string[] | undefined> {
  const { program, environment, rollout } = moment;
  if (program !== "evenkeel") return undefined;
  if (!rollout) return [verbOf(moment), environment];
  const bundle = await project.bundle(environment, mark);
  return ["apply", bundle];
}

const byCdktf = (moment: Moment): [readonly string[], string] => [
  [verbOf(moment), `${moment.environment}-*`, "--auto-approve"],
  moment.environment,
];

/** Waits for the moment, and kills. @returns what was hit; undefined if the command ended first */
async function kill(
  moment: Moment,
  project: SoakProject,
  started: Started,
  before: ReadonlyMap<string, string>,
  mark: string,
): Promise<Victim | undefined> {
  let over = false;
  void started.ended.then(() => {
    over = true;
  });
  while (!over) {
    const victims = begun(moment, project, started, before) >= moment.after ? victimsNow(moment, mark) : [];
    const victim = victims[moment.number % victims.length];
    if (victim) {
      try {
        process.kill(victim.pid, moment.signal);
        return victim;
      } catch {
        // It has ended in the meantime; another one comes.
      }
    }
    await pause(pollMs);
  }
  return undefined;
}

/** How many resources were begun: what the verb says, or how many more or fewer the states hold. */
function begun(
  { program, operation }: Moment,
  project: SoakProject,
  { printed }: Started,
  before: ReadonlyMap<string, string>,
): number {
  if (program === "evenkeel") return begunIn(printed()).length;
  if (operation === "promote") return printed().match(/(Creation|Modifications) complete/g)?.length ?? 0;
  return Math.abs(count(project.states()) - count(before));
}

function count(states: ReadonlyMap<string, string>): number {
  return [...states.values()].reduce((sum, text) => sum + (text.match(/"mode": ?"managed"/g)?.length ?? 0), 0);
}

/**
 * Stacks that were worked on although they come after one whose Terraform was killed. One that has given back its lock had
 * stored its state and was done.
 */
function wentOn(
  { operation, signal }: Moment,
  project: SoakProject,
  hit: Victim | undefined,
  atKill: ReadonlyMap<string, string>,
): string[] {
  if (!hit?.stack || signal !== "SIGKILL" || !project.locked(hit.stack)) return [];
  const after = project.states();
  const later = dependents(project, hit.stack, operation === "destroy");
  return (
    later
      // Terraform makes an empty file to lock a local state, before it is refused.
      .filter((stack) => (after.get(stack) ?? "") !== (atKill.get(stack) ?? ""))
      .map((stack) => `${stack} was worked on after the Terraform of ${hit.stack} was killed`)
  );
}

/** The stacks that come after one, directly or through others. */
function dependents(project: SoakProject, stack: string, reversed: boolean): string[] {
  const output = outputOf(project, stack);
  const stacks = output ? readStackFolders(output) : [];
  const next = (name: string): string[] =>
    reversed
      ? [...(stacks.find((each) => each.name === name)?.dependencies ?? [])]
      : stacks.filter(({ dependencies }) => dependencies.includes(name)).map((each) => each.name);
  const found = new Set<string>();
  const visit = (name: string): void => {
    for (const each of next(name)) {
      if (found.has(each)) continue;
      found.add(each);
      visit(each);
    }
  };
  visit(stack);
  return [...found];
}

/** The output folder that the program worked in. */
function outputOf({ simulated }: SoakProject, stack: string): string | undefined {
  const [environment = ""] = stack.split("-");
  for (const output of [join(simulated, "deploy", environment), join(simulated, "cdktf.out")]) {
    try {
      if (readStackFolders(output).some(({ name }) => name === stack)) return output;
    } catch {
      // The program has not synthesized there.
    }
  }
  return undefined;
}

/** An exit code that is not true; whether 0 is true shows when it settles. */
function wrongEnd(
  { victim, program, signal }: Moment,
  hit: Victim | undefined,
  end: ProcessEnd,
  printed: string,
): string[] {
  if (!hit)
    return end.code === 0 ? [] : [`nothing was hit, and it ended with ${describeEnd(end)}: ${printed.slice(-2000)}`];
  if (signal === "SIGKILL" && victim === "simulate")
    return end.signal === "SIGKILL" ? [] : [`ended with ${describeEnd(end)}`];
  if (signal === "SIGKILL" && end.code === 0 && victim === "program")
    return [`${program} was killed, and the exit code is 0`];
  const told = victim !== "terraform" && !(victim === "program" && program === "cdktf");
  const expected = { SIGKILL: 137, SIGTERM: 143, SIGINT: 130 }[signal];
  if (told && end.code !== expected) return [`ended with ${describeEnd(end)}, not ${expected}`];
  return [];
}

/** What stands in the cloud and no state knows, a line each. */
async function orphansOf(project: SoakProject, mark: string): Promise<string[]> {
  const listed = project.verb(["inventory", "--orphans", "--json"], mark);
  await listed.ended;
  const text = listed.printed();
  const { orphans } = JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1)) as {
    readonly orphans: readonly { readonly region: string | null; readonly type: string; readonly id: string }[];
  };
  return orphans.map(({ region, type, id }) => `${type} ${id} in ${region}`);
}

/**
 * What no state knows once everything has settled. A killed Terraform may have made something that it did not write down; what
 * was run afterwards has to make nothing a second time.
 * @param lost what no state knew once the killed processes had ended
 */
async function newOrphans(lost: readonly string[], project: SoakProject, mark: string): Promise<string[]> {
  const found = (await orphansOf(project, mark)).filter((line) => !lost.includes(line));
  return found.length === 0 ? [] : [`no state knows what was made after the kill: ${found.join(", ").slice(0, 2000)}`];
}

/** Runs the operation again until it settles, as the messages say. @param work the verb, and what it is called with */
async function settle(
  { environment, operation, rollout }: Moment,
  work: readonly string[],
  project: SoakProject,
  mark: string,
  saidDone: boolean,
): Promise<{ ran: string[]; fault?: string; printed?: string }> {
  const ran: string[] = [];
  const run = async (args: readonly string[]): Promise<{ code?: number; printed: string }> => {
    ran.push(args.join(" "));
    const started = project.verb([...args, "--auto-approve"], mark);
    const { code } = await started.ended;
    return { code, printed: started.printed() };
  };
  if (saidDone) {
    const { code, printed } = await run(rollout ? ["deploy", environment] : work);
    const changed = /: aws_\S+$/m.test(printed);
    return { ran, fault: code !== 0 || changed ? "the exit code was 0, and not everything was done" : undefined };
  }
  let last = await run(work);
  // A killed run may have left locks, one of each stack that it worked on at once; the message has the command.
  for (let round = 0; round < 6 && last.code !== 0; round += 1) {
    const locked = unlocksIn(last.printed);
    // A state that could not be stored, as when the simulated S3 was killed; the message has the command for it as well.
    const pushes = pushesIn(last.printed);
    // A local state that a killed Terraform had emptied to write it anew; the message has the command that restores it.
    const restored = [...last.printed.matchAll(/^ {2}(cp|rm) (\S+\.tfstate\S*)(?: (\S+))?$/gm)];
    // What a killed Terraform made and did not write down stands in AWS; somebody has to import or delete it.
    const orphaned = last.printed.includes("In the simulated cloud it is made by");
    if (locked.length + pushes.length + restored.length === 0 && !orphaned) break;
    for (const [words, program = "", ...files] of restored) {
      ran.push(words.trim());
      project.changeState(program, files.filter(Boolean));
    }
    if (orphaned) {
      ran.push("inventory --delete-orphans");
      const { code } = await project.verb(["inventory", "--delete-orphans"], mark).ended;
      if (code !== 0) return { ran, fault: `inventory ended with ${code}` };
    }
    for (const [, of = "", stack = ""] of locked) {
      const { code } = await run(["unlock", of, stack]);
      if (code !== 0) return { ran, fault: `unlock ${of} ${stack} ended with ${code}` };
    }
    for (const [, folder = ""] of pushes) {
      ran.push(`terraform ${folder} state push`);
      const push = project.terraform([folder, "state", "push", "errored.tfstate"], mark);
      const { code } = await push.ended;
      if (code !== 0) return { ran, fault: `state push ended with ${code}`, printed: last.printed + push.printed() };
    }
    last = await run(work);
  }
  if (last.code !== 0) return { ran, fault: `the next run ended with ${last.code}: ${last.printed.slice(-2000)}` };
  if (operation === "destroy") {
    const left = count(project.states());
    return { ran, fault: left > 0 ? `${left} resources are left` : undefined };
  }
  // What an apply has done it does not look at again.
  const again = await run(rollout ? ["deploy", environment] : work);
  const changed = /: aws_\S+$/m.test(again.printed);
  return { ran, fault: again.code !== 0 || changed ? "it does not settle" : undefined };
}
