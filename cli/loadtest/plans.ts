import type { ServiceLimits } from "./limits";

/** What a load test is about, in the order in which one runs them. */
export const scenarioNames = ["steady", "slow-start", "spike", "throttled-dependency", "region-down"] as const;

export type ScenarioName = (typeof scenarioNames)[number];

/** A part of a load test: a rate, or one that grows, in new requests per second. */
export interface Phase {
  readonly name: string;
  readonly seconds: number;
  readonly rate: number;
  /** The rate at its end, if it changes. */
  readonly rampTo?: number;
}

/** Something that must hold of one phase. */
export interface Condition {
  readonly phase: string;
  /** What must hold, in words, with where the number comes from. */
  readonly says: string;
  /** The same for Artillery's plugin `ensure`. @see https://www.artillery.io/docs/reference/extensions/ensure */
  readonly expression: string;
}

/** One load test of a service. */
export interface LoadPlan {
  readonly scenario: ScenarioName;
  readonly description: string;
  readonly phases: readonly Phase[];
  readonly conditions: readonly Condition[];
  /** What somebody has to do while it runs, if anything. */
  readonly meanwhile?: string;
}

/** A load test that makes no sense for a service, and why. */
export interface LeftOut {
  readonly scenario: ScenarioName;
  readonly reason: string;
}

export interface PlanOptions {
  /** Seconds of the phases that are measured. */
  readonly seconds: number;
  /** Percentage of the limits that the tests go to, so that a first run can be small. */
  readonly percent: number;
}

/** The share of what the limits allow at which everything has to be well: above it, the alarms on concurrency are near. */
const steadyShare = 0.7;
/** How far above all limits a spike goes. */
const spikeFactor = 1.25;
/** How much of what the limits allow has to be answered during a spike: turning away must not cost what is accepted. */
const goodputShare = 0.8;
/** Percentage of the calls of a dependency that are throttled. */
export const throttledPercent = 20;

/** Counters and times of a phase, as `processor.cjs` emits them. */
export const metricsOf = (phase: string) => ({
  answers: `loadtest.${phase}.answers`,
  good: `loadtest.${phase}.good`,
  turnedAway: `loadtest.${phase}.turned_away`,
  failed: `loadtest.${phase}.failed`,
  refused: `loadtest.${phase}.refused`,
  latencyMs: `loadtest.${phase}.latency_ms`,
});

/** One load test of a service, by its limits and objectives; or why there is none. */
export function planOf(scenario: ScenarioName, limits: ServiceLimits, options: PlanOptions): LoadPlan | LeftOut {
  if (limits.concurrency === 0) return { scenario, reason: "the function is stopped (reservedConcurrency 0)" };
  const plan = plans[scenario](limits, options);
  return "reason" in plan ? { scenario, ...plan } : { scenario, ...plan };
}

type Planned = Omit<LoadPlan, "scenario"> | { readonly reason: string };

