import type { Clock } from "../../runtime/resilience/clock.js";
import type { DependencyState } from "./breaker-states.js";
import type { Lambda } from "./lambda.js";
import type { PausedQueue } from "./paused-queue.js";

/** What a reconciliation needs. */
export interface ReconcileOptions {
  readonly lambda: Lambda;
  readonly states: () => Promise<readonly DependencyState[]>;
  readonly clock: Clock;
  /** Until when it goes on while the queue is paused, in milliseconds since 1970. */
  readonly until: number;
  /** How long between two looks, in milliseconds. */
  readonly everyMs: number;
  /** Called with each change and each probe. */
  readonly onStep: (step: Step) => void;
}

/** What was done to a queue. */
export type Step =
  | { readonly what: "paused" | "resumed"; readonly because: readonly string[] }
  | { readonly what: "probed"; readonly dependency: string; readonly outcome: string };

/** How a queue was left. */
export interface Reconciled {
  readonly queueName: string;
  readonly state: string;
  /** The dependencies that it waits for. */
  readonly waitsFor: readonly string[];
}

/** States of a mapping that Lambda leaves by itself, within which it takes no update. */
const changing = ["Creating", "Enabling", "Disabling", "Updating"];

/** A probe that is asked for later than this before the end, in milliseconds, could not be waited for. */
const leastProbeMs = 1_000;

/**
 * Makes the mapping of a queue what the breakers say: off while one of them is open, on otherwise, as far as the queue is to be read at all. It has
 * no memory: whoever dies in it leaves a state from which the next one goes on. While the queue is paused it stays, and has the function
 * probe when a breaker may be probed.
 */
export async function reconcile(queue: PausedQueue, options: ReconcileOptions): Promise<Reconciled> {
  const { lambda, states, clock, until, everyMs, onStep } = options;
  for (;;) {
    const dependencies = await states();
    const open = dependencies.filter(({ isOpen }) => isOpen);
    const waitsFor = open.map(({ name }) => name);
    const wanted = queue.reads && open.length === 0;
    const state = await lambda.mappingState(queue.mapping);
    const isSettled = state === (wanted ? "Enabled" : "Disabled");
    if (!isSettled && !changing.includes(state) && (await lambda.enableMapping(queue.mapping, wanted))) {
      onStep({ what: wanted ? "resumed" : "paused", because: waitsFor });
    }
    if (open.length === 0 && isSettled) return { queueName: queue.queueName, state, waitsFor };
    let probed = false;
    for (const { name, probeDue } of queue.reads ? open : []) {
      const left = until - clock.now();
      if (!probeDue || left < leastProbeMs) continue;
      const outcome = await lambda.probe(queue.functionName, queue.alias, name, left);
      onStep({ what: "probed", dependency: name, outcome });
      probed ||= outcome === "answered";
    }
    // What a probe has closed is looked at once more at once.
    if (!probed && clock.now() + everyMs >= until) return { queueName: queue.queueName, state, waitsFor };
    if (!probed) await clock.sleep(everyMs);
  }
}
