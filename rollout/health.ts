import { UserError } from "../errors";

/** An alarm as CloudWatch has it. */
export interface AlarmNow {
  readonly name: string;
  readonly state: "OK" | "ALARM" | "INSUFFICIENT_DATA";
  /** Why it is in this state, in CloudWatch's words. */
  readonly reason: string;
}

/** A request that a service answers while it is healthy. */
export interface SyntheticCheck {
  readonly service: string;
  readonly region: string;
  /** Path, with a query if there is one. */
  readonly path: string;
  /** HTTP status; undefined for any from 200 to 399. */
  readonly expectedStatus?: number;
}

/** Who knows whether a region is healthy. */
export interface HealthAsking {
  /** The alarms of the environment in a region. @throws UserError if CloudWatch cannot be asked */
  alarms(region: string): Promise<readonly AlarmNow[]>;
  /** What is wrong with the answer to a check; undefined for a service that answers as it should. */
  check(check: SyntheticCheck): Promise<string | undefined>;
}

/** Time, so that a test does not wait. */
export interface Clock {
  /** Milliseconds since any moment. */
  now(): number;
  /** @param ms milliseconds. @throws when the signal fires */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

/** What is asked, and for how long. */
export interface HealthOptions {
  /** Region whose services have changed. */
  readonly region: string;
  readonly checks: readonly SyntheticCheck[];
  /** How long everything must be healthy, in milliseconds; 0 asks once. */
  readonly forMs: number;
  /** How long between two times of asking, in milliseconds. */
  readonly everyMs: number;
  /** Names of alarms that do not count. */
  readonly ignored: ReadonlySet<string>;
  readonly asking: HealthAsking;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  /** Told after each time of asking that found nothing. @param leftMs milliseconds that are left */
  readonly onHealthy?: (leftMs: number) => void;
}

/** How often a check may fail one after the other, as a single request may be lost on its way. */
const attempts = 3;
const betweenAttemptsMs = 5_000;

/** How often CloudWatch is asked anew by this room, each time with the retries of its client. */
const rounds = 3;

/**
 * Waits until a region was healthy for as long as it should be. An alarm without data is not in alarm.
 * @returns what is not healthy, a sentence each; empty if everything was healthy all the time
 * @throws UserError if nobody could be asked: that is not healthy either
 */
export async function waitForHealth(options: HealthOptions): Promise<string[]> {
  const { forMs, everyMs, clock, signal, onHealthy = () => {} } = options;
  const until = clock.now() + forMs;
  for (;;) {
    signal?.throwIfAborted();
    const problems = await askedOnce(options);
    if (problems.length > 0) return problems;
    const left = until - clock.now();
    onHealthy(Math.max(0, left));
    if (left <= 0) return [];
    await clock.wait(Math.min(everyMs, left), signal);
  }
}

/** Alarms of regions that are in ALARM, and are not ignored. */
export async function alarmsOn(
  regions: readonly string[],
  { asking, ignored, clock, signal }: Pick<HealthOptions, "asking" | "ignored" | "clock" | "signal">,
): Promise<(AlarmNow & { readonly region: string })[]> {
  const found: (AlarmNow & { readonly region: string })[] = [];
  for (const region of regions) {
    const alarms = await persistently(() => asking.alarms(region), clock, signal);
    for (const alarm of alarms)
      if (alarm.state === "ALARM" && !ignored.has(alarm.name)) found.push({ ...alarm, region });
  }
  return found;
}

async function askedOnce(options: HealthOptions): Promise<string[]> {
  const { region, checks, asking, clock, signal } = options;
  const alarms = await alarmsOn([region], options);
  const problems = alarms.map(({ name, reason }) => `alarm ${name} is in ALARM${reason ? `: ${reason}` : ""}`);
  for (const check of checks) {
    let wrong = await asking.check(check);
    for (let attempt = 1; wrong !== undefined && attempt < attempts; attempt++) {
      await clock.wait(betweenAttemptsMs, signal);
      wrong = await asking.check(check);
    }
    if (wrong !== undefined) problems.push(`GET ${check.path} of ${check.service}: ${wrong}`);
  }
  return problems;
}

async function persistently<T>(ask: () => Promise<T>, clock: Clock, signal?: AbortSignal): Promise<T> {
  for (let round = 1; ; round++) {
    try {
      return await ask();
    } catch (error) {
      if (round === rounds || !isPassing(error)) throw error;
      await clock.wait(betweenAttemptsMs * round, signal);
    }
  }
}

/** Whether asking again may help; what is not allowed now is not allowed in a minute. */
const isPassing = (error: unknown): boolean => (error as { readonly isPassing?: boolean }).isPassing !== false;

/** Services are not healthy after a wave. */
export class UnhealthyError extends UserError {
  override readonly name = "UnhealthyError";
  override readonly exitCode = 3;
}

/** Alarms were on before anything was applied. */
export class AlarmsBeforeError extends UserError {
  override readonly name = "AlarmsBeforeError";
  override readonly exitCode = 3;

  constructor(alarms: readonly (AlarmNow & { readonly region: string })[]) {
    const names = [...new Set(alarms.map(({ name }) => name))].join(",");
    super(
      [
        "These alarms are in ALARM already, so that nobody would see what this rollout does:",
        ...alarms.map(({ name, region, reason }) => `  ${name} in ${region}${reason ? `: ${reason}` : ""}`),
        `Nothing was applied by this command. Find out why first; or go on without regard to them by --despite-alarms ${names}`,
      ].join("\n"),
    );
  }
}
