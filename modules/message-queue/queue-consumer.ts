import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ConstructError, deploymentStackOf, type Grantee, parseConfig } from "../core";
import { leastVisibilitySeconds } from "./config";
import { mostWithoutWindow, type QueueConsumerConfig, queueConsumerConfig } from "./consumer-config";
import type { QueueConsumerInput } from "./input";

/** A queue that can be consumed; `MessageQueue` is one. */
export interface ConsumableQueue {
  readonly region: string;
  readonly queueArn: string;
  readonly queueName: string;
  readonly isFifo: boolean;
  readonly visibilityTimeoutSeconds: number;
  grantConsume(grantee: Grantee): void;
}

/** A function that takes messages, by its alias; `ServiceFunction` is one. */
export interface ConsumingFunction extends Grantee {
  readonly aliasArn: string;
  /** Timeout of one invocation, in seconds. */
  readonly timeoutSeconds: number;
  /** The policy of its role, which Lambda looks at when the mapping is created. */
  readonly rolePolicy: ITerraformDependable;
}

export interface QueueConsumerProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: QueueConsumerInput;
  /** Must be in the region of the function. */
  readonly queue: ConsumableQueue;
  /** The function that takes the messages. */
  readonly target: ConsumingFunction;
  /** Whether this region reads the queue; the mapping of another one is there, and off. */
  readonly active?: boolean;
}

/**
 * Lets the alias of a function take the messages of a queue, with partial batch responses: the function answers which of a
 * batch it could not handle, and only those come again.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export class QueueConsumer extends Construct {
  readonly region: string;
  readonly queueName: string;
  /** UUID of the event source mapping. */
  readonly mappingUuid: string;
  /** Whether this region reads the queue while nothing pauses it. */
  readonly reads: boolean;
  /** The dependencies whose circuit breakers pause it. */
  readonly pausedBy: readonly string[];
  private readonly mapping: LambdaEventSourceMapping;

  constructor(scope: Construct, id: string, { config: given, queue, target, active = true }: QueueConsumerProps) {
    super(scope, id);
    const config = parseConfig(queueConsumerConfig, given, this.node.path);
    this.check(config, queue, target);
    queue.grantConsume(target);
    this.region = queue.region;
    this.queueName = queue.queueName;
    this.reads = config.enabled && active;
    this.pausedBy = config.pausedBy;
    this.mapping = new LambdaEventSourceMapping(this, "mapping", {
      provider: deploymentStackOf(this).providers.in(queue.region),
      eventSourceArn: queue.queueArn,
      functionName: target.aliasArn,
      enabled: this.reads,
      batchSize: config.batchSize,
      maximumBatchingWindowInSeconds: config.batchingWindowSeconds,
      functionResponseTypes: ["ReportBatchItemFailures"],
      scalingConfig: { maximumConcurrency: config.maximumConcurrency },
      ...(config.filterPatterns.length > 0
        ? { filterCriteria: { filter: config.filterPatterns.map((pattern) => ({ pattern: JSON.stringify(pattern) })) } }
        : {}),
      ...(config.eventCountMetrics ? { metricsConfig: { metrics: ["EventCount"] } } : {}),
      dependsOn: [target.rolePolicy],
    });
    this.mappingUuid = this.mapping.uuid;
  }

  /** Leaves it to somebody else whether the mapping reads: Terraform says it when it is created, and never again. */
  leaveEnabledToOthers(): void {
    this.mapping.lifecycle = { ...this.mapping.lifecycle, ignoreChanges: ["enabled"] };
  }

  private check(config: QueueConsumerConfig, queue: ConsumableQueue, target: ConsumingFunction): void {
    const { batchSize, batchingWindowSeconds } = config;
    if (queue.region !== target.region) {
      throw new ConstructError(
        this,
        `the queue ${queue.queueName} is in ${queue.region}, the function in ${target.region}`,
        "use a queue in the function's region",
      );
    }
    if (queue.isFifo && (batchSize > mostWithoutWindow || batchingWindowSeconds > 0)) {
      throw new ConstructError(
        this,
        `${queue.queueName} is a FIFO queue, of which Lambda takes at most ${mostWithoutWindow} messages, without a window`,
        `set batchSize to at most ${mostWithoutWindow} and leave batchingWindowSeconds out`,
      );
    }
    const least = leastVisibilitySeconds(target.timeoutSeconds, batchingWindowSeconds, config.pausedBy.length > 0);
    if (queue.visibilityTimeoutSeconds < least) {
      throw new ConstructError(
        this,
        `${queue.queueName} hides messages for ${queue.visibilityTimeoutSeconds} s, so some would be handled twice at a time`,
        `use at least ${least} s, six times the function's timeout and the batching window${config.pausedBy.length > 0 ? ", and long enough to be paused" : ""}`,
      );
    }
  }
}
