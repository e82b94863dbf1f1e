import { Construct } from "constructs";
import {
  type AlarmTarget,
  ConstructError,
  deploymentStackOf,
  metricAlarm,
  parseConfig,
  type RegionalKey,
  type RoleSettings,
  resourceName,
  setRoleSettings,
} from "../core";
import { callOnSchedule, type ServiceFunction, toolkitFunction } from "../service-function";
import { type ForecastInput, forecastConfig, type PredictiveWarmingInput, predictiveWarmingConfig } from "./config";

/** A function whose `live` alias is forecast. */
export interface ForecastFunction {
  readonly function: ServiceFunction;
  readonly config: ForecastInput;
}

export interface PredictiveWarmingProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: PredictiveWarmingInput;
  /** Name of the function, `<environment>-predictive-warming`; cannot change. */
  readonly name: string;
  /** Name of the environment. */
  readonly environment: string;
  /** The region of the functions. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** What is forecast, each with provisioned concurrency in its config. */
  readonly functions: readonly ForecastFunction[];
  /**
   * The region that serves first, whose history counts for functions with `standbyShare` in any other region. Left out, or if it is
   * this region, only the history of this region counts.
   */
  readonly servingRegion?: string;
  /** The most environments that all of them may have together in the region, at least the sum of their minimums. */
  readonly mostTogether: number;
  /** Encrypts the function's log and environment variables. */
  readonly key: RegionalKey;
  /** Whether functions write X-Ray traces. */
  readonly tracing: boolean;
  /** Keeps the events of asynchronous invocations that failed after all retries. */
  readonly deadLetters?: boolean;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
  /** Path and permissions boundary of the roles; those of `setRoleSettings` if left out. */
  readonly roles?: RoleSettings;
}

/**
 * Provisioned concurrency that follows a forecast: a function that reads once a day how many environments each alias needed, and
 * writes scheduled actions for the next day, which Terraform leaves alone.
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-scheduled-scaling.html
 */
export class PredictiveWarming extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, props: PredictiveWarmingProps) {
    super(scope, id);
    setRoleSettings(this, props.roles ?? {});
    const { name, region, functions, mostTogether, alarms } = props;
    const config = parseConfig(predictiveWarmingConfig, props.config, this.node.path);
    const forecast = functions.map((each) => ({
      fn: each.function,
      ...parseConfig(forecastConfig, each.config, this.node.path),
      ...each.function.leaveProvisionedLimits(),
    }));
    if (forecast.length === 0) throw new ConstructError(this, "has no function to forecast", "pass at least one");
    const elsewhere = forecast.find(({ fn }) => fn.region !== region);
    if (elsewhere) {
      const problem = `${elsewhere.fn.functionName} is in ${elsewhere.fn.region}, not in ${region}`;
      throw new ConstructError(this, problem, "create one of these in each region");
    }
    const least = forecast.reduce((sum, { min }) => sum + min, 0);
    if (least > mostTogether) {
      const problem = `the minimums of its functions are ${least} environments, above the ${mostTogether} that all may have together`;
      throw new ConstructError(this, problem, "lower min of some, or have AWS raise the quota");
    }

    const shares = forecast.some(({ standbyShare }) => standbyShare !== undefined);
    const servingRegion = props.servingRegion === region || !shares ? undefined : props.servingRegion;
    const shareOf = (share: number | undefined): string =>
      servingRegion === undefined || share === undefined ? "" : `*${share}`;

    this.function = toolkitFunction(this, "predictive-warming", {
      ...props,
      config: {
        memoryMb: 512,
        timeoutSeconds: 300,
        // Nothing to reserve: it runs once a day.
        reservedConcurrency: null,
        logRetentionDays: config.logRetentionDays,
      },
      variables: {
        ALIASES: forecast
          .map(
            ({ fn, min, max, coverage, standbyShare }) =>
              `${fn.functionName}:${fn.aliasName}=${min}-${max}@${coverage}${shareOf(standbyShare)}`,
          )
          .join(" "),
        HISTORY_DAYS: String(config.historyDays),
        MIN_DAYS: String(config.minDays),
        LEAD_MINUTES: String(config.leadMinutes),
        MOST_TOGETHER: String(mostTogether),
        ...(servingRegion !== undefined && { SERVING_REGION: servingRegion }),
      },
    });
    this.function.addToRolePolicy({
      sid: "WriteSchedules",
      actions: ["application-autoscaling:PutScheduledAction", "application-autoscaling:DeleteScheduledAction"],
      resources: forecast.map(({ targetArn }) => targetArn),
    });
    this.function.addToRolePolicy({
      sid: "ReadHistory",
      actions: ["cloudwatch:GetMetricData", "application-autoscaling:DescribeScheduledActions"],
      resources: ["*"],
      // IAM is of all regions: without it the role would read those of all.
      conditions: { StringEquals: { "aws:RequestedRegion": servingRegion ? [region, servingRegion] : region } },
      wildcards: {
        resource:
          "Neither action has resources: IAM takes nothing but * for them. They only read, in the regions of the condition.",
      },
    });
    const ruleName = resourceName(this, [name, "daily"], 64);
    callOnSchedule(this, this.function, {
      name: ruleName,
      description: "Has the provisioned concurrency of the next day forecast.",
      expression: `cron(15 ${config.hourUtc} * * ? *)`,
    });
    if (alarms) this.watchStarts(name, region, ruleName, alarms);
  }

  private watchStarts(name: string, region: string, ruleName: string, alarms: AlarmTarget): void {
    metricAlarm(this, "not-started-alarm", deploymentStackOf(this).providers, alarms, {
      region,
      alarmName: resourceName(this, [name, "not-started"], 255),
      alarmDescription: `EventBridge could not start ${name}: the next day has the minimums of the functions. Invoke it by hand, then find out why.`,
      namespace: "AWS/Events",
      metricName: "FailedInvocations",
      dimensions: { RuleName: ruleName },
      statistic: "Sum",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      period: 300,
      evaluationPeriods: 1,
    });
  }
}
