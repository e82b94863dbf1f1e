import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { SchedulerScheduleGroup } from "@cdktf/provider-aws/lib/scheduler-schedule-group";
import { Construct } from "constructs";
import {
  type AlarmTarget,
  acceptFinding,
  ConstructError,
  deploymentStackOf,
  droppedCallsAlarm,
  kebabName,
  metricAlarm,
  parseConfig,
  partitionOf,
  type RegionalKey,
  type RoleSettings,
  ServiceRole,
  schedulerTrust,
  setRoleSettings,
} from "../core";
import { type ServiceFunction, type ServiceFunctionConfig, toolkitFunction } from "../service-function";
import { type WarmerConfig, type WarmerInput, warmerConfig } from "./config";

export interface WarmerProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: WarmerInput;
  /** `<environment>-warmer`, part of all resource names; cannot change. */
  readonly name: string;
  /** Name of the environment. */
  readonly environment: string;
  /** The region of the functions that it warms. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** Encrypts the function's environment variables and logs. */
  readonly key: RegionalKey;
  /** Whether functions write X-Ray traces. */
  readonly tracing: boolean;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
  /** Path and permissions boundary of the roles; those of `setRoleSettings` if left out. */
  readonly roles?: RoleSettings;
}

/** What is kept of one alias, and how; `function.warming` of a service. */
export type Warming = NonNullable<ServiceFunctionConfig["warming"]>;

/**
 * Keeps execution environments of aliases in one region there, by schedules of EventBridge Scheduler in a group of their own. A schedule
 * calls one function, which calls the alias as often at once as environments are asked for.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/what-is-scheduler.html
 */
export class Warmer extends Construct {
  readonly region: string;
  /** Name of the group of its schedules. */
  readonly groupName: string;
  private readonly function: ServiceFunction;
  private readonly group: SchedulerScheduleGroup;
  private readonly role: ServiceRole;
  private readonly config: WarmerConfig;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: WarmerProps,
  ) {
    super(scope, id);
    setRoleSettings(this, props.roles ?? {});
    const { region, account, alarms } = props;
    this.region = region;
    this.config = parseConfig(warmerConfig, props.config, this.node.path);
    const name = parseConfig(kebabName(48), props.name, `${this.node.path}: name`);
    this.groupName = name;
    this.function = this.addFunction(name);
    this.group = new SchedulerScheduleGroup(this, "group", { provider: this.provider, name });
    this.role = new ServiceRole(this, "schedule", {
      region,
      // IAM is global: the region distinguishes the roles of several regions.
      nameParts: [name, "schedule", region],
      trust: schedulerTrust(account, this.group.arn),
      policyName: "schedule",
      statements: [{ actions: ["lambda:InvokeFunction"], resources: [this.function.aliasArn] }],
    });
    if (alarms) this.addDroppedAlarm(name, alarms);
  }

  /**
   * Keeps environments of a function's alias there.
   * @param id kebab-case, unique in the region; it becomes part of the Terraform address
   * @throws ConstructError if the function is in another region, or its code does not answer warming calls
   */
  warm(id: string, fn: ServiceFunction, { concurrency, everyMinutes, holdMs }: Warming): void {
    if (fn.region !== this.region) {
      throw new ConstructError(
        this,
        `warms functions of "${this.region}", but "${fn.functionName}" is in "${fn.region}"`,
        "create a Warmer for each region",
      );
    }
    if (!fn.answersWarming) {
      throw new ConstructError(
        this,
        `"${fn.functionName}" is warmed, but its code has nothing that answers warming calls, so its own code would run for each`,
        "wrap its handler with warmable() of evenkeel/runtime/warming, or remove function.warming",
      );
    }
    const { functionName, aliasName: alias } = fn;
    this.function.addToRolePolicy({
      actions: ["lambda:InvokeFunction"],
      resources: [fn.aliasArn],
      measuredAs: [
        `arn:${partitionOf(this.region)}:lambda:${this.region}:${this.props.account}:function:${functionName}:${alias}`,
      ],
    });
    const schedule = new SchedulerSchedule(this, `alias-${id}`, {
      provider: this.provider,
      name: functionName,
      groupName: this.group.name,
      description: `Keeps ${concurrency} execution environments of ${functionName} there`,
      state: this.config.enabled ? "ENABLED" : "DISABLED",
      scheduleExpression: everyMinutes === 1 ? "rate(1 minute)" : `rate(${everyMinutes} minutes)`,
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: this.function.aliasArn,
        roleArn: this.role.roleArn,
        input: JSON.stringify({ functionName, alias, concurrency, holdMs }),
        // A late call warms nothing that the next one does not: no retry, and no queue for what was missed.
        retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
      },
      dependsOn: [this.role.policy],
    });
    acceptFinding(schedule, "CKV_AWS_297", "It holds the name of a function and two numbers.");
    const { alarms } = this.props;
    if (alarms) this.addFailedAlarm(id, functionName, alarms);
  }

  private addFunction(name: string): ServiceFunction {
    return toolkitFunction(this, "warmer", {
      ...this.props,
      name,
      config: {
        memoryMb: 256,
        // For cold starts of what it calls.
        timeoutSeconds: 30,
        // One alias at a time for each schedule, which all come at the same minute.
        reservedConcurrency: null,
        asyncInvoke: { maximumRetryAttempts: 0, maximumEventAgeSeconds: 60 },
        logRetentionDays: this.config.logRetentionDays,
      },
    });
  }

  private addDroppedAlarm(name: string, alarms: AlarmTarget): void {
    droppedCallsAlarm(this, alarms, {
      region: this.region,
      alarmName: `${name}-dropped`,
      alarmDescription: `Schedules of ${name} do not reach its function, so nothing is kept warm. Look at the role of the schedules and at the function.`,
      groupName: this.groupName,
      periods: 3,
    });
  }

  private addFailedAlarm(id: string, functionName: string, alarms: AlarmTarget): void {
    metricAlarm(this, `failed-alarm-${id}`, deploymentStackOf(this).providers, alarms, {
      region: this.region,
      alarmName: `${functionName}-warming-failed`,
      alarmDescription: `Warming calls to ${functionName} fail, so requests may meet cold starts. The log of ${this.groupName} says why.`,
      namespace: "Evenkeel/Warming",
      metricName: "FailedCalls",
      dimensions: { FunctionName: functionName },
      statistic: "Sum",
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      // At least one round in each, however rarely it is called.
      period: 3_600,
      evaluationPeriods: 2,
      datapointsToAlarm: 2,
    });
  }

  private get provider() {
    return deploymentStackOf(this).providers.in(this.region);
  }
}
