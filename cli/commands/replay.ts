import { randomUUID } from "node:crypto";
import { screenOf } from "../../output";
import { eventClients } from "../aws/clients";
import { refusalOf } from "../aws/consumers";
import { awsError, errorName } from "../aws/errors";
import { type AgainOptions, dayMs, defaultRememberDays, namesOption, numberOption } from "../aws/options";
import { environmentResources } from "../aws/resources";
import { ask, checkSomebodyAnswers } from "../deployment/question";
import type { DocumentData, Outcome } from "../document";
import { replayDocument } from "../documents/replay";
import { interruptible } from "../interruptible";
import { note } from "../note";
import project from "../project";
import { slowly } from "../redrive/slowly";
import { type Archive, archivesOf } from "../replay/archives";
import { type ReplayEnd, replayTarget } from "../replay/run";
import { type ReplayState, ReplayStateError, readState, removeState, writeState } from "../replay/state";
import { slicesOf, text, windowOf } from "../replay/window";
import { step } from "../step";

export interface ReplayVerbOptions extends AgainOptions {
  readonly from?: string;
  readonly to?: string;
  readonly buses?: readonly string[];
  readonly rules?: readonly string[];
  readonly speed?: string;
  readonly sliceMinutes?: string;
  /** Goes on with what a run has left. */
  readonly resume?: boolean;
  /** Forgets what a run has left. */
  readonly discard?: boolean;
}

type Data = DocumentData<typeof replayDocument>;
type Row = Data["archives"][number];

const words = [
  "Stopping: the replay that runs is cancelled, and nothing else is started.\n",
  "Still waiting for AWS. One more interrupt ends this process: the replay that runs then goes on in AWS.\n",
  "Ended. Go on with --resume.\n",
] as const;

/**
 * Replays a window of the archives of an environment. Without `--start` it only says what would be replayed, and through what.
 * @returns exit code 0 when all is well, 1 when something that was asked for is left, or refused
 */
export async function replay(name: string, options: ReplayVerbOptions): Promise<Outcome> {
  const verb = "replay";
  const { account } = project.find(name).input;
  const starts = options.start === true || options.resume === true;
  if (starts && !options.autoApprove)
    checkSomebodyAnswers(`${verb} ${name} ${options.resume ? "--resume" : "--start"}`);
  const now = Date.now();
  const given = options.resume ? undefined : planOf(options, now);
  const sdk = await import("@aws-sdk/client-eventbridge");
  const { events } = eventClients(sdk);

  return interruptible(async (signal) => {
    const { resources, stateFile, leave } = await environmentResources(verb, name);
    try {
      const file = `${stateFile}.json`;
      if (options.discard) removeState(file);
      const kept = readState(file);
      checkNothingLeft(name, options, kept);
      const archives = chosen(archivesOf(resources), options, kept);
      const state = kept && options.resume ? kept : stateFor(given ?? planOf(options, now), archives);
      const slices = slicesOf(state, state.sliceMinutes).length;
      const repeatable = new Set(options.repeatable ?? []);
      const rows = await step("Looking at archives", () =>
        Promise.all(
          archives.map(async (archive) => {
            const found = await describe(sdk, events(archive.region), archive, account, name);
            const done = state.targets.find((each) => isOf(each, archive))?.done ?? 0;
            return rowOf(archive, found, { state, repeatable, options, now, done });
          }),
        ),
      );
      const outcome = (started: boolean, runAgain: string | null, code: number): Outcome =>
        replayDocument.outcome(
          {
            environment: name,
            started,
            from: text(state.from),
            to: text(state.to),
            sliceMinutes: state.sliceMinutes,
            slices,
            speed: state.speed,
            minutes: Math.ceil((state.to - state.from) / state.speed / 60_000),
            archives: rows,
            runAgain,
          },
          code,
        );
      const wanted = rows.filter(({ refused, slicesDone }) => refused === null && slicesDone < slices);
      const command = options.resume ? resumed(name, options) : again(name, state, options);
      const isRefused = rows.some(({ refused }) => refused !== null);
      if (!starts || signal.aborted || wanted.length === 0) {
        if (starts && wanted.length === 0 && !isRefused) removeState(file);
        return outcome(false, wanted.length > 0 ? command : null, starts && (wanted.length > 0 || isRefused) ? 1 : 0);
      }
      const dry = outcome(false, command, 1);
      if (!options.autoApprove && !(await consents(dry, signal))) return dry;

      const running: ReplayState = {
        ...state,
        targets: state.targets.filter((target) => wanted.some((each) => isOf(target, each)) || target.done > 0),
      };
      const save = () => writeState(file, running);
      save();
      await step("Replaying", async (say) => {
        const tell = slowly(say);
        await settled(
          running.targets.map(async (target) => {
            const row = rows.find((each) => isOf(target, each));
            if (!row || !wanted.includes(row)) return;
            const end = await replayTarget({
              sdk,
              client: events(target.region),
              account,
              state: running,
              target,
              save,
              signal,
              onProgress: (done, of) => tell(`${target.archive} in ${target.region}: ${done} of ${of}`),
            });
            Object.assign(row, endOf(end), { slicesDone: target.done });
          }),
        );
      });
      const complete = wanted.every(({ ended }) => ended === "done");
      if (complete) removeState(file);
      return outcome(true, complete ? null : resumed(name, options), complete && !isRefused ? 0 : 1);
    } finally {
      leave();
    }
  }, words);
}

