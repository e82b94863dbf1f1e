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
import { type KeyRotationConfig, type KeyRotationInput, keyRotationConfig } from "./config";
import { keyMetrics } from "./key-metrics";
import { RotationEvidence } from "./rotation-evidence";

/** A key to rotate: the primary key of an `EncryptionKey`. */
export interface RotatedKey {
  /** Kebab-case, unique among the keys; part of Terraform addresses. */
  readonly id: string;
  /** Name of its alias without `alias/`, used by operators and in metrics. */
  readonly name: string;
  /** ARN of the primary key; KMS rotates the replicas with it. */
  readonly arn: string;
  /** Days between automatic rotations. */
  readonly rotationPeriodDays: number;
}

export interface KeyRotationProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: KeyRotationInput;
  /** Name of the function, `<environment>-key-rotation`; cannot change. */
  readonly name: string;
  /** Name of the environment. */
  readonly environment: string;
  /** The region of the primary keys. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** The keys that the function may rotate; its role is limited to them. */
  readonly keys: readonly RotatedKey[];
  /** Encrypts the evidence log, and the function's log and environment variables. */
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
 * On-demand rotation of KMS keys, and evidence of every rotation: a function that rotates keys and measures their age,
 * alarms if rotation is overdue or off, and a log of what KMS and CloudTrail report.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
 */
export class KeyRotation extends Construct {
  readonly function: ServiceFunction;
  /** The log group with the evidence. */
  readonly evidenceLogGroupName: string;

  constructor(scope: Construct, id: string, props: KeyRotationProps) {
    super(scope, id);
    setRoleSettings(this, props.roles ?? {});
    const { name, region, account, keys, key, alarms } = props;
    const config = parseConfig(keyRotationConfig, props.config, this.node.path);
    this.checkKeys(keys);

    this.function = toolkitFunction(this, "key-rotation", {
      ...props,
      config: {
        memoryMb: 256,
        timeoutSeconds: 60,
        // Nothing to reserve: it runs rarely, and KMS itself rejects two rotations at once.
        reservedConcurrency: null,
        logRetentionDays: config.evidenceRetentionDays,
      },
      variables: {
        KEYS: keys.map((rotated) => `${rotated.name}=${rotated.arn}`).join(" "),
        PAUSE_MINUTES: String(config.pauseMinutes),
      },
    });
    this.function.addToRolePolicy({
      sid: "RotateKeys",
      actions: ["kms:DescribeKey", "kms:GetKeyRotationStatus", "kms:ListKeyRotations", "kms:RotateKeyOnDemand"],
      resources: keys.map(({ arn }) => arn),
    });
    callOnSchedule(this, this.function, {
      name: resourceName(this, [name, "check"], 64),
      description: "Has the age of each key's last rotation measured.",
      expression: "rate(1 day)",
      input: { action: "check" },
    });
    this.evidenceLogGroupName = new RotationEvidence(this, "evidence", {
      name,
      region,
      account,
      keyArns: keys.map(({ arn }) => arn),
      retentionDays: config.evidenceRetentionDays,
      key,
    }).logGroupName;
    if (alarms) for (const rotated of keys) this.watch(rotated, config, region, alarms);
  }

  private watch(rotated: RotatedKey, { graceDays }: KeyRotationConfig, region: string, target: AlarmTarget): void {
    const { providers } = deploymentStackOf(this);
    const longest = rotated.rotationPeriodDays + graceDays;
    const common = {
      region,
      namespace: keyMetrics.namespace,
      dimensions: { Key: rotated.name },
      period: 86_400,
      evaluationPeriods: 1,
      // If the function fails to measure, its own alarm fires. A new key must not page anyone.
      treatMissingData: "missing",
    } as const;
    metricAlarm(this, `overdue-${rotated.id}`, providers, target, {
      ...common,
      alarmName: resourceName(this, [rotated.name.replaceAll("/", "-"), "key-rotation-overdue"], 255),
      alarmDescription: `The key ${rotated.name} was last rotated more than ${longest} days ago: rotate it on demand, then find out why KMS did not.`,
      metricName: keyMetrics.daysSinceRotation,
      statistic: "Maximum",
      comparisonOperator: "GreaterThanThreshold",
      threshold: longest,
    });
    metricAlarm(this, `off-${rotated.id}`, providers, target, {
      ...common,
      alarmName: resourceName(this, [rotated.name.replaceAll("/", "-"), "key-rotation-off"], 255),
      alarmDescription: `The key ${rotated.name} does not rotate by itself any more: the next deployment of the keys switches it on again; the evidence says who switched it off.`,
      metricName: keyMetrics.rotationEnabled,
      statistic: "Minimum",
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
    });
  }

  private checkKeys(keys: readonly RotatedKey[]): void {
    if (keys.length === 0) throw new ConstructError(this, "has no key to rotate", "pass at least one");
    const ids = keys.map(({ id }) => id);
    const repeated = ids.find((id, index) => ids.indexOf(id) < index);
    if (repeated) throw new ConstructError(this, `has two keys "${repeated}"`, "give each key its own id");
    // The names are passed in one environment variable, separated by spaces and =.
    const unfit = keys.find(({ name }) => !/^[\w/-]+$/.test(name));
    if (unfit) throw new ConstructError(this, `"${unfit.name}" is not a valid alias name`, "pass it without alias/");
  }
}
