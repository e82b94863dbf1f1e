import type { Construct } from "constructs";
import { type AlarmTarget, deploymentStackOf, type Grantee, type RegionalKey } from "../core";
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
 *
 * Up to version 0.1.0 the queue had the name of that of a bus, `<function>-dead-letters`. A queue cannot be renamed, so this is
 * another one beside it, and Terraform forgets the earlier one with its messages in place of destroying it.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function functionDeadLetters(
  scope: Construct,
  { name, region, key, grantee, config, alarms }: FunctionDeadLettersProps,
): DeadLetterQueue {
  const id = "dead-letters";
  deploymentStackOf(scope).forget("aws_sqs_queue", scope, id, "queue");
  return new DeadLetterQueue(scope, id, {
    config: { deadLetterAgeSeconds: config.alarms.deadLetterAgeSeconds },
    name,
    suffix: "failed-events",
    queueId: "failed-events",
    region,
    sender: { grantee, key },
    alarms,
    alarmDescriptions: (queueName) => ({
      visible: `${name} gave up on events. Read the error in the queue ${queueName}, mend the cause, send them back by evenkeel redrive.`,
      age: `Nobody took care of the dead letters of ${name}; they are deleted after 14 days.`,
    }),
  });
}
