import { Construct } from "constructs";
import { type AlarmTarget, deploymentStackOf, type MetricAlarmProps, metricAlarm, resourceName } from "../core";
import type { GlobalDatabaseConfig } from "./config";
import { engineOf } from "./engines";

export interface ClusterAlarmsProps {
  readonly region: string;
  /** Cluster identifier, the same in each region. */
  readonly name: string;
  readonly config: GlobalDatabaseConfig;
  /** Whether there is more than one region. After a failover, any region may lag behind. */
  readonly replicated: boolean;
  readonly target: AlarmTarget;
}

type Alarm = Pick<MetricAlarmProps, "metricName" | "statistic" | "threshold" | "alarmDescription"> & {
  readonly below?: boolean;
};

const mebibyte = 1024 ** 2;
const gibibyte = 1024 ** 3;

/**
 * The alarms of the cluster in one region.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
 */
export class ClusterAlarms extends Construct {
  constructor(scope: Construct, id: string, props: ClusterAlarmsProps) {
    super(scope, id);
    const { region, name, config, replicated, target } = props;
    const { alarms, capacity } = config;
    const connections = engineOf(config.engine).maxConnections(capacity);
    const all: Record<string, Alarm | undefined> = {
      cpu: {
        metricName: "CPUUtilization",
        statistic: "Maximum",
        threshold: alarms.cpuPercent,
        alarmDescription: `An instance of ${name} is busy in ${region}. Look at the top statements in Performance Insights.`,
      },
      capacity:
        capacity.type === "serverless"
          ? {
              metricName: "ACUUtilization",
              statistic: "Maximum",
              threshold: alarms.capacityPercent,
              alarmDescription: `${name} comes near its ${capacity.maxCapacity} capacity units in ${region}. Look at the load, then raise maxCapacity.`,
            }
          : undefined,
      memory:
        capacity.type === "provisioned"
          ? {
              metricName: "FreeableMemory",
              statistic: "Minimum",
              threshold: alarms.freeableMemoryMebibytes * mebibyte,
              alarmDescription: `An instance of ${name} runs out of memory in ${region}. Look at its connections and statements, then use a larger class.`,
              below: true,
            }
          : undefined,
      connections: {
        metricName: "DatabaseConnections",
        statistic: "Maximum",
        threshold: Math.floor((connections * alarms.connectionsPercent) / 100),
        alarmDescription: `${name} comes near its ${connections} connections in ${region}. Look for clients that bypass the pool, or pinned sessions.`,
      },
      "replication-lag": replicated
        ? {
            metricName: "AuroraGlobalDBReplicationLag",
            statistic: "Average",
            threshold: alarms.replicationLagMilliseconds,
            alarmDescription: `${name} lags behind the primary in ${region}. Do not fail over there without need: the latest commits may be missing.`,
          }
        : undefined,
      deadlocks: {
        metricName: "Deadlocks",
        statistic: "Average",
        threshold: alarms.deadlocksPerSecond,
        alarmDescription: `Transactions of ${name} wait for each other in ${region}. The log has the statements; take locks in one order.`,
      },
      storage: {
        metricName: "VolumeBytesUsed",
        statistic: "Maximum",
        threshold: alarms.storageGibibytes * gibibyte,
        alarmDescription: `${name} uses more than ${alarms.storageGibibytes} GiB in ${region}. Look for bloat and forgotten tables; nothing stops by itself.`,
      },
      ...ofEngine(props),
    };
    for (const [alarmId, alarm] of Object.entries(all)) {
      if (!alarm) continue;
      const { below, ...metric } = alarm;
      metricAlarm(this, alarmId, deploymentStackOf(this).providers, target, {
        region,
        alarmName: resourceName(this, [name, "database", alarmId], 255),
        namespace: "AWS/RDS",
        dimensions: { DBClusterIdentifier: name },
        period: 60,
        evaluationPeriods: 5,
        datapointsToAlarm: 3,
        comparisonOperator: below ? "LessThanThreshold" : "GreaterThanThreshold",
        ...metric,
      });
    }
  }
}

/**
 * What only one of the engines can run out of.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.AuroraMonitoring.Metrics.html
 */
function ofEngine({ name, region, config: { engine, alarms } }: ClusterAlarmsProps): Record<string, Alarm> {
  if (engine === "aurora-mysql") {
    return {
      history: {
        metricName: "RollbackSegmentHistoryListLength",
        statistic: "Maximum",
        threshold: alarms.historyListLength,
        alarmDescription: `${name} keeps many old versions of rows in ${region}, which makes every read slower. Look for transactions that stay open.`,
      },
    };
  }
  return {
    "transaction-ids": {
      metricName: "MaximumUsedTransactionIDs",
      statistic: "Maximum",
      threshold: alarms.transactionIds,
      alarmDescription: `${name} freezes its transaction ids too slowly in ${region}. Look for transactions that stay open and for autovacuum that does not finish.`,
    },
  };
}
