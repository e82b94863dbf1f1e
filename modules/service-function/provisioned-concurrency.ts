import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { LambdaProvisionedConcurrencyConfig } from "@cdktf/provider-aws/lib/lambda-provisioned-concurrency-config";
import { Construct } from "constructs";
import { type AlarmTarget, deploymentStackOf, limitsThatMove, metricAlarm, scaledBy, scheduledCapacity } from "../core";
import type { ServiceFunctionConfig } from "./config";
import { liveAlias } from "./live-alias";

export interface ProvisionedConcurrencyProps {
  readonly region: string;
  readonly functionName: string;
  /** A reference to the alias, so that the alias is created first. */
  readonly aliasName: string;
  readonly config: NonNullable<ServiceFunctionConfig["provisionedConcurrency"]>;
  /** The function's literal name. */
  readonly name: string;
  readonly alarms?: AlarmTarget;
}

/**
 * Provisioned concurrency of an alias, scaled by utilization and by schedule.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
 */
export class ProvisionedConcurrency extends Construct {
  private readonly target: AppautoscalingTarget;

  constructor(scope: Construct, id: string, props: ProvisionedConcurrencyProps) {
    super(scope, id);
    const { region, functionName, aliasName, config, name, alarms } = props;
    const { providers } = deploymentStackOf(this);
    const provider = providers.in(region);

    const base = new LambdaProvisionedConcurrencyConfig(this, "config", {
      provider,
      functionName,
      qualifier: aliasName,
      provisionedConcurrentExecutions: config.min,
      // After creation, scaling controls the number.
      lifecycle: { ignoreChanges: ["provisioned_concurrent_executions"] },
    });
    this.target = new AppautoscalingTarget(this, "target", {
      provider,
      serviceNamespace: "lambda",
      scalableDimension: "lambda:function:ProvisionedConcurrency",
      resourceId: `function:${functionName}:${aliasName}`,
      minCapacity: config.min,
      maxCapacity: config.max,
      dependsOn: [base],
      ...(config.schedules.length > 0 ? { lifecycle: limitsThatMove } : {}),
    });
    new AppautoscalingPolicy(this, "utilization", {
      provider,
      ...scaledBy(this.target),
      name: `${name}-utilization`,
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: {
        targetValue: config.targetUtilization,
        predefinedMetricSpecification: { predefinedMetricType: "LambdaProvisionedConcurrencyUtilization" },
      },
    });
    scheduledCapacity(this, { region, name, target: this.target, schedules: config.schedules });
    if (!alarms) return;
    metricAlarm(this, "spillover-alarm", providers, alarms, {
      region,
      alarmName: `${name}-function-provisioned-spillover`,
      alarmDescription: `${name} had more calls at once than warm environments: some met a cold start. Raise max or add a schedule.`,
      namespace: "AWS/Lambda",
      metricName: "ProvisionedConcurrencySpilloverInvocations",
      dimensions: { FunctionName: name, Resource: `${name}:${liveAlias}` },
      statistic: "Sum",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      period: 300,
      evaluationPeriods: 3,
      datapointsToAlarm: 3,
    });
  }

  /** Leaves both limits to what moves them at run time. @returns ARN of the scalable target, for a role that may write its scheduled actions */
  leaveLimits(): string {
    this.target.lifecycle = limitsThatMove;
    return this.target.arn;
  }
}
