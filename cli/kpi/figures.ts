import { budgetLeftPercent } from "../../modules/error-budget";
import { callPricesIn, lambdaPricesIn, type TaskSize, taskHourIn } from "../../values/prices";

/** Sums of a service in a region, over the time that was asked for. */
export interface Sums {
  /** Of its function, or the requests that tasks of a container answered. */
  readonly invocations: number;
  /** How many of these failed. */
  readonly errors: number;
  /** Of all invocations together, in milliseconds. */
  readonly durationMs: number;
  readonly coldStarts: number;
  /** What callers ask of it: those of its API, or else its invocations. */
  readonly requests: number;
  readonly failed: number;
  readonly readUnits: number;
  readonly writeUnits: number;
  /** Tasks that answered, added up over the samples of them, and the number of samples. */
  readonly tasks: number;
  readonly taskSamples: number;
}

export interface Subject {
  readonly region: string;
  readonly memoryMb: number;
  /** The size of its tasks, if it runs in containers. */
  readonly task?: TaskSize;
  readonly hasApi: boolean;
  /** Environments that are kept for it whether they are used or not. */
  readonly provisioned: number;
  readonly objectivePercent: number | undefined;
  /** How long the sums are over, in seconds. */
  readonly seconds: number;
}

/** What the sums say; null where nothing was asked of it. */
export interface Figures {
  readonly requests: number;
  readonly availabilityPercent: number | null;
  readonly errorBudgetLeftPercent: number | null;
  readonly errorPercent: number | null;
  readonly coldStartPercent: number | null;
  readonly costUsd: number;
  readonly usdPerThousandRequests: number | null;
}

/**
 * Figures of a service in a region. What it costs is its invocations and their duration, the environments that are kept for it, the
 * requests of its API, or the tasks of its containers; and what tables consume that no other service uses, for the requests that succeeded.
 */
export function figuresOf(sums: Sums, subject: Subject): Figures {
  const { requests, failed, invocations, errors, coldStarts } = sums;
  const { objectivePercent } = subject;
  const costUsd = costOf(sums, subject);
  const left = objectivePercent === undefined ? null : budgetLeftPercent(objectivePercent, requests, failed);
  return {
    requests,
    availabilityPercent: share(requests - failed, requests),
    errorBudgetLeftPercent: left === null ? null : rounded(left, 4),
    errorPercent: share(errors, invocations),
    coldStartPercent: subject.task ? null : share(coldStarts, invocations),
    costUsd: rounded(costUsd, 4),
    usdPerThousandRequests: requests > failed ? rounded((costUsd * 1000) / (requests - failed), 6) : null,
  };
}

function costOf(sums: Sums, subject: Subject): number {
  const { tableRead, tableWrite } = callPricesIn(subject.region);
  return codeCost(sums, subject) + sums.readUnits * tableRead + sums.writeUnits * tableWrite;
}

function codeCost(sums: Sums, { region, memoryMb, task, hasApi, provisioned, seconds }: Subject): number {
  if (task) {
    const tasks = sums.taskSamples > 0 ? sums.tasks / sums.taskSamples : 0;
    return tasks * (seconds / 3600) * taskHourIn(region, task);
  }
  const lambda = lambdaPricesIn(region);
  const { httpApiRequest } = callPricesIn(region);
  const gb = memoryMb / 1024;
  // Below the least that is provisioned, calls are in environments of their own price.
  const gbSecond = provisioned > 0 ? lambda.provisionedDurationGbSecond : lambda.onDemandGbSecond;
  return (
    sums.invocations * lambda.request +
    (sums.durationMs / 1000) * gb * gbSecond +
    provisioned * gb * seconds * lambda.provisionedGbSecond +
    (hasApi ? sums.requests * httpApiRequest : 0)
  );
}

const share = (of: number, all: number): number | null => (all > 0 ? rounded((of / all) * 100, 4) : null);

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
