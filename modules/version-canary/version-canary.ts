import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import type { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import {
  type AlarmTarget,
  ConstructError,
  deploymentStackOf,
  type Grantee,
  kebabName,
  type ParameterPath,
  parameterArn,
  parametersBelow,
  parseConfig,
  type RegionalKey,
  type RoleSettings,
  resourceName,
  setRoleSettings,
  switchParameter,
} from "../core";
import { type ServiceFunction, toolkitFunction } from "../service-function";
import { canaryAlarm } from "./canary-alarm";
import { type VersionCanaryConfig, type VersionCanaryInput, versionCanaryConfig } from "./config";

export interface VersionCanaryProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: VersionCanaryInput;
  /** `<environment>-<name>`, part of all resource names; cannot change. */
  readonly name: string;
  /** Name of the environment. */
  readonly environment: string;
  /** Name of the secret or key, as functions pass it to `VersionCanary` in runtime/secrets. */
  readonly subject: string;
  /** The region of the traffic. Each region has its own share and alarm. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** Encrypts the function's environment variables, logs and dead letters. */
  readonly key: RegionalKey;
  /** Whether functions write X-Ray traces. */
  readonly tracing: boolean;
  /** Keeps the events of asynchronous invocations that failed after all retries. */
  readonly deadLetters?: boolean;
  /** Where to send a notification of a rollback. The rollback itself does not need it. */
  readonly alarms?: AlarmTarget;
  /** Path and permissions boundary of the roles; those of `setRoleSettings` if left out. */
  readonly roles?: RoleSettings;
}

/** The last part of the parameter's name, which handlers read as a setting. */
const shareName = "share-percent";

/**
 * The share of one region's traffic that uses the new version of a key or secret. The rotation sets it to a first step,
 * the alarm to 0, and the schedule to 100 after the bake time.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
export class VersionCanary extends Construct {
  readonly region: string;
  /** Path of the parameter; handlers read the share as the setting `share-percent` below it. */
  readonly parameterPath: string;
  /** Name of the parameter with the share, the same in each region. */
  readonly parameterName: string;
  readonly alarmName: string;
  /** The share right after a rotation, in percent. */
  readonly stepPercent: number;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: VersionCanaryProps,
  ) {
    super(scope, id);
    setRoleSettings(this, props.roles ?? {});
    const { region } = props;
    const config = parseConfig(versionCanaryConfig, props.config, this.node.path);
    const name = parseConfig(kebabName(48), props.name, `${this.node.path}: name`);
    this.region = region;
    this.parameterPath = `/canaries/${name}`;
    this.parameterName = `${this.parameterPath}/${shareName}`;
    this.alarmName = resourceName(this, [name, "canary-failures"], 255);
    this.stepPercent = config.stepPercent;

    // The share changes outside Terraform, which must not reset it: that would undo a rollback.
    switchParameter(this, "share", {
      region,
      name: this.parameterName,
      description: `Percentage of the traffic in ${region} that uses the new version of ${props.subject}`.slice(
        0,
        1024,
      ),
      allowedPattern: "^(?:\\d|[1-9]\\d|100)$",
      initially: "100",
    });
    const alarm = canaryAlarm(this, "failures", { ...props, config, alarmName: this.alarmName });
    const mover = this.addFunction(config, name);
    this.addRules(config, name, alarm, mover);
    this.grantMove(mover);
    mover.addToRolePolicy({ actions: ["cloudwatch:DescribeAlarms"], resources: [alarm.arn] });
  }

  /** Lets a principal read the share in its own region. @throws ConstructError if it is in another region */
  grantRead(grantee: Grantee): void {
    if (grantee.region !== this.region) {
      throw new ConstructError(
        this,
        `holds the share of "${this.region}", which a function in "${grantee.region}" must not use`,
        "create a VersionCanary for each region",
      );
    }
    grantee.addToRolePolicy({ actions: ["ssm:GetParametersByPath"], resources: parametersBelow(this.share) });
  }

  /**
   * Lets a principal in any region read and set the share: the rotation function starts the canaries of all regions.
   */
  grantMove(grantee: Grantee): void {
    grantee.addToRolePolicy({
      actions: ["ssm:GetParameter", "ssm:PutParameter"],
      resources: [parameterArn({ ...this.share, path: this.parameterName })],
    });
  }

  private addFunction({ bakeMinutes, logRetentionDays }: VersionCanaryConfig, name: string): ServiceFunction {
    return toolkitFunction(this, "version-canary", {
      ...this.props,
      config: {
        memoryMb: 256,
        timeoutSeconds: 30,
        // One at a time: otherwise an advance that overlaps a rollback could overwrite it.
        reservedConcurrency: 1,
        logRetentionDays,
      },
      name: resourceName(this, [name, "canary"], 64),
      variables: {
        SERVICE_NAME: `${name}-canary`,
        ALARM_NAME: this.alarmName,
        BAKE_MINUTES: String(bakeMinutes),
        SHARE_PARAMETER: this.parameterName,
      },
    });
  }

  private addRules(
    { advanceEveryMinutes }: VersionCanaryConfig,
    name: string,
    alarm: CloudwatchMetricAlarm,
    mover: ServiceFunction,
  ): void {
    const { region, props } = this;
    const provider = deploymentStackOf(this).providers.in(region);
    const alarmRule = new CloudwatchEventRule(this, "alarm-rule", {
      provider,
      name: resourceName(this, [name, "canary-alarm"], 64),
      description: `Rolls the canary of ${props.subject} back in ${region}`.slice(0, 512),
      eventPattern: JSON.stringify({
        source: ["aws.cloudwatch"],
        "detail-type": ["CloudWatch Alarm State Change"],
        resources: [alarm.arn],
        detail: { state: { value: ["ALARM"] } },
      }),
    });
    const schedule = new CloudwatchEventRule(this, "schedule", {
      provider,
      name: resourceName(this, [name, "canary-schedule"], 64),
      description: `Ends the canary of ${props.subject} in ${region} when its bake time is over`.slice(0, 512),
      scheduleExpression: advanceEveryMinutes === 1 ? "rate(1 minute)" : `rate(${advanceEveryMinutes} minutes)`,
    });
    const arn = mover.aliasArn;
    new CloudwatchEventTarget(this, "alarm-target", { provider, rule: alarmRule.name, targetId: "function", arn });
    new CloudwatchEventTarget(this, "schedule-target", {
      provider,
      rule: schedule.name,
      targetId: "function",
      arn,
      input: JSON.stringify({ action: "advance" }),
    });
    mover.allowInvoke("alarm", "events.amazonaws.com", alarmRule.arn);
    mover.allowInvoke("schedule", "events.amazonaws.com", schedule.arn);
  }

  /** The path of the share. */
  private get share(): ParameterPath {
    return { region: this.region, account: this.props.account, path: this.parameterPath };
  }
}
