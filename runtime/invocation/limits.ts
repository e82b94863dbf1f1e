import type { Context } from "aws-lambda";
import { onDemand } from "../aws/on-demand.js";
import { AnswerTooLargeError } from "./answer.js";
import { OutOfTimeError } from "./time.js";

/** Counts an error that one of Lambda's limits is the reason for, and no other; it never fails. */
export type LimitCounter = (error: unknown, context: Pick<Context, "functionName">) => Promise<void>;

/** Counts `AnswersTooLarge` and `OutOfTime` in `Evenkeel/Functions`, with the dimension `FunctionName`; create one per handler. */
export function limitCounter(): LimitCounter {
  const loaded = onDemand(async () => (await import("./limit-metric.js")).writeLimitMetric);
  return async (error, { functionName }) => {
    const name =
      error instanceof AnswerTooLargeError
        ? "AnswersTooLarge"
        : error instanceof OutOfTimeError
          ? "OutOfTime"
          : undefined;
    if (name === undefined) return;
    const write = await loaded().catch(() => undefined);
    write?.(functionName, name);
  };
}
