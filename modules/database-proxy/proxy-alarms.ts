import { Construct } from "constructs";
import { type AlarmTarget, deploymentStackOf, type MetricAlarmProps, metricAlarm, resourceName } from "../core";
import type { DatabaseProxyConfig } from "./config";

export interface ProxyAlarmsProps {
  readonly region: string;
  readonly proxyName: string;
  readonly config: DatabaseProxyConfig;
  readonly target: AlarmTarget;
}

const namespace = "AWS/RDS";

/** The target roles of a proxy: after a failover, the cluster in any region may be the writer. */
const roles = ["READ_WRITE", "READ_ONLY"];

/**
 * The alarms of a proxy: pinned sessions, slow borrows, a nearly full pool, and failures to open connections.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy.monitoring.html
 */
export class ProxyAlarms extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: ProxyAlarmsProps,
  ) {
    super(scope, id);
    const { config, proxyName, region } = props;
    const { alarms } = config;
    for (const role of roles) {
      const suffix = role.toLowerCase().replace("_", "-");
      this.addShare(`pinned-${suffix}`, role, {
        part: "DatabaseConnectionsCurrentlySessionPinned",
        whole: "DatabaseConnections",
        threshold: alarms.pinnedPercent,
        alarmDescription: `Sessions of ${proxyName} keep database connections for themselves in ${region}. The proxy's log names the statement: SET, LISTEN, temporary tables, advisory locks and SQL-level PREPARE do.`,
      });
      this.addShare(`connections-${suffix}`, role, {
        part: "DatabaseConnections",
        whole: "MaxDatabaseConnectionsAllowed",
        threshold: alarms.connectionsPercent,
        alarmDescription: `The pool of ${proxyName} is nearly full in ${region}. Look for long transactions and pinned sessions, then compare the functions' concurrency with the capacity of the database.`,
      });
      this.add(`setup-failures-${suffix}`, {
        alarmDescription: `${proxyName} cannot open database connections in ${region}. Compare the secrets with the passwords in the database, and its connections with max_connections.`,
        namespace,
        metricName: "DatabaseConnectionsSetupFailed",
        dimensions: this.dimensions(role),
        statistic: "Sum",
        period: 60,
        threshold: alarms.setupFailures,
      });
    }
    this.add("borrow-latency", {
      alarmDescription: `Clients of ${proxyName} wait for database connections in ${region}; after ${config.connectionBorrowTimeoutSeconds} s they get an error. Look for long transactions and pinned sessions.`,
      namespace,
      metricName: "DatabaseConnectionsBorrowLatency",
      dimensions: { ProxyName: proxyName },
      statistic: "Average",
      period: 60,
      // Reported in microseconds.
      threshold: alarms.borrowLatencyMilliseconds * 1000,
    });
  }

  private addShare(
    id: string,
    role: string,
    share: { part: string; whole: string; threshold: number; alarmDescription: string },
  ): void {
    const metric = (metricName: string) => ({
      namespace,
      metricName,
      dimensions: this.dimensions(role),
      stat: "Sum",
      period: 60,
    });
    this.add(id, {
      alarmDescription: share.alarmDescription,
      threshold: share.threshold,
      metricQuery: [
        { id: "part", metric: metric(share.part) },
        { id: "whole", metric: metric(share.whole) },
        { id: "percent", label: id, expression: "100 * part / MAX([whole, 1])", returnData: true },
      ],
    });
  }

  private dimensions(role: string): Record<string, string> {
    return { ProxyName: this.props.proxyName, TargetGroup: "default", TargetRole: role };
  }

  private add(
    id: string,
    props: Omit<MetricAlarmProps, "region" | "alarmName" | "comparisonOperator" | "evaluationPeriods">,
  ): void {
    const { region, proxyName, target } = this.props;
    metricAlarm(this, id, deploymentStackOf(this).providers, target, {
      region,
      alarmName: resourceName(this, [proxyName, id], 255),
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      ...props,
    });
  }
}
