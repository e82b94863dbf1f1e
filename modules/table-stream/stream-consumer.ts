import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type AlarmTarget, deploymentStackOf, type Grantee, metricAlarm, parseConfig, resourceName } from "../core";
import type { DeadLetterQueue } from "../dead-letter-queue";
import { type StreamConsumerConfig, type StreamConsumerInput, streamConsumerConfig } from "./config";

/** A table with a stream in each of its regions; `ReplicatedTable` is one. */
export interface StreamedTable {
  readonly tableName: string;
  /** @throws an error the user can fix, where the table has no stream in the region */
  streamArnIn(region: string): string;
  grantStreamRead(grantee: Grantee): void;
}

/** A function that takes changes, by its alias; `ServiceFunction` is one. */
export interface StreamFunction extends Grantee {
  readonly functionName: string;
  readonly aliasArn: string;
  /** The policy of its role, which Lambda looks at when the mapping is created. */
  readonly rolePolicy: ITerraformDependable;
}

export interface StreamConsumerProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: StreamConsumerInput;
  /** Its stream in the region of the function is read. */
  readonly table: StreamedTable;
  /** The function that takes the changes. */
  readonly target: StreamFunction;
  /** Where Lambda names the changes that it gave up; its sender is the role of the function. */
  readonly failures: Pick<DeadLetterQueue, "queueArn">;
  /** Whether this region reads its stream; the mapping of another one is there, and off. */
  readonly active?: boolean;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
}

/**
 * Lets the alias of a function take the changes of a table, from the stream in its own region, with partial batch responses. A change
 * that fails is tried again a limited number of times, and then named in the dead letters.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
 */
export class StreamConsumer extends Construct {
  constructor(scope: Construct, id: string, props: StreamConsumerProps) {
    super(scope, id);
    const { table, target, failures, active = true, alarms } = props;
    const config = parseConfig(streamConsumerConfig, props.config, this.node.path);
    const { region } = target;
    table.grantStreamRead(target);
    new LambdaEventSourceMapping(this, "mapping", {
      provider: deploymentStackOf(this).providers.in(region),
      eventSourceArn: table.streamArnIn(region),
      functionName: target.aliasArn,
      enabled: config.enabled && active,
      startingPosition: config.startingPosition,
      batchSize: config.batchSize,
      maximumBatchingWindowInSeconds: config.batchingWindowSeconds,
      parallelizationFactor: config.parallelizationFactor,
      maximumRetryAttempts: config.maximumRetryAttempts,
      maximumRecordAgeInSeconds: config.maximumRecordAgeSeconds,
      bisectBatchOnFunctionError: config.bisectBatchOnError,
      functionResponseTypes: ["ReportBatchItemFailures"],
      destinationConfig: { onFailure: { destinationArn: failures.queueArn } },
      ...(config.filterPatterns.length > 0
        ? { filterCriteria: { filter: config.filterPatterns.map((pattern) => ({ pattern: JSON.stringify(pattern) })) } }
        : {}),
      ...(config.eventCountMetrics ? { metricsConfig: { metrics: ["EventCount"] } } : {}),
      // Lambda refuses a stream that the role may not read, and a destination that it may not send to.
      dependsOn: [target.rolePolicy],
    });
    if (alarms) this.addAgeAlarm(alarms, config, table, target);
  }

  /** @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
  private addAgeAlarm(
    alarms: AlarmTarget,
    { alarmThresholds }: StreamConsumerConfig,
    { tableName }: StreamedTable,
    { functionName, region }: StreamFunction,
  ): void {
    metricAlarm(this, "iterator-age-alarm", deploymentStackOf(this).providers, alarms, {
      region,
      alarmName: resourceName(this, [functionName, this.node.id, "age"], 255),
      alarmDescription: `${functionName} falls behind the changes of ${tableName}, which are lost after 24 hours. See whether a change fails again and again, or the function is throttled or slower than they come; of several streams it is the slowest.`,
      namespace: "AWS/Lambda",
      metricName: "IteratorAge",
      dimensions: { FunctionName: functionName },
      statistic: "Maximum",
      comparisonOperator: "GreaterThanThreshold",
      threshold: alarmThresholds.iteratorAgeSeconds * 1000,
      period: 60,
      evaluationPeriods: 5,
    });
  }
}
