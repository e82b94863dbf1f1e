import { Construct } from "constructs";
import {
  type AlarmTarget,
  ConstructError,
  deploymentStackOf,
  kebabName,
  metricAlarm,
  parseConfig,
  partitionOf,
  type RegionalKey,
  type RoleSettings,
  resourceName,
  setRoleSettings,
} from "../core";
import { type ServiceFunction, toolkitFunction } from "../service-function";
import {
  type BrakeConfig,
  type BrakeInput,
  brakeConfig,
  type SpendBrakeConfig,
  type SpendBrakeInput,
  spendBrakeConfig,
} from "./config";

/** A function with a brake. */
export interface BrakedFunction {
  /** kebab-case, unique in the region; it becomes part of Terraform addresses. */
  readonly id: string;
  /** The function that is stopped. */
  readonly function: ServiceFunction;
  /** When it is stopped. */
  readonly config: BrakeInput;
}

export interface SpendBrakeProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: SpendBrakeInput;
  /** `<environment>-spend-brake`, part of all resource names; cannot change. */
  readonly name: string;
  /** Name of the environment. */
  readonly environment: string;
  /** The region of the functions. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** The functions that it can stop, at least one. */
  readonly functions: readonly BrakedFunction[];
  /** Encrypts the function's environment variables and logs. */
  readonly key: RegionalKey;
  /** Whether functions write X-Ray traces. */
  readonly tracing: boolean;
  /** Who is told when a function is stopped. */
  readonly alerts: AlarmTarget;
  /** Where alarms on the brake's own function send notifications; without it there are none. */
  readonly alarms?: AlarmTarget;
  /** Path and permissions boundary of the roles; those of `setRoleSettings` if left out. */
  readonly roles?: RoleSettings;
}

/** What the brake itself reserves: a function that has gone wrong may have taken all of the account's pool. */
export const reservedForBrake = 1;

/**
 * Stops functions of one region whose invocations are above a ceiling, within minutes: an alarm for each calls one function, which
 * takes the reserved concurrency of the function away. It is given back by a person, or by the next deployment.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-actions-Lambda.html
 */
export class SpendBrake extends Construct {
  readonly region: string;
  /** Name of the function that brakes. */
  readonly functionName: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: SpendBrakeProps,
  ) {
    super(scope, id);
    setRoleSettings(this, props.roles ?? {});
    const { region, functions } = props;
    this.region = region;
    const name = parseConfig(kebabName(48), props.name, `${this.node.path}: name`);
    const { logRetentionDays } = parseConfig(spendBrakeConfig, props.config, this.node.path);
    if (functions.length === 0) {
      throw new ConstructError(this, "has no function to brake", "pass one, or leave the brake out");
    }
    const braked = functions.map((each) => {
      if (each.function.region !== region) {
        throw new ConstructError(
          this,
          `brakes functions of "${region}", but "${each.function.functionName}" is in "${each.function.region}"`,
          "create SpendBrake for each region",
        );
      }
      const config = parseConfig(brakeConfig, each.config, `${this.node.path}: ${each.id}`);
      const { mostProvisioned } = each.function.concurrency;
      if (config.floor < mostProvisioned) {
        throw new ConstructError(
          this,
          `leaves "${each.function.functionName}" ${config.floor} executions, below the ${mostProvisioned} that may be provisioned, and Lambda refuses that`,
          `use a floor of ${mostProvisioned} at least`,
        );
      }
      return { ...each, config, alarmName: resourceName(this, [each.function.functionName, "brake"], 255) };
    });
    const brake = this.addFunction(
      name,
      logRetentionDays,
      Object.fromEntries(
        braked.map(({ alarmName, function: { functionName }, config: { floor } }) => [
          alarmName,
          { functionName, floor },
        ]),
      ),
    );
    this.functionName = brake.functionName;
    for (const each of braked) this.addBrake(brake, each);
  }

  private addFunction(
    name: string,
    logRetentionDays: SpendBrakeConfig["logRetentionDays"],
    brakes: object,
  ): ServiceFunction {
    return toolkitFunction(this, "spend-brake", {
      ...this.props,
      name,
      config: {
        memoryMb: 256,
        timeoutSeconds: 20,
        reservedConcurrency: reservedForBrake,
        logRetentionDays,
      },
      variables: { BRAKES: JSON.stringify(brakes) },
    });
  }

  private addBrake(
    brake: ServiceFunction,
    {
      id,
      alarmName,
      function: fn,
      config,
    }: BrakedFunction & { readonly alarmName: string; readonly config: BrakeConfig },
  ): void {
    const { region, account, alerts } = this.props;
    const { functionName } = fn;
    const partition = partitionOf(region);
    brake.addToRolePolicy({
      actions: ["lambda:GetFunctionConcurrency", "lambda:PutFunctionConcurrency"],
      resources: [fn.functionArn],
      measuredAs: [`arn:${partition}:lambda:${region}:${account}:function:${functionName}`],
    });
    const { reserved } = fn.concurrency;
    const giveBack =
      reserved === null
        ? `aws lambda delete-function-concurrency --region ${region} --function-name ${functionName}`
        : `aws lambda put-function-concurrency --region ${region} --function-name ${functionName} --reserved-concurrent-executions ${reserved}`;
    const alarm = metricAlarm(this, `${id}-alarm`, deploymentStackOf(this).providers, alerts, {
      region,
      alarmName,
      alarmDescription: `${functionName} in ${region} had more than ${config.invocationsPerMinute} invocations a minute for ${config.forMinutes} min, so the brake ${config.floor === 0 ? "stops it" : `leaves it ${config.floor} executions at once`}. Find out who calls it. To release it: ${giveBack}; the next deployment of its stack does the same.`,
      namespace: "AWS/Lambda",
      metricName: "Invocations",
      dimensions: { FunctionName: functionName },
      statistic: "Sum",
      comparisonOperator: "GreaterThanThreshold",
      threshold: config.invocationsPerMinute,
      period: 60,
      evaluationPeriods: config.forMinutes,
      datapointsToAlarm: config.forMinutes,
    });
    // Terraform makes the alarm first; CloudWatch looks at the permission when it calls.
    brake.allowInvoke(id, "lambda.alarms.cloudwatch.amazonaws.com", alarm.arn);
    alarm.alarmActions = [alerts.topicArn(region), brake.aliasArn];
  }
}