const plans: Readonly<Record<ScenarioName, (limits: ServiceLimits, options: PlanOptions) => Planned>> = {
  steady(limits, options) {
    const rate = steadyRate(limits, options);
    return {
      description: `${shown(rate)} requests per second, ${steadyShare * 100} % of what ${firstLimit(limits)} lets through`,
      phases: [{ name: "steady", seconds: options.seconds, rate }],
      conditions: objectives("steady", limits),
    };
  },

  "slow-start"(limits, options) {
    const rate = steadyRate(limits, options);
    return {
      description: `from 1 to ${shown(rate)} requests per second within ${options.seconds} s, from cold; cold starts count`,
      phases: [{ name: "growing", seconds: options.seconds, rate: Math.min(1, rate), rampTo: rate }],
      conditions: objectives("growing", limits),
    };
  },

  spike(limits, options) {
    const scale = options.percent / 100;
    const accepted = acceptedRate(limits) * scale;
    const rate = atLeastOne(limits.concurrencyRate, limits.throttleRate) * spikeFactor * scale;
    const calm = accepted * 0.2;
    const answered = Math.floor(accepted * options.seconds * goodputShare);
    return {
      description: `${shown(rate)} requests per second, above the ${limits.concurrency} executions at the same time ${
        limits.reserved ? "that are reserved" : "that the quota leaves"
      } and the throttling of the API; ${firstLimit(limits)} turns callers away first`,
      phases: [
        { name: "before", seconds: aThird(options), rate: calm },
        { name: "spike", seconds: options.seconds, rate },
        { name: "draining", seconds: drainingSeconds(limits), rate: calm },
        { name: "after", seconds: aThird(options), rate: calm },
      ],
      conditions: [
        ...objectives("before", limits),
        // 429 and 503 are what it is for; anything else is not.
        failures("spike", limits.errorPercent, "alarms.serverErrorPercent of the API"),
        {
          phase: "spike",
          says: `at least ${answered} requests are answered, ${goodputShare * 100} % of what ${firstLimit(limits)} lets through`,
          expression: `${metricsOf("spike").good} >= ${answered}`,
        },
        ...objectives("after", limits),
      ],
    };
  },

  "throttled-dependency"(limits, options) {
    const rate = steadyRate(limits, options) / 2;
    const turnedAway = metricsOf("throttled");
    return {
      description: `${shown(rate)} requests per second, while a dependency throttles ${throttledPercent} % of its calls`,
      phases: [
        { name: "before", seconds: aThird(options), rate },
        { name: "throttled", seconds: options.seconds, rate },
        { name: "draining", seconds: drainingSeconds(limits), rate },
        { name: "after", seconds: aThird(options), rate },
      ],
      conditions: [
        ...objectives("before", limits),
        failures("throttled", 0, "a dependency that throttles is no defect of the service: callers get 503 or 429"),
        {
          phase: "throttled",
          says: `at most ${throttledPercent} % are turned away, as many as calls are throttled; retries should leave fewer`,
          expression: `${turnedAway.turnedAway} <= ${turnedAway.answers} * ${throttledPercent / 100}`,
        },
        latency("throttled", limits.timeoutMs, "the time that a caller waits at most"),
        ...objectives("after", limits),
      ],
      meanwhile: limits.faultsParameter
        ? `when "throttled" begins, switch the fault on in ${limits.faultsParameter}`
        : 'throttle a dependency while "throttled" runs; the service has no field chaos that would do it',
    };
  },

  "region-down"(limits, options) {
    const { recoverySeconds } = limits;
    if (recoverySeconds === undefined) {
      return { reason: "no region takes over for its callers, at this stage or with its names" };
    }
    const rate = steadyRate(limits, options) / 2;
    return {
      description: `${shown(rate)} requests per second, while the region that serves first is down; ${recoverySeconds} s later another one answers`,
      phases: [
        { name: "before", seconds: aThird(options), rate },
        { name: "outage", seconds: recoverySeconds, rate },
        { name: "recovered", seconds: options.seconds, rate },
      ],
      conditions: [
        ...objectives("before", limits),
        ...objectives("recovered", limits),
        {
          phase: "recovered",
          says: "requests are answered, by the other region",
          expression: `${metricsOf("recovered").good} >= 1`,
        },
      ],
      meanwhile: 'when "outage" begins, take the region down as in a drill, and leave it so until the end',
    };
  },
};

const atLeastOne = (...rates: readonly number[]): number => Math.max(1, ...rates);

/** Requests per second that get through the first limit. */
const acceptedRate = ({ concurrencyRate, throttleRate }: ServiceLimits): number =>
  Math.max(1, Math.min(concurrencyRate, throttleRate));

const steadyRate = (limits: ServiceLimits, { percent }: PlanOptions): number =>
  (acceptedRate(limits) * steadyShare * percent) / 100;

const firstLimit = ({ concurrencyRate, throttleRate }: ServiceLimits): string =>
  throttleRate <= concurrencyRate ? "the throttling of the API" : "the concurrency of the function";

const aThird = ({ seconds }: PlanOptions): number => Math.max(1, Math.round(seconds / 3));

/** What began before has ended by then. */
const drainingSeconds = ({ timeoutMs }: ServiceLimits): number => Math.ceil(timeoutMs / 1000);

/** A rate, short enough for a sentence. */
export const shown = (rate: number): string => String(rate >= 10 ? Math.round(rate) : Math.round(rate * 10) / 10);

/** The objectives of the environment, as its alarms have them: answers that fail or are turned away, and latency. */
function objectives(phase: string, { errorPercent, latencyMs }: ServiceLimits): Condition[] {
  const { answers, failed, turnedAway } = metricsOf(phase);
  return [
    {
      phase,
      says: `at most ${errorPercent} % fail or are turned away (alarms.serverErrorPercent of the API)`,
      expression: `${failed} + ${turnedAway} <= ${answers} * ${errorPercent / 100}`,
    },
    latency(phase, latencyMs, "alarms.latencyMs of the API"),
  ];
}

function failures(phase: string, percent: number, why: string): Condition {
  const { answers, failed } = metricsOf(phase);
  return {
    phase,
    says: `${percent === 0 ? "none fails" : `at most ${percent} % fail`} otherwise than by being turned away (${why})`,
    expression: `${failed} <= ${answers} * ${percent / 100}`,
  };
}

const latency = (phase: string, ms: number, why: string): Condition => ({
  phase,
  says: `99 of 100 requests that succeed do within ${ms} ms (${why})`,
  expression: `${metricsOf(phase).latencyMs}.p99 <= ${ms}`,
});
