import { z } from "zod";
import { kebabName, partitionOf, strictObject, withRule } from "../../modules/core";

const placeholder = /\{(account|environment|partition|region)\}/g;

const template = (pattern: RegExp, problem: string) =>
  z
    .string()
    .max(2048)
    .regex(pattern, problem)
    .refine(
      (text) => !/[{}]/.test(text.replace(placeholder, "")),
      "has a brace that belongs to no placeholder; use {partition}, {region}, {account} or {environment}",
    );

const place = String.raw`arn:(?:aws[a-z-]*|\{partition\})`;
const account = String.raw`(?:\d{12}|\{account\})`;

const destinationArn = new RegExp(
  `^${place}:(?:(?:sqs|sns|events|lambda):(?:[a-z0-9-]+|\\{region\\}):${account}:\\S+|s3:::[^/\\s]+)$`,
);

const keyArn = new RegExp(`^${place}:kms:(?:[a-z0-9-]+|\\{region\\}):${account}:key/\\S+$`);

const fields = strictObject(() => ({
  queue: kebabName(40).optional().describe("A standard queue of the environment, by its name within it."),
  bus: kebabName(32)
    .optional()
    .describe(
      'An event bus, by its name within the environment. Rules find the records by source "lambda" and detail-type "Lambda Function Invocation Result - Failure".',
    ),
  function: kebabName(24)
    .optional()
    .describe("Another service, by its name; its function is invoked asynchronously with the record."),
  arn: template(
    destinationArn,
    "is not what Lambda sends failed events to; write the ARN of a standard queue, a standard topic, an event bus, a function or a bucket, out or with {partition}, {region}, {account} and {environment}",
  )
    .optional()
    .describe(
      "One of your own in each region: a standard queue, a standard topic, an event bus, a function or a bucket; {partition}, {region}, {account} and {environment} stand for those of the function.",
    ),
  keyArn: template(
    keyArn,
    "is not the ARN of a key; write it out, or with {partition}, {region}, {account} and {environment}, as arn:{partition}:kms:{region}:{account}:key/<id>",
  )
    .optional()
    .describe(
      "The KMS key of the queue, topic or bucket at `arn`, where it is a key of your own. Its policy has to allow it as well.",
    ),
}));

const names = ["queue", "bus", "function", "arn"] as const;

/** Where the events of a service go that it failed on, in place of a queue of dead letters of its own. */
export const onFailureConfig = withRule(fields, (destination, report) => {
  const given = names.filter((name) => destination[name] !== undefined);
  if (given.length !== 1) {
    report([], `names ${given.join(" and ") || "no destination"}; name exactly one of ${names.join(", ")}`);
  }
  if (destination.keyArn === undefined) return;
  if (!/^arn:[^:]+:(sqs|sns|s3):/.test(destination.arn ?? "")) {
    report(
      ["keyArn"],
      "is for a queue, topic or bucket at arn; leave it out, no right to a key is needed to send elsewhere",
    );
  }
});

export type OnFailure = z.output<typeof onFailureConfig>;

/** Where a function is, and of which environment. */
export interface Whereabouts {
  readonly environment: string;
  readonly region: string;
  readonly account: string;
}

/** A text with what its placeholders stand for. */
export function filled(text: string, { environment, region, account }: Whereabouts): string {
  const values: Record<string, string> = { environment, region, account, partition: partitionOf(region) };
  return text.replace(placeholder, (_, name: string) => values[name] ?? "");
}
