import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { SchedulerScheduleGroup } from "@cdktf/provider-aws/lib/scheduler-schedule-group";
import { Construct } from "constructs";
import {
  type AlarmTarget,
  deploymentStackOf,
  droppedCallsAlarm,
  parseConfig,
  partitionOf,
  type RegionalKey,
  type RoleSettings,
  resourceName,
  ServiceRole,
  schedulerTrust,
  setRoleSettings,
} from "../core";
import { DeadLetterQueue } from "../dead-letter-queue";
import { type ServiceScheduleInput, serviceScheduleConfig } from "./config";

/** A function that is called, by its alias; `ServiceFunction` is one. */
export interface ScheduledFunction {
  readonly region: string;
  readonly functionName: string;
  readonly aliasArn: string;
}

export interface ServiceSchedulesProps {
  /** The function that they call; its name begins all others. */
  readonly target: ScheduledFunction;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** Encrypts schedules and dead letters; its users must have `scheduler` and `sqs`. */
  readonly key: RegionalKey;
  /** Age of the oldest dead letter, in seconds, at which an alarm fires. */
  readonly deadLetterAgeSeconds?: number;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
  /** Path and permissions boundary of the role; those of `setRoleSettings` if left out. */
  readonly roles?: RoleSettings;
}

/**
 * Schedules of EventBridge Scheduler that call the alias of one function, in a group of their own, with a role that may do nothing
 * else and a queue for calls that Lambda did not take.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/what-is-scheduler.html
 */
export class ServiceSchedules extends Construct {
  readonly groupName: string;
  readonly deadLetterQueueArn: string;
  private readonly group: SchedulerScheduleGroup;
  private readonly role: ServiceRole;
  private readonly deadLetters: DeadLetterQueue;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ServiceSchedulesProps,
  ) {
    super(scope, id);
    setRoleSettings(this, props.roles ?? {});
    const { target, account, key, alarms } = props;
    const { region, functionName: name } = target;
    this.groupName = resourceName(this, [name, "schedules"], 64);
    this.group = new SchedulerScheduleGroup(this, "group", { provider: this.provider, name: this.groupName });
    const schedules = `arn:${partitionOf(region)}:scheduler:${region}:${account}:schedule/${this.groupName}/*`;
    this.role = new ServiceRole(this, "call", {
      region,
      // IAM is global: the region distinguishes the roles of several regions.
      nameParts: [name, region, "calls"],
      trust: schedulerTrust(account, this.group.arn),
      policyName: "call",
      statements: [
        { actions: ["lambda:InvokeFunction"], resources: [target.aliasArn] },
        {
          sid: "DecryptSchedules",
          actions: ["kms:Decrypt"],
          resources: [key.arnIn(region)],
          conditions: { ArnLike: { "kms:EncryptionContext:aws:scheduler:schedule:arn": schedules } },
        },
      ],
    });
    this.deadLetters = new DeadLetterQueue(this, "dead-letters", {
      config: { deadLetterAgeSeconds: props.deadLetterAgeSeconds },
      name,
      suffix: "missed-calls",
      queueId: "missed-calls",
      region,
      sender: { grantee: this.role, key },
      alarms,
      alarmDescriptions: (queueName) => ({
        visible: `Schedules of ${name} could not call it. ${queueName} says why; mend the cause, then send them back by evenkeel redrive.`,
        age: `Nobody took care of the missed calls of ${name}; they are deleted after 14 days.`,
      }),
    });
    this.deadLetterQueueArn = this.deadLetters.queueArn;
    if (alarms) this.addDroppedAlarm(alarms);
  }

  /**
   * Adds a schedule.
   * @param name kebab-case, unique in the service; it becomes part of the Terraform address, and the handler is told it
   * @param active whether this region calls; the schedule of another one is there, and off
   */
  add(name: string, given: ServiceScheduleInput, active = true): void {
    const config = parseConfig(serviceScheduleConfig, given, `${this.node.path}: ${name}`);
    const { flexibleWindowMinutes: window } = config;
    new SchedulerSchedule(this, `schedule-${name}`, {
      provider: this.provider,
      name: resourceName(this, [name], 64),
      groupName: this.group.name,
      description: config.description,
      state: config.enabled && active ? "ENABLED" : "DISABLED",
      kmsKeyArn: this.props.key.arnIn(this.props.target.region),
      scheduleExpression: config.expression,
      ...(config.timezone === undefined ? {} : { scheduleExpressionTimezone: config.timezone }),
      ...(config.startDate === undefined ? {} : { startDate: config.startDate }),
      ...(config.endDate === undefined ? {} : { endDate: config.endDate }),
      flexibleTimeWindow: window === undefined ? { mode: "OFF" } : { mode: "FLEXIBLE", maximumWindowInMinutes: window },
      target: {
        arn: this.props.target.aliasArn,
        roleArn: this.role.roleArn,
        input: callOf(name, config.input),
        retryPolicy: {
          maximumRetryAttempts: config.maximumRetryAttempts,
          maximumEventAgeInSeconds: config.maximumEventAgeSeconds,
        },
        deadLetterConfig: { arn: this.deadLetters.queueArn },
      },
      dependsOn: [this.role.policy, this.deadLetters.policy],
    });
  }

  private addDroppedAlarm(alarms: AlarmTarget): void {
    const { region, functionName: name } = this.props.target;
    droppedCallsAlarm(this, alarms, {
      region,
      alarmName: resourceName(this, [name, "calls-dropped"], 255),
      alarmDescription: `EventBridge Scheduler gave up calls of ${name}. Look at the role of its schedules, at the function, and at the queue of missed calls.`,
      groupName: this.groupName,
    });
  }

  private get provider() {
    return deploymentStackOf(this).providers.in(this.props.target.region);
  }
}

/**
 * What the function is called with; EventBridge Scheduler puts values in place of what is in angle brackets. The runtime part `schedules`
 * reads it.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
 */
const callOf = (schedule: string, input: unknown): string =>
  JSON.stringify({
    source: "evenkeel.schedule",
    schedule,
    scheduledTime: "<aws.scheduler.scheduled-time>",
    executionId: "<aws.scheduler.execution-id>",
    attempt: "<aws.scheduler.attempt-number>",
    ...(input === undefined ? {} : { input }),
  });
