import type { Construct } from "constructs";
import type { AlarmTarget, Grantee, RegionalKey } from "../core";
import { DeadLetterQueue } from "../dead-letter-queue";
import type { ServiceFunctionConfig } from "./config";

export interface FunctionDeadLettersProps {
  /** The function's name. */
  readonly name: string;
  readonly region: string;
  readonly key: RegionalKey;
  /** The function's role, which sends to the queue. */
  readonly grantee: Grantee;
  readonly config: ServiceFunctionConfig;
  readonly alarms?: AlarmTarget;
}

/**
 * The queue for asynchronous invocations that failed after all retries, created as `dead-letters` in a function. It is
 * a failure destination: unlike a dead-letter queue of the function, it also gets the error and belongs to the alias.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function functionDeadLetters(
  scope: Construct,
  { name, region, key, grantee, config, alarms }: FunctionDeadLettersProps,
): DeadLetterQueue {
  return new DeadLetterQueue(scope, "dead-letters", {
    config: { deadLetterAgeSeconds: config.alarms.deadLetterAgeSeconds },
    name,
    region,
    sender: { grantee, key },
    alarms,
    alarmDescriptions: (queueName) => ({
      visible: `${name} gave up on events. Read the error in the queue ${queueName}, mend the cause, send them again.`,
      age: `Nobody took care of the dead letters of ${name}; they are deleted after 14 days.`,
    }),
  });
}
