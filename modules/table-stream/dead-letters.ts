import type { Construct } from "constructs";
import type { AlarmTarget, Grantee, RegionalKey } from "../core";
import { DeadLetterQueue } from "../dead-letter-queue";
import { streamRetentionSeconds } from "./config";

export interface StreamDeadLettersProps {
  /** The function's name. */
  readonly name: string;
  /** The region that it is in. */
  readonly region: string;
  /** Encrypts the dead letters. */
  readonly key: RegionalKey;
  /** The function's role, as which Lambda sends. */
  readonly grantee: Grantee;
  /** Age of the oldest dead letter, in seconds, at which an alarm fires. */
  readonly deadLetterAgeSeconds: number;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
}

/** Longest age of a dead letter that can still be looked up in the stream with some hours to spare, in seconds. */
export const latestDeadLetterAgeSeconds = streamRetentionSeconds / 2;

/**
 * The queue that names changes that a function gave up, for all streams that it reads. A dead letter says where in which stream they
 * are, without what they hold: the stream has that for 24 hours.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export function streamDeadLetters(scope: Construct, id: string, props: StreamDeadLettersProps): DeadLetterQueue {
  const { name, region, key, grantee, deadLetterAgeSeconds, alarms } = props;
  return new DeadLetterQueue(scope, id, {
    config: { deadLetterAgeSeconds },
    name,
    suffix: "failed-changes",
    queueId: "failed-changes",
    region,
    sender: { grantee, key, sid: "SendFailedChanges" },
    alarms,
    alarmDescriptions: (queueName) => ({
      visible: `${name} gave up on changes of a table. ${queueName} says where they are in its stream, which has them for 24 hours: find the error in the log, mend the cause, then handle the items as they are now.`,
      age: `Nobody took care of the changes that ${name} gave up; a stream has them for 24 hours only.`,
    }),
  });
}