/** What the options ask for. @throws ConfigError */
function planOf({ from, to, speed, sliceMinutes }: ReplayVerbOptions, now: number) {
  return {
    ...windowOf(from, to, now),
    speed: numberOption("replay", "--speed", speed, { standard: 10, min: 0.1, max: 1_000, whole: false }),
    sliceMinutes: numberOption("replay", "--slice-minutes", sliceMinutes, { standard: 10, min: 1, max: 1_440 }),
    startedAt: now,
  };
}

/** @throws ReplayStateError if there is something to go on with and nobody says so, or the other way round */
function checkNothingLeft(name: string, { start, resume }: ReplayVerbOptions, kept: ReplayState | undefined): void {
  if (kept && start && !resume) {
    throw new ReplayStateError(
      `A replay of ${name} from ${text(kept.from)} to ${text(kept.to)} has not ended; go on with evenkeel replay ${name} --resume, or add --discard to forget it`,
    );
  }
  if (!kept && resume) throw new ReplayStateError(`No replay of ${name} was interrupted in this checkout; start one`);
}

/** @throws ConfigError for a name that is not there */
function chosen(
  archives: readonly Archive[],
  { buses, regions, rules }: ReplayVerbOptions,
  kept: ReplayState | undefined,
): Archive[] {
  const names = namesOption("replay", "--buses", buses, [...new Set(archives.map(({ bus }) => bus))]);
  const where = namesOption("replay", "--regions", regions, [...new Set(archives.map(({ region }) => region))]);
  const known = [...new Set(archives.flatMap((archive) => archive.rules.map((rule) => rule.name)))];
  const through = namesOption("replay", "--rules", rules, known);
  const among = (archive: Archive): ReadonlySet<string> => {
    const target = kept?.targets.find((each) => isOf(each, archive));
    return target ? new Set(target.rules) : through;
  };
  return archives
    .filter(({ bus, region }) => names.has(bus) && where.has(region))
    .map((archive) => ({ ...archive, rules: archive.rules.filter((rule) => among(archive).has(rule.name)) }));
}

function stateFor(plan: ReturnType<typeof planOf>, archives: readonly Archive[]): ReplayState {
  return {
    version: 1,
    id: randomUUID().slice(0, 8),
    ...plan,
    targets: archives.map(({ name, bus, region, rules: through }) => ({
      archive: name,
      bus,
      region,
      rules: through.map((rule) => rule.name),
      done: 0,
      attempt: 0,
    })),
  };
}

const isOf = (one: { readonly archive: string; readonly region: string }, other: Archive | Row): boolean =>
  one.region === other.region && one.archive === ("archive" in other ? other.archive : other.name);

/** @throws AwsRefusedError if there is no such archive in the environment's account, or it cannot be asked */
async function describe(
  sdk: typeof import("@aws-sdk/client-eventbridge"),
  client: InstanceType<typeof sdk.EventBridgeClient>,
  { name: archive, region }: Archive,
  account: string,
  environment: string,
) {
  const doing = `read the archive ${archive} in ${region}`;
  try {
    return await client.send(new sdk.DescribeArchiveCommand({ ArchiveName: archive }));
  } catch (error) {
    if (errorName(error) === "ResourceNotFoundException") {
      throw new ReplayStateError(
        `Account ${account} has no archive ${archive} in ${region}; deploy ${environment}, or check that the credentials are of that account`,
      );
    }
    throw awsError(error, doing, account);
  }
}

