import { SchedulerSchedule } from "@cdktf/provider-aws/lib/scheduler-schedule";
import { SchedulerScheduleGroup } from "@cdktf/provider-aws/lib/scheduler-schedule-group";
import { Construct } from "constructs";
import type { CircuitBreakers } from "../circuit-breakers";
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
import type { QueueConsumer } from "../message-queue";
import { type ServiceFunction, toolkitFunction } from "../service-function";
import { type QueuePausingConfig, type QueuePausingInput, queuePausingConfig } from "./config";

export interface QueuePausingProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: QueuePausingInput;
  /** `<environment>-queue-pausing`, part of all resource names; cannot change. */
  readonly name: string;
  /** Name of the environment. */
  readonly environment: string;
  /** The region of the queues. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** The circuit breakers of the region. */
  readonly breakers: CircuitBreakers;
  /** Encrypts the function's environment variables and logs. */
  readonly key: RegionalKey;
  /** Whether functions write X-Ray traces. */
  readonly tracing: boolean;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
  /** Path and permissions boundary of the roles; those of `setRoleSettings` if left out. */
  readonly roles?: RoleSettings;
}

/** A queue that is paused, as metrics name it. */
export interface PauseSeries {
  readonly environment: string;
  readonly queue: string;
}

/** Seconds of one round: it ends before the next one begins. */
const roundSeconds = 60;

/** The namespace that handlers/queue-pausing writes to. */
const namespace = "Evenkeel/CircuitBreakers";

/**
 * Has queues of one region wait while the circuit breaker of a dependency is open: once a minute a schedule for each queue calls one
 * function, which switches the event source mapping off and on as the breakers say. It looks again every few seconds while a breaker is open, and has
 * the consumer probe the dependency.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html
 */
export class QueuePausing extends Construct {
  readonly region: string;
  /** Name of the group of its schedules. */
  readonly groupName: string;
  private readonly function: ServiceFunction;
  private readonly group: SchedulerScheduleGroup;
  private readonly role: ServiceRole;
  private readonly config: QueuePausingConfig;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: QueuePausingProps,
  ) {
    super(scope, id);
    setRoleSettings(this, props.roles ?? {});
    const { region, account, breakers, alarms } = props;
    this.checkRegion("the breakers", breakers.region);
    this.region = region;
    this.config = parseConfig(queuePausingConfig, props.config, this.node.path);
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
   * Pauses a queue while the breaker of one of its `pausedBy` is open.
   * @param id kebab-case, unique in the region; it becomes part of the Terraform address
   * @returns how metrics name it, for dashboards
   * @throws ConstructError if it is in another region, or the code of its function does not answer probe calls
   */
  pause(id: string, consumer: QueueConsumer, fn: ServiceFunction): PauseSeries {
    const { environment, account, alarms } = this.props;
    const { queueName, mappingUuid, reads, pausedBy } = consumer;
    this.checkRegion(`the queue ${queueName}`, consumer.region);
    if (!fn.answersProbes) {
      throw new ConstructError(
        this,
        `"${fn.functionName}" takes ${queueName}, which ${pausedBy.join(", ")} pauses, but its code has nothing that answers probe calls, so the queue would stay paused`,
        "pass pause: pauseWhileOpen({ ... }) of evenkeel/runtime/breaker to queueConsumer, or remove pausedBy",
      );
    }
    const { functionName, aliasName: alias } = fn;
    const dependencies = this.props.breakers.watch(this.function, pausedBy);
    const arn = `arn:${partitionOf(this.region)}:lambda:${this.region}:${account}`;
    this.function.addToRolePolicy({
      actions: ["lambda:GetEventSourceMapping", "lambda:UpdateEventSourceMapping"],
      resources: [`${arn}:event-source-mapping:${mappingUuid}`],
      measuredAs: [`${arn}:event-source-mapping:00000000-0000-0000-0000-000000000000`],
    });
    this.function.addToRolePolicy({
      actions: ["lambda:InvokeFunction"],
      resources: [fn.aliasArn],
      measuredAs: [`${arn}:function:${functionName}:${alias}`],
    });
    consumer.leaveEnabledToOthers();
    const schedule = new SchedulerSchedule(this, `queue-${id}`, {
      provider: this.provider,
      name: queueName.replaceAll(".", "-"),
      groupName: this.group.name,
      description: `Pauses ${queueName} while a circuit breaker is open`,
      scheduleExpression: "rate(1 minute)",
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: this.function.aliasArn,
        roleArn: this.role.roleArn,
        input: JSON.stringify({ queueName, mapping: mappingUuid, functionName, alias, reads, dependencies }),
        // The next round does the same.
        retryPolicy: { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 60 },
      },
      dependsOn: [this.role.policy],
    });
    acceptFinding(schedule, "CKV_AWS_297", "It holds names and an id.");
    if (alarms) this.addPausedAlarm(id, queueName, pausedBy, alarms);
    return { environment, queue: queueName };
  }

  private addFunction(name: string): ServiceFunction {
    const { breakers } = this.props;
    return toolkitFunction(this, "queue-pausing", {
      ...this.props,
      name,
      config: {
        memoryMb: 256,
        timeoutSeconds: roundSeconds,
        reservedConcurrency: null,
        asyncInvoke: { maximumRetryAttempts: 0, maximumEventAgeSeconds: 60 },
        logRetentionDays: this.config.logRetentionDays,
      },
      variables: {
        CIRCUIT_BREAKERS_TABLE_NAME: breakers.tableName,
        CIRCUIT_BREAKERS_PATH: breakers.parameterPath,
      },
    });
  }

  private addDroppedAlarm(name: string, alarms: AlarmTarget): void {
    droppedCallsAlarm(this, alarms, {
      region: this.region,
      alarmName: `${name}-dropped`,
      alarmDescription: `Schedules of ${name} do not reach its function, so queues are neither paused nor resumed. Look at the role of the schedules and at the function.`,
      groupName: this.groupName,
      periods: 3,
    });
  }

  private addPausedAlarm(id: string, queueName: string, pausedBy: readonly string[], alarms: AlarmTarget): void {
    const { environment } = this.props;
    metricAlarm(this, `paused-alarm-${id}`, deploymentStackOf(this).providers, alarms, {
      region: this.region,
      alarmName: `${queueName}-paused`,
      alarmDescription: `${queueName} has not been read for ${this.config.alarmMinutes} minutes, because a circuit breaker is open: ${pausedBy.join(" or ")}. Messages wait and are lost when their retention is over. The log of ${this.groupName} says which breaker, and what its probes find.`,
      namespace,
      metricName: "Paused",
      dimensions: { Environment: environment, Queue: queueName },
      statistic: "Maximum",
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      threshold: 1,
      period: 60,
      evaluationPeriods: this.config.alarmMinutes,
    });
  }

  private checkRegion(what: string, region: string): void {
    if (region === this.props.region) return;
    throw new ConstructError(
      this,
      `pauses queues of "${this.props.region}", but ${what} ${what.endsWith("s") ? "are" : "is"} in "${region}"`,
      "create QueuePausing for each region",
    );
  }

  private get provider() {
    return deploymentStackOf(this).providers.in(this.region);
  }
}
