import { errorName } from "../errors/error-name.js";
import { invocationSignal, type RemainingTime, withinTime } from "../invocation/time.js";
import { CircuitOpenError } from "./circuit-open-error.js";
import { isProbeCall, type ProbeAnswer, probeMember } from "./probe-call.js";
import type { Endpoint, RegionalBreakers } from "./regional-breakers.js";

/** A dependency without which no message can be handled. */
export interface PausingDependency {
  readonly breakers: RegionalBreakers;
  /**
   * One call of the dependency that has no effect, such as a read; it throws when the dependency fails. It is made through the breaker while no
   * messages come, so that these are not used up by finding out. The signal is aborted when the time of the invocation is nearly over.
   */
  readonly probe: (endpoint: Endpoint, signal: AbortSignal) => Promise<unknown>;
}

/** What `queueConsumer` asks before each message; made by {@link pauseWhileOpen}. */
export interface Pause {
  /** @throws CircuitOpenError while a call of one of the dependencies would be refused */
  check(): Promise<void>;
  /** The answer to a probe call; undefined for any other event. */
  answer(event: unknown, context: RemainingTime): Promise<ProbeAnswer> | undefined;
}

/**
 * Begins no message while the breaker of a dependency is open, and lets the queue be paused until a probe succeeds; `pausedBy` of the service's
 * queue names the same dependencies. Create it at module scope.
 */
export function pauseWhileOpen(dependencies: Readonly<Record<string, PausingDependency>>): Pause {
  return {
    async check() {
      for (const { breakers } of Object.values(dependencies)) {
        const refusal = await breakers.wouldRefuse();
        if (refusal) throw refusal;
      }
    },
    answer(event, context) {
      if (!isProbeCall(event)) return undefined;
      const { dependency } = event[probeMember];
      const found = Object.hasOwn(dependencies, dependency) ? dependencies[dependency] : undefined;
      if (!found) throw new TypeError(`The handler has no probe of "${dependency}"; pass it to pauseWhileOpen.`);
      return probed(dependency, found, context);
    },
  };
}

async function probed(
  dependency: string,
  { breakers, probe }: PausingDependency,
  context: RemainingTime,
): Promise<ProbeAnswer> {
  try {
    await breakers.call((endpoint) => withinTime(context, async () => await probe(endpoint, invocationSignal())));
    return { probe: { dependency, outcome: "answered" } };
  } catch (error) {
    if (error instanceof CircuitOpenError) return { probe: { dependency, outcome: "refused" } };
    return { probe: { dependency, outcome: "failed", errorName: errorName(error) } };
  }
}
