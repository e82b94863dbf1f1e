import { Construct } from "constructs";
import { type AlarmTarget, deploymentStackOf, type MetricAlarmProps, metricAlarm, resourceName } from "../core";
import { addressPart } from "./address-part";
import type { ReplicatedTableConfig } from "./config";

export interface TableAlarmsProps {
  readonly region: string;
  /** The other regions that have the table. Each replication path from this region has an alarm. */
  readonly otherRegions: readonly string[];
  readonly tableName: string;
  readonly config: ReplicatedTableConfig;
  readonly target: AlarmTarget;
}

/**
 * DynamoDB reports system errors per operation, and an alarm can sum ten metrics: these are the ten data operations.
 */
const operations = [
  "BatchGetItem",
  "BatchWriteItem",
  "DeleteItem",
  "GetItem",
  "PutItem",
  "Query",
  "Scan",
  "TransactGetItems",
  "TransactWriteItems",
  "UpdateItem",
];

const namespace = "AWS/DynamoDB";

/**
 * The alarms of a table in one region: throttling of the table and each index, errors inside DynamoDB, consumption
 * close to the maximum throughput, and replication latency to each other region.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 */
export class TableAlarms extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: TableAlarmsProps,
  ) {
    super(scope, id);
    this.addThrottling("throttles", "The table", { TableName: props.tableName });
    for (const { name } of props.config.globalSecondaryIndexes) {
      const dimensions = { TableName: props.tableName, GlobalSecondaryIndexName: name };
      this.addThrottling(`index-${addressPart(name)}-throttles`, `Index ${name}`, dimensions);
    }
    this.addSystemErrors();
    this.addCapacity("Read");
    this.addCapacity("Write");
    for (const region of props.otherRegions) this.addReplicationLatency(region);
  }

  private addThrottling(id: string, subject: string, dimensions: Record<string, string>): void {
    this.addSum(id, {
      alarmDescription: `${subject} throttles requests: hot keys, or too little throughput. Look at the keys in use, then raise the maximum.`,
      threshold: this.props.config.alarmThresholds.throttleEvents,
      metrics: ["ReadThrottleEvents", "WriteThrottleEvents"].map((metricName) => ({ metricName, dimensions })),
    });
  }

  private addSystemErrors(): void {
    const { tableName, config } = this.props;
    this.addSum("system-errors", {
      alarmDescription:
        "Requests fail within DynamoDB. If it lasts, check the AWS Health Dashboard and use another region.",
      threshold: config.alarmThresholds.systemErrors,
      metrics: operations.map((Operation) => ({
        metricName: "SystemErrors",
        dimensions: { TableName: tableName, Operation },
      })),
    });
  }

  private addSum(
    id: string,
    sum: {
      alarmDescription: string;
      threshold: number;
      metrics: { metricName: string; dimensions: Record<string, string> }[];
    },
  ): void {
    this.add(id, {
      alarmDescription: sum.alarmDescription,
      threshold: sum.threshold,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      evaluationPeriods: 1,
      metricQuery: [
        // Operations without errors report nothing, and without FILL a missing value would make the sum missing.
        { id: "total", expression: "SUM(FILL(METRICS(), 0))", label: id, returnData: true },
        ...sum.metrics.map((metric, at) => ({
          id: `m${at + 1}`,
          metric: { namespace, ...metric, stat: "Sum", period: 300 },
        })),
      ],
    });
  }

  private addCapacity(direction: "Read" | "Write"): void {
    const { config, tableName } = this.props;
    const maximum = maximumThroughput(config, direction);
    if (maximum === undefined) return;
    const percent = config.alarmThresholds.capacityPercent;
    this.add(`${direction.toLowerCase()}-capacity`, {
      alarmDescription: `${direction}s use more than ${percent} percent of the maximum of ${maximum} units per second. Raise it before requests are throttled.`,
      namespace,
      metricName: `Consumed${direction}CapacityUnits`,
      dimensions: { TableName: tableName },
      statistic: "Sum",
      period: 60,
      // Compares the sum of a minute with a maximum per second.
      threshold: (maximum * 60 * percent) / 100,
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
    });
  }

  private addReplicationLatency(receivingRegion: string): void {
    const { config, tableName, region } = this.props;
    this.add(`replication-to-${receivingRegion}`, {
      alarmDescription: `Items written in ${region} arrive late in ${receivingRegion}. Do not fail over between them without need: the latest writes may be missing.`,
      namespace,
      metricName: "ReplicationLatency",
      dimensions: { TableName: tableName, ReceivingRegion: receivingRegion },
      statistic: "Average",
      period: 60,
      threshold: config.alarmThresholds.replicationLatencyMilliseconds,
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 5,
    });
  }

  private add(id: string, props: Omit<MetricAlarmProps, "region" | "alarmName">): void {
    const { region, tableName, target } = this.props;
    metricAlarm(this, id, deploymentStackOf(this).providers, target, {
      region,
      alarmName: resourceName(this, [tableName, "table", id], 255),
      ...props,
    });
  }
}

function maximumThroughput(config: ReplicatedTableConfig, direction: "Read" | "Write"): number | undefined {
  return direction === "Read"
    ? (config.maxReadRequestUnits ?? config.readCapacity?.maxCapacity)
    : (config.maxWriteRequestUnits ?? config.writeCapacity?.maxCapacity);
}
