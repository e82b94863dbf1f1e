import { Token } from "cdktf";
import type { Construct } from "constructs";
import {
  type AlarmTarget,
  ConstructError,
  deploymentStackOf,
  dnsSuffixOf,
  type Grantee,
  metricAlarm,
  type PolicyStatement,
} from "../core";
import { functionMetric } from "./failure-alarms";

/** What Lambda sends records of failed invocations to. */
export type FailureDestinationKind = "bucket" | "bus" | "function" | "queue" | "topic";

/**
 * Where the records of asynchronous invocations go that failed after all retries: the event, the answer and the error.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export interface FailureDestination {
  readonly kind: FailureDestinationKind;
  /** Of a standard queue, a standard topic, an event bus, an alias of a function or a bucket; may be a reference. */
  readonly arn: string;
  /** What texts call it, such as `the queue prod-failures`. */
  readonly title: string;
  /** The key that encrypts what is sent to a queue, topic or bucket, unless it is AWS's or `grant` grants it. */
  readonly keyArn?: string;
  /** Allows the function's role to send, in place of the least that Lambda asks for. */
  readonly grant?: (grantee: Grantee) => void;
}

/** What the role of a function needs, as Lambda documents it. */
const actions: Readonly<Record<Exclude<FailureDestinationKind, "bucket">, string>> = {
  bus: "events:PutEvents",
  function: "lambda:InvokeFunction",
  queue: "sqs:SendMessage",
  topic: "sns:Publish",
};

/** The service that uses the key of a destination. */
const keyServices: Partial<Record<FailureDestinationKind, string>> = { bucket: "s3", queue: "sqs", topic: "sns" };

const services: Readonly<Record<FailureDestinationKind, string>> = {
  bucket: "s3",
  bus: "events",
  function: "lambda",
  queue: "sqs",
  topic: "sns",
};

/** The kind of destination that an ARN is of; undefined for what Lambda sends nothing to. */
export function failureDestinationKind(arn: string): FailureDestinationKind | undefined {
  const [, , service] = arn.split(":");
  const kinds = Object.keys(services) as FailureDestinationKind[];
  return kinds.find((kind) => services[kind] === service);
}

/** @throws ConstructError for what Lambda would send nothing to, or what is in another region than the function */
export function checkDestination(scope: Construct, { kind, arn, keyArn }: FailureDestination, region: string): void {
  if (keyArn !== undefined && keyServices[kind] === undefined) {
    throw new ConstructError(
      scope,
      `has a key for a ${kind}`,
      "leave it out: no right to a key is needed to send there",
    );
  }
  if (Token.isUnresolved(arn)) return;
  if (failureDestinationKind(arn) !== kind) {
    throw new ConstructError(scope, `sends failed events to ${arn}, which is no ${kind}`, `use the ARN of a ${kind}`);
  }
  if (arn.endsWith(".fifo")) {
    throw new ConstructError(
      scope,
      `sends failed events to ${arn}, but Lambda sends none to FIFO queues and topics`,
      "use a standard one",
    );
  }
  const [, , , where = ""] = arn.split(":");
  if (where === "" || where === region) return;
  throw new ConstructError(
    scope,
    `sends failed events of ${region} to ${arn}`,
    "use one in the function's own region, which is there when another region is not",
  );
}

/** Lets a function send records of what it failed on. */
export function grantSending(grantee: Grantee, { kind, arn, keyArn, grant }: FailureDestination): void {
  if (grant) {
    grant(grantee);
    return;
  }
  for (const statement of sendStatements(kind, arn)) grantee.addToRolePolicy(statement);
  const service = keyServices[kind];
  if (keyArn === undefined || service === undefined) return;
  grantee.addToRolePolicy({
    sid: "EncryptFailedEvents",
    actions: ["kms:Decrypt", "kms:GenerateDataKey"],
    resources: [keyArn],
    conditions: {
      StringEquals: { "kms:ViaService": `${service}.${grantee.region}.${dnsSuffixOf(grantee.region)}` },
    },
  });
}

function sendStatements(kind: FailureDestinationKind, arn: string): PolicyStatement[] {
  const sid = "SendFailedEvents";
  if (kind !== "bucket") return [{ sid, actions: [actions[kind]], resources: [arn] }];
  return [
    { sid, actions: ["s3:PutObject"], resources: [`${arn}/*`] },
    { sid: "FindBucketOfFailedEvents", actions: ["s3:ListBucket"], resources: [arn] },
  ];
}

export interface DestinationAlarmsProps {
  /** The function's name. */
  readonly name: string;
  /** The region of the function. */
  readonly region: string;
  /** Where alarms send notifications. */
  readonly target: AlarmTarget;
  /** What texts call the destination. */
  readonly title: string;
}

/**
 * Alarms on what arrives at a destination, and on records that Lambda could not send there. Both count from the first one.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export function destinationAlarms(scope: Construct, { name, region, target, title }: DestinationAlarmsProps): void {
  const { providers } = deploymentStackOf(scope);
  const common = {
    ...functionMetric(name),
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    region,
    statistic: "Sum",
    threshold: 0,
  };
  metricAlarm(scope, "failed-events-alarm", providers, target, {
    ...common,
    alarmName: `${name}-function-failed-events`,
    alarmDescription: `${name} gave up on events in ${region}. Read the error in ${title}, mend the cause, and handle them again.`,
    metricName: "AsyncEventsDropped",
  });
  metricAlarm(scope, "lost-events-alarm", providers, target, {
    ...common,
    alarmName: `${name}-function-lost-events`,
    alarmDescription: `Lambda cannot send what ${name} failed on in ${region} to ${title}, and these events are lost. See that it exists, that the role may send there and use its key, and that events are not too large for it.`,
    metricName: "DestinationDeliveryFailures",
  });
}
