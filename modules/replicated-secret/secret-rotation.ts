import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { SecretsmanagerSecretRotation } from "@cdktf/provider-aws/lib/secretsmanager-secret-rotation";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type AlarmTarget, deploymentStackOf, type Grantee, metricAlarm, parseConfig, resourceName } from "../core";
import { type SecretRotationConfig, type SecretRotationInput, secretRotationConfig } from "./config";
import type { ReplicatedSecret } from "./replicated-secret";
import { flatName } from "./secret-alarms";
import { secretMetrics } from "./secret-metrics";

/** The rotation function: a `ServiceFunction` with the handler handlers/secret-rotation. */
export interface RotationFunction extends Grantee {
  readonly aliasArn: string;
  /** Its function and alias as references, so that permissions come after them. */
  readonly permissionTarget: { readonly functionName: string; readonly qualifier: string };
}

export interface SecretRotationProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: SecretRotationInput;
  /** The secret whose value is rotated. */
  readonly secret: ReplicatedSecret;
  /** Must run in the secret's home region and rotate only this secret. */
  readonly rotationFunction: RotationFunction;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
  /** Resources that must exist before the first rotation, which starts immediately. */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * Rotates a secret with a function. The first rotation starts immediately and generates the first value. This is a
 * separate construct, so that it can be deployed with the function, in a state that changes more often than the
 * secret's.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda.html
 */
export class SecretRotation extends Construct {
  constructor(scope: Construct, id: string, props: SecretRotationProps) {
    super(scope, id);
    const { secret, rotationFunction } = props;
    const config = parseConfig(secretRotationConfig, props.config, this.node.path);
    secret.grantRotate(rotationFunction);
    const provider = deploymentStackOf(this).providers.in(secret.home);

    const permission = new LambdaPermission(this, "invoke", {
      provider,
      action: "lambda:InvokeFunction",
      ...rotationFunction.permissionTarget,
      principal: "secretsmanager.amazonaws.com",
      sourceAccount: secret.account,
    });
    new SecretsmanagerSecretRotation(this, "rotation", {
      provider,
      secretId: secret.arnIn(secret.home),
      rotationLambdaArn: rotationFunction.aliasArn,
      rotateImmediately: true,
      rotationRules: {
        automaticallyAfterDays: config.afterDays,
        ...(config.windowHours ? { duration: `${config.windowHours}h` } : {}),
      },
      // Secrets Manager rejects a function that it may not invoke.
      dependsOn: [permission, ...(props.dependsOn ?? [])],
    });
    if (props.alarms) this.watchAge(config, props, props.alarms);
  }

  /** Secrets Manager has no metric for the age of a rotation, so the function reports it on a schedule. */
  private watchAge(
    config: SecretRotationConfig,
    { secret, rotationFunction }: SecretRotationProps,
    target: AlarmTarget,
  ): void {
    const { providers } = deploymentStackOf(this);
    const provider = providers.in(secret.home);
    const name = flatName(secret.secretName);
    const rule = new CloudwatchEventRule(this, "age-schedule", {
      provider,
      name: resourceName(this, [name, "rotation-age"], 64),
      description: `Has the age of the last rotation of ${secret.secretName} measured.`.slice(0, 512),
      scheduleExpression: "rate(6 hours)",
    });
    new LambdaPermission(this, "invoke-age", {
      provider,
      action: "lambda:InvokeFunction",
      ...rotationFunction.permissionTarget,
      principal: "events.amazonaws.com",
      sourceArn: rule.arn,
    });
    new CloudwatchEventTarget(this, "age-target", {
      provider,
      rule: rule.name,
      arn: rotationFunction.aliasArn,
      input: JSON.stringify({ Step: "measureAge", SecretId: secret.arnIn(secret.home) }),
    });
    const longest = config.afterDays + config.alarms.overdueDays;
    metricAlarm(this, "age", providers, target, {
      region: secret.home,
      alarmName: resourceName(this, [name, "secret-rotation-overdue"], 255),
      alarmDescription: `The secret ${secret.secretName} was last rotated more than ${longest} days ago: read the log of the rotation function, then rotate the secret by hand.`,
      namespace: secretMetrics.namespace,
      metricName: secretMetrics.rotationAge,
      dimensions: { Name: secret.secretName },
      statistic: "Maximum",
      period: 86_400,
      evaluationPeriods: 1,
      comparisonOperator: "GreaterThanThreshold",
      threshold: longest,
      // If the function fails to measure, its own alarm fires. A new secret must not page anyone.
      treatMissingData: "missing",
    });
  }
}
