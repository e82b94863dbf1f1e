import type { Service } from "../../config";
import type { ServiceLimits } from "./limits";
import { type LoadPlan, metricsOf, type Phase } from "./plans";
import { artilleryRequest, type LoadRequest } from "./requests";

/** The version that the tests of this toolkit run, the last one for Node.js 20. */
export const artilleryVersion = "2.0.21";

/** The name of the file with the functions that count answers, beside the scripts. */
export const processorFile = "processor.cjs";

export interface ScriptOptions {
  readonly plan: LoadPlan;
  readonly limits: ServiceLimits;
  readonly target: string;
  readonly requests: readonly LoadRequest[];
  readonly routes: NonNullable<Service["api"]>["routes"];
}

/**
 * A script for `artillery run`: phases, requests, and what has to hold for it to end with 0.
 * @see https://www.artillery.io/docs/reference/test-script
 */
export function artilleryScript({ plan, limits, target, requests, routes }: ScriptOptions): object {
  return {
    config: {
      target,
      processor: `./${processorFile}`,
      // One more than a caller waits, so that the answer of the API is seen.
      http: { timeout: Math.ceil(limits.timeoutMs / 1000) + 1 },
      phases: plan.phases.map(artilleryPhase),
      variables: { phaseEnds: phaseEnds(plan.phases), firstArrivalMs: firstArrivalMs(plan.phases) },
      plugins: { ensure: {} },
      ensure: {
        conditions: [
          ...plan.conditions.map(({ expression }) => ({ expression })),
          // Requests that are refused test nothing: a token is missing, or a parameter is wrong.
          ...measured(plan).map((phase) => ({ expression: `${metricsOf(phase).refused} <= 0` })),
          ...measured(plan).map((phase) => ({ expression: `${metricsOf(phase).answers} >= 1` })),
        ],
      },
    },
    // Once, before the workers start: the phases begin later than that.
    before: { flow: [{ function: "begin" }] },
    scenarios: requests.map((request) => ({
      name: request.route,
      weight: request.weight,
      beforeRequest: "setSent",
      afterResponse: "countAnswer",
      onError: "countError",
      flow: [artilleryRequest(request, routes)],
    })),
  };
}

/** Phases that something has to hold in. */
const measured = ({ conditions }: LoadPlan): string[] => [...new Set(conditions.map(({ phase }) => phase))];

/** Artillery takes whole arrivals per second; where there are fewer, their number. */
function artilleryPhase({ name, seconds, rate, rampTo }: Phase): object {
  if (rampTo !== undefined) {
    return {
      name,
      duration: seconds,
      arrivalRate: Math.max(1, Math.round(rate)),
      rampTo: Math.max(1, Math.round(rampTo)),
    };
  }
  if (rate < 10) return { name, duration: seconds, arrivalCount: Math.max(1, Math.round(rate * seconds)) };
  return { name, duration: seconds, arrivalRate: Math.round(rate) };
}

/** `before:60,spike:360`: each phase, and when it ends, in seconds since the beginning; one text, as a list would be drawn from. */
function phaseEnds(phases: readonly Phase[]): string {
  let end = 0;
  return phases
    .map(({ name, seconds }) => {
      end += seconds;
      return `${name}:${end}`;
    })
    .join(",");
}

/** When the first request is made after the beginning, in milliseconds: an arrival ends the interval that it is for. */
function firstArrivalMs([first]: readonly Phase[]): number {
  const { rate = 1, seconds = 1 } = first ?? {};
  return Math.round(Math.min(1000 / rate, seconds * 1000));
}

/** Counts answers by the phase in which their requests were made; Artillery loads it in each of its workers. */
export const processor = `"use strict";

// Written by evenkeel loadtest. Counters: loadtest.<phase>.answers, and of them good (2xx, 3xx), turned_away (429, 503),
// refused (other 4xx) and failed (the rest, and requests without an answer); latency_ms are the times of the good ones.

let began;
let phases;

/** The phase that a request belongs to, and its counters, which are there from the first one on. */
function phaseOf(context, events) {
  if (phases === undefined) {
    began = Math.max(context.vars.beganAt ?? 0, Date.now() - context.vars.firstArrivalMs);
    phases = context.vars.phaseEnds.split(",").map((text) => {
      const [name, end] = text.split(":");
      return { name, endMs: Number(end) * 1000 };
    });
    for (const { name } of phases)
      for (const kind of ["answers", "good", "turned_away", "refused", "failed"])
        events.emit("counter", \`loadtest.\${name}.\${kind}\`, 0);
  }
  const sinceMs = (context.vars.sentAt ?? Date.now()) - began;
  return (phases.find(({ endMs }) => sinceMs < endMs) ?? phases[phases.length - 1]).name;
}

function count(context, events, kind, ms) {
  const phase = phaseOf(context, events);
  events.emit("counter", \`loadtest.\${phase}.answers\`, 1);
  events.emit("counter", \`loadtest.\${phase}.\${kind}\`, 1);
  if (kind === "good" && ms !== undefined) events.emit("histogram", \`loadtest.\${phase}.latency_ms\`, ms);
}

function kindOf(status) {
  if (status < 400) return "good";
  if (status === 429 || status === 503) return "turned_away";
  return status < 500 ? "refused" : "failed";
}

module.exports = {
  begin(context, _events, next) {
    context.vars.beganAt = Date.now();
    next();
  },
  setSent(_request, context, events, next) {
    phaseOf(context, events);
    context.vars.sentAt = Date.now();
    next();
  },
  countAnswer(_request, response, context, events, next) {
    count(context, events, kindOf(response.statusCode), response.timings?.phases?.total ?? Date.now() - context.vars.sentAt);
    next();
  },
  countError(_error, _request, context, events, next) {
    count(context, events, "failed");
    next();
  },
};
`;
