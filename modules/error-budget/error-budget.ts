import type { CloudwatchMetricAlarmMetricQuery } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import { type AlarmTarget, compositeAlarm, deploymentStackOf, parseConfig, resourceName, silentAlarm } from "../core";
import { type ErrorBudgetInput, errorBudgetConfig } from "./config";
import { failedPercent, type RequestSource, slowPercent } from "./request-source";
import { type BurnPair, type BurnWindow, burnPairs, percentAt } from "./windows";

export interface ErrorBudgetProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: ErrorBudgetInput;
  /** `<environment>-<service>`, the first part of all names; cannot change. */
  readonly name: string;
  /** The region whose requests it counts: each region has a budget of its own. */
  readonly region: string;
  /** Where the requests are counted. */
  readonly source: RequestSource;
  /** ARNs of alarms of the region on what callers notice at once; without any there is no alarm on impact. */
  readonly impactAlarmArns: readonly string[];
  /** Where alarms send notifications. */
  readonly alarms: AlarmTarget;
}

/** One promise, in what alarms compare. */
interface Kept {
  /** `budget` or `latency-budget`, part of names. */
  readonly name: string;
  readonly objectivePercent: number;
  /** What is lost: `requests that failed`. */
  readonly lost: string;
  query(periodSeconds: number): CloudwatchMetricAlarmMetricQuery[];
}

/**
 * Alarms on how fast a service loses the error budget of its objectives: for each pair of windows two metric alarms that notify nobody, and a
 * composite alarm over both; and one alarm on whether callers notice anything now. Names of alarms that should wake somebody end in
 * `-page`, of those that can wait in `-ticket`, of those below them in `-window`.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Create_Composite_Alarm.html
 */
export class ErrorBudget extends Construct {
  readonly region: string;
  /** Names of the alarms that notify. */
  readonly alarmNames: readonly string[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ErrorBudgetProps,
  ) {
    super(scope, id);
    const config = parseConfig(errorBudgetConfig, props.config, this.node.path);
    const { source, region } = props;
    const { minimumRequests, latency } = config;
    this.region = region;
    const names: string[] = [];
    const availability: Kept = {
      name: "budget",
      objectivePercent: config.availabilityPercent,
      lost: "requests that failed",
      query: (period) => failedPercent(source, period, minimumRequests),
    };
    for (const pair of burnPairs) names.push(this.addPair(availability, pair));
    if (latency) {
      const promise: Kept = {
        name: "latency-budget",
        objectivePercent: latency.percent,
        lost: `requests that took longer than ${latency.withinMs} ms`,
        query: (period) => slowPercent(source, period, minimumRequests, latency.withinMs),
      };
      for (const pair of burnPairs) names.push(this.addPair(promise, pair));
    }
    if (props.impactAlarmArns.length > 0) names.push(this.addImpact(config.impact.suppressedBy));
    this.alarmNames = names;
  }

  private addPair(promise: Kept, pair: BurnPair): string {
    const { name, region, alarms } = this.props;
    const { burnRate, severity, long, short } = pair;
    const windows = [long, short].map((window) => this.addWindow(promise, burnRate, window));
    const alarmName = resourceName(this, [name, promise.name, pair.name, severity], 255);
    compositeAlarm(this, `${promise.name}-${pair.name}`, deploymentStackOf(this).providers, alarms, {
      region,
      alarmName,
      alarmDescription: `${name} loses its objective of ${promise.objectivePercent} % in ${region} ${burnRate === 1 ? "faster than it" : `${burnRate} times as fast as it`} may, by ${promise.lost}. ${advice[severity]}`,
      when: "all",
      alarmArns: windows,
    });
    return alarmName;
  }

  private addWindow(promise: Kept, burnRate: number, window: BurnWindow): string {
    const { name, region } = this.props;
    const threshold = percentAt(promise.objectivePercent, burnRate);
    return silentAlarm(this, `${promise.name}-${window.name}`, deploymentStackOf(this).providers, {
      region,
      alarmName: resourceName(this, [name, promise.name, window.name, "window"], 255),
      alarmDescription: `More than ${threshold} % of ${promise.lost} of ${name} in ${region}. It notifies nobody: the alarms over it do.`,
      metricQuery: promise.query(window.periodSeconds),
      comparisonOperator: "GreaterThanThreshold",
      threshold,
      evaluationPeriods: window.periods,
      datapointsToAlarm: window.breaching,
    }).arn;
  }

  private addImpact(suppressor: { alarm: string; waitSeconds: number; extensionSeconds: number } | undefined): string {
    const { name, region, alarms, impactAlarmArns } = this.props;
    const alarmName = resourceName(this, [name, "impact", "page"], 255);
    compositeAlarm(this, "impact", deploymentStackOf(this).providers, alarms, {
      region,
      alarmName,
      alarmDescription: `Callers of ${name} in ${region} notice it now. The alarm below says what: look at the dashboard of the service; if it began with a deployment, roll back.`,
      when: "any",
      alarmArns: impactAlarmArns,
      suppressor,
    });
    return alarmName;
  }
}

const advice = {
  page: "Somebody has to look now: begin with the dashboard of the service; if it began with a deployment, roll back.",
  ticket: "It can wait for working hours: look for what has failed again and again on the dashboard of the service.",
} as const;
