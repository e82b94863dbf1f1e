import type { DescribeReplayCommandOutput, EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { partitionOf } from "../../modules/core/regions";
import { type Clock, retry, systemClock } from "../../runtime/resilience";
import { awsError, errorName } from "../aws/errors";
import type { ReplayState, ReplayTarget } from "./state";
import { slicesOf, type Window } from "./window";

export interface ReplayRun {
  readonly sdk: typeof import("@aws-sdk/client-eventbridge");
  readonly client: EventBridgeClient;
  readonly account: string;
  readonly state: ReplayState;
  readonly target: ReplayTarget;
  /** Keeps the state, of this target and the others. */
  readonly save: () => void;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, of: number) => void;
  readonly clock?: Clock;
}

/** How a replay of an archive has ended; `failed` is what EventBridge says. */
export type ReplayEnd = "done" | "interrupted" | { readonly failed: string };

/** How often a replay is asked how far it is, in milliseconds: more and more seldom. */
const firstPollMs = 500;
const lastPollMs = 10_000;

/**
 * Replays an archive slice by slice, each at the earliest when the pace allows it and the one before has ended. The state is kept before
 * each step, so that a run that ended anywhere goes on with the slice that it was at: it asks what became of it, and begins it again unless
 * it was completed.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-replay-archived-event.html
 */
export async function replayTarget(run: ReplayRun): Promise<ReplayEnd> {
  const { state, target, save, signal, onProgress, clock = systemClock } = run;
  const slices = slicesOf(state, state.sliceMinutes);
  for (const slice of slices.slice(target.done)) {
    const begun = clock.now();
    const end = await replaySlice(run, slice, clock);
    if (end !== "done") return end;
    target.done += 1;
    target.attempt = 0;
    save();
    onProgress(target.done, slices.length);
    const pauseMs = begun + (slice.to - slice.from) / state.speed - clock.now();
    if (target.done < slices.length && pauseMs > 0) await clock.sleep(pauseMs, signal).catch(() => undefined);
  }
  return "done";
}

async function replaySlice(run: ReplayRun, slice: Window, clock: Clock): Promise<ReplayEnd> {
  const { target, save, signal } = run;
  if (target.attempt > 0) {
    // An earlier run was at it.
    const known = await find(run);
    const state = known && (await ended(run, known, clock));
    if (state === "COMPLETED") return "done";
    // A replay that was cancelled or has failed keeps its name.
    if (known && !signal.aborted) target.attempt += 1;
  } else {
    target.attempt = 1;
  }
  if (signal.aborted) return "interrupted";
  // Kept before the call: whoever goes on asks for this name.
  save();
  try {
    await start(run, slice, clock);
  } catch (error) {
    if (signal.aborted) return "interrupted";
    throw error;
  }
  const answer = await find(run);
  const state = answer && (await ended(run, answer, clock));
  if (state === "COMPLETED") return "done";
  if (signal.aborted) return "interrupted";
  return { failed: (await find(run))?.StateReason ?? state ?? "it is not there any more" };
}

/** Waits until a replay has ended; an interrupt cancels it. @returns its last state */
async function ended(run: ReplayRun, known: DescribeReplayCommandOutput, clock: Clock): Promise<string> {
  const { signal, sdk, client } = run;
  let { State: state = "" } = known;
  let cancelled = false;
  for (let pollMs = firstPollMs; isRunning(state); pollMs = Math.min(lastPollMs, pollMs * 2)) {
    if (signal.aborted && !cancelled) {
      cancelled = true;
      await client
        .send(new sdk.CancelReplayCommand({ ReplayName: replayName(run) }))
        .catch((error: unknown) => notEnded(run, error));
    }
    await clock.sleep(pollMs, cancelled ? undefined : signal).catch(() => undefined);
    state = (await find(run))?.State ?? "";
  }
  return state;
}

/** A replay that has ended meanwhile cannot be cancelled, which is as good. */
function notEnded(run: ReplayRun, error: unknown): void {
  if (errorName(error) !== "IllegalStatusException") throw awsError(error, "cancel a replay", run.account);
}

async function start(run: ReplayRun, { from, to }: Window, clock: Clock): Promise<void> {
  const { sdk, client, account, target, state, signal } = run;
  const { region, archive, bus, rules } = target;
  const arn = (what: string) => `arn:${partitionOf(region)}:events:${region}:${account}:${what}`;
  const command = new sdk.StartReplayCommand({
    ReplayName: replayName(run),
    Description: `evenkeel replay, part ${target.done + 1}`,
    EventSourceArn: arn(`archive/${archive}`),
    EventStartTime: new Date(from),
    EventEndTime: new Date(to),
    Destination: {
      Arn: arn(`event-bus/${bus}`),
      // Only those whose consumers were looked at, whatever others have added to the bus.
      FilterArns: rules.map((rule) => arn(`rule/${bus}/${rule}`)),
    },
  });
  const attempt = () => client.send(command);
  try {
    // An account has ten replays at a time in a region, those of others included.
    const isRetryable = (error: unknown) => errorName(error) === "LimitExceededException";
    await retry(attempt, {
      attempts: Number.POSITIVE_INFINITY,
      baseDelayMs: 5_000,
      maxDelayMs: 60_000,
      isRetryable,
      signal,
      clock,
    });
  } catch (error) {
    if (errorName(error) === "ResourceAlreadyExistsException") return;
    throw awsError(error, `replay ${archive} in ${region} (${state.id})`, account);
  }
}

async function find(run: ReplayRun): Promise<DescribeReplayCommandOutput | undefined> {
  const { sdk, client, account, target } = run;
  try {
    return await client.send(new sdk.DescribeReplayCommand({ ReplayName: replayName(run) }));
  } catch (error) {
    if (errorName(error) === "ResourceNotFoundException") return undefined;
    throw awsError(error, `ask for a replay of ${target.archive} in ${target.region}`, account);
  }
}

const isRunning = (state: string): boolean => ["STARTING", "RUNNING", "CANCELLING"].includes(state);

/** Names are at most 64 characters, and stay taken for 90 days. */
function replayName({ state, target }: ReplayRun): string {
  return `evenkeel-${state.id}-${state.targets.indexOf(target)}-${target.done + 1}-${target.attempt}`;
}