interface Asked {
  readonly State?: string;
  readonly EventCount?: number;
  readonly SizeBytes?: number;
  readonly CreationTime?: Date;
  readonly ArchiveArn?: string;
}

interface Case {
  readonly state: ReplayState;
  readonly repeatable: ReadonlySet<string>;
  readonly options: ReplayVerbOptions;
  readonly now: number;
  readonly done: number;
}

function rowOf(archive: Archive, found: Asked, { state, repeatable, options, now, done }: Case): Row {
  const created = found.CreationTime?.getTime() ?? 0;
  const kept = archive.retentionDays > 0 ? now - archive.retentionDays * dayMs : 0;
  const reachesBackTo = Math.max(created, kept);
  return {
    archive: archive.name,
    bus: archive.bus,
    region: archive.region,
    state: found.State ?? "UNKNOWN",
    events: found.EventCount ?? 0,
    bytes: found.SizeBytes ?? 0,
    reachesBackTo: text(reachesBackTo),
    rules: archive.rules.map(({ name, consumers }) => ({
      name,
      consumers: consumers.map(({ name: of, region, idempotent }) => ({ name: of, region, idempotent })),
    })),
    refused: refusal(archive, { reachesBackTo, state, repeatable, options, now }) ?? null,
    slicesDone: done,
    ended: "not started",
    failure: null,
  };
}

function refusal(
  archive: Archive,
  { reachesBackTo, state, repeatable, options, now }: Omit<Case, "done"> & { readonly reachesBackTo: number },
): string | undefined {
  if (archive.rules.length === 0) return "no rule of the bus would get the events";
  if (state.to <= reachesBackTo) return `it has no events from before ${text(reachesBackTo)}`;
  const days = numberOption("replay", "--remember-days", options.rememberDays, {
    standard: defaultRememberDays,
    min: 1,
    max: 3_650,
  });
  const refusals = archive.rules.flatMap(({ name, consumers }) => refusalOf(name, consumers, repeatable) ?? []);
  if (refusals.length > 0) return [...new Set(refusals)].join("; ");
  if (state.from >= (options.resume ? state.startedAt : now) - days * dayMs) return undefined;
  return `consumers remember what they have handled for ${days} days, and the window is older; if they remember it longer (rememberMs), add --remember-days`;
}

/** Waits for all, and then throws what the first of them has thrown. */
async function settled(all: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(all)).find((each) => each.status === "rejected");
  if (failed) throw failed.reason;
}

const endOf = (end: ReplayEnd): Pick<Row, "ended" | "failure"> =>
  typeof end === "string" ? { ended: end, failure: null } : { ended: "failed", failure: end.failed };

/** Shows what would be replayed, and asks whether to. */
async function consents(found: Outcome, signal: AbortSignal): Promise<boolean> {
  note(found.text(screenOf(process.stderr)));
  const answer = await ask("Replay this, except for what is refused? (yes/no) ", signal);
  if (answer === "yes") return true;
  note("Nothing was replayed.");
  return false;
}

const lists = ({ repeatable, rememberDays }: ReplayVerbOptions): string[] => [
  ...(repeatable ? [`--repeatable ${repeatable.join(",")}`] : []),
  ...(rememberDays === undefined ? [] : [`--remember-days ${rememberDays}`]),
];

/** The command that starts it: with the times as they are now, as `6h` is another time later. */
function again(name: string, state: ReplayState, options: ReplayVerbOptions): string {
  const { buses, regions, rules, speed, sliceMinutes } = options;
  return [
    `npx evenkeel replay ${name} --from ${text(state.from)} --to ${text(state.to)}`,
    ...(buses ? [`--buses ${buses.join(",")}`] : []),
    ...(regions ? [`--regions ${regions.join(",")}`] : []),
    ...(rules ? [`--rules ${rules.join(",")}`] : []),
    ...(speed === undefined ? [] : [`--speed ${speed}`]),
    ...(sliceMinutes === undefined ? [] : [`--slice-minutes ${sliceMinutes}`]),
    ...lists(options),
    "--start",
  ].join(" ");
}

const resumed = (name: string, options: ReplayVerbOptions): string =>
  [`npx evenkeel replay ${name}`, ...lists(options), "--resume"].join(" ");
