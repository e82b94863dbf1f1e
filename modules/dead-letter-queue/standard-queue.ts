import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import type { Construct } from "constructs";
import { denyWithoutTls, deploymentStackOf, policyDocument, type RegionalKey } from "../core";

/** An AWS service that sends to a queue on behalf of one resource. */
export interface ServiceSender {
  /** Service principal, such as `events.amazonaws.com`. */
  readonly service: string;
  /** The resource on whose behalf it sends, such as a bus or a rule. */
  readonly sourceArn: string;
}

export interface StandardQueueProps {
  /** Id of the queue in Terraform; defaults to `queue`. */
  readonly id?: string;
  /** At most 80 characters. */
  readonly name: string;
  /** The region that it is in. */
  readonly region: string;
  /** 60 to 1,209,600. */
  readonly messageRetentionSeconds: number;
  /** Encrypts the messages; defaults to the SQS-managed key. */
  readonly key?: RegionalKey;
  /** The service that the queue policy allows to send, with the statement's id. Roles send under their own policy. */
  readonly sender?: ServiceSender & { readonly sid: string };
}

/**
 * An encrypted standard queue that denies requests without TLS, created as `queue`, or `id`, and `queue-policy` in `scope`.
 * @returns the queue, and the policy that must exist before a service sends its first message
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html
 */
export function standardQueue(
  scope: Construct,
  { id = "queue", name, region, messageRetentionSeconds, key, sender }: StandardQueueProps,
): { readonly queue: SqsQueue; readonly policy: SqsQueuePolicy } {
  const provider = deploymentStackOf(scope).providers.in(region);
  const queue = new SqsQueue(scope, id, {
    provider,
    name,
    messageRetentionSeconds,
    ...(key ? { kmsMasterKeyId: key.arnIn(region) } : { sqsManagedSseEnabled: true }),
  });
  const policy = new SqsQueuePolicy(scope, "queue-policy", {
    provider,
    queueUrl: queue.url,
    policy: policyDocument([
      ...(sender
        ? [
            {
              sid: sender.sid,
              principals: { Service: sender.service },
              actions: ["sqs:SendMessage"],
              resources: [queue.arn],
              conditions: { ArnEquals: { "aws:SourceArn": sender.sourceArn } },
            },
          ]
        : []),
      denyWithoutTls({ sid: "RefusePlainHttp", actions: ["sqs:*"], resources: [queue.arn] }),
    ]),
  });
  return { queue, policy };
}
