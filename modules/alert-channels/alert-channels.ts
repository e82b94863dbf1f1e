import { CloudwatchEventApiDestination } from "@cdktf/provider-aws/lib/cloudwatch-event-api-destination";
import { CloudwatchEventConnection } from "@cdktf/provider-aws/lib/cloudwatch-event-connection";
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { Construct } from "constructs";
import {
  type AlarmTarget,
  deploymentStackOf,
  parseConfig,
  partitionOf,
  type RoleSettings,
  resourceName,
  ServiceRole,
  setRoleSettings,
  trustPolicy,
} from "../core";
import { DeadLetterQueue } from "../dead-letter-queue";
import { alarmPattern } from "./alarm-pattern";
import { type AlertChannelsInput, alertChannelsConfig, type Receiver, type Severity } from "./config";
import { type Call, formatOf } from "./formats";
import { pathsIn } from "./template";

export interface AlertChannelsProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: AlertChannelsInput;
  /** Name of the environment: its alarms are those whose names begin with it. */
  readonly environment: string;
  /** The region of the alarms: their events are there. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** Where the alarms on undelivered alerts send notifications: to people, by e-mail. */
  readonly alarms?: AlarmTarget;
  /** Path and permissions boundary of the roles; those of `setRoleSettings` if left out. */
  readonly roles?: RoleSettings;
}

/** What stands in the state for a secret, and in AWS until somebody sets it. */
export const placeholderSecret = "not-set-yet";

/**
 * Takes the alarms of one region to chat and incident tools: rules on what CloudWatch tells the default event bus, and API destinations in
 * the format of each receiver. The secret of a receiver is set in AWS, by `aws events update-connection`, and Terraform leaves it alone.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html
 */
export class AlertChannels extends Construct {
  readonly region: string;
  /** Name of the queue of alerts that could not be delivered. */
  readonly deadLetterQueueName: string;
  /** Names of the connections that need a secret. */
  readonly connectionNames: readonly string[];
  private readonly deadLetters: DeadLetterQueue;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AlertChannelsProps,
  ) {
    super(scope, id);
    setRoleSettings(this, props.roles ?? {});
    const { environment, region, account, alarms } = props;
    const config = parseConfig(alertChannelsConfig, props.config, this.node.path);
    this.region = region;
    const prefix = `arn:${partitionOf(region)}:events:${region}:${account}:rule/${environment}-alerts-`;
    this.deadLetters = new DeadLetterQueue(this, "undelivered", {
      config: { deadLetterAgeSeconds: config.deadLetterAgeSeconds },
      name: `${environment}-alerts`,
      region,
      sender: { service: "events.amazonaws.com", sourceArn: `${prefix}*` },
      alarms,
      alarmDescriptions: (queueName) => ({
        visible: `An alert of ${environment} in ${region} did not reach its receiver. Messages in ${queueName} say which and why; most often the secret of a connection is not set, or is no longer valid.`,
        age: `Nobody took care of the alerts in ${queueName}, which reached nobody; they are deleted after 14 days.`,
      }),
    });
    this.deadLetterQueueName = this.deadLetters.queueName;
    this.connectionNames = config.receivers.map((receiver) => this.addReceiver(receiver));
  }

  private addReceiver(receiver: Receiver): string {
    const { environment, region } = this.props;
    const format = formatOf(receiver);
    const connectionName = resourceName(this, [environment, "alerts", receiver.name], 64);
    const connection = new CloudwatchEventConnection(this, `${receiver.name}-connection`, {
      provider: this.provider,
      name: connectionName,
      description: `Secret of ${receiver.name}, which gets alerts of ${environment}; set by aws events update-connection`,
      authorizationType: "API_KEY",
      authParameters: {
        apiKey: { key: format.header, value: placeholderSecret },
        ...(format.secretField && {
          invocationHttpParameters: {
            body: [{ key: format.secretField, value: placeholderSecret, isValueSecret: true }],
          },
        }),
      },
      // A deployment must not take the secret away, and must not know it.
      lifecycle: { ignoreChanges: ["auth_parameters"] },
    });
    const role = new ServiceRole(this, receiver.name, {
      region,
      // IAM is global: the region distinguishes the roles of several regions.
      nameParts: [connectionName, region],
      trust: trustPolicy(
        { Service: "events.amazonaws.com" },
        { StringEquals: { "aws:SourceAccount": this.props.account } },
      ),
      policyName: "call",
    });
    const destinations = new Map<string, string>();
    for (const severity of receiver.severities) {
      const at = { environment, region, severity };
      for (const [state, call] of [
        ["ALARM", format.begins(at)],
        ["OK", format.ends(at)],
      ] as const) {
        const arn =
          destinations.get(call.endpoint) ?? this.addDestination(receiver, connection.arn, call, destinations);
        if (!destinations.has(call.endpoint)) {
          destinations.set(call.endpoint, arn);
          role.addToRolePolicy({ actions: ["events:InvokeApiDestination"], resources: [arn] });
        }
        this.addRule(receiver, { severity, state, call, arn, role, onlyRecoveries: format.onlyRecoveries });
      }
    }
    return connectionName;
  }

  private addDestination(
    { name, callsPerSecond }: Receiver,
    connectionArn: string,
    { endpoint, method }: Call,
    others: ReadonlyMap<string, string>,
  ): string {
    const { environment } = this.props;
    const suffix = others.size === 0 ? [] : ["ends"];
    return new CloudwatchEventApiDestination(this, [name, "destination", ...suffix].join("-"), {
      provider: this.provider,
      name: resourceName(this, [environment, "alerts", name, ...suffix], 64),
      description: `Where alerts of ${environment} for ${name} go`,
      connectionArn,
      invocationEndpoint: endpoint,
      httpMethod: method,
      invocationRateLimitPerSecond: callsPerSecond,
    }).arn;
  }

  private addRule(
    { name, retries, retrySeconds }: Receiver,
    {
      severity,
      state,
      call,
      arn,
      role,
      onlyRecoveries,
    }: {
      readonly severity: Severity;
      readonly state: "ALARM" | "OK";
      readonly call: Call;
      readonly arn: string;
      readonly role: ServiceRole;
      readonly onlyRecoveries: boolean;
    },
  ): void {
    const { environment, region, account } = this.props;
    const id = `${name}-${severity}-${state === "ALARM" ? "begins" : "ends"}`;
    const rule = new CloudwatchEventRule(this, id, {
      provider: this.provider,
      name: resourceName(this, [environment, "alerts", id], 64),
      description: `Tells ${name} that a ${severity} of ${environment} ${state === "ALARM" ? "begins" : "ends"}`,
      eventPattern: JSON.stringify(alarmPattern({ environment, region, account, severity, state, onlyRecoveries })),
    });
    new CloudwatchEventTarget(this, `${id}-target`, {
      provider: this.provider,
      rule: rule.name,
      targetId: name,
      arn,
      roleArn: role.roleArn,
      ...((call.pathParameters ?? call.query) && {
        httpTarget: {
          pathParameterValues: [...(call.pathParameters ?? [])],
          queryStringParameters: { ...call.query },
        },
      }),
      inputTransformer: { inputPaths: pathsIn(call.body), inputTemplate: call.body },
      retryPolicy: { maximumRetryAttempts: retries, maximumEventAgeInSeconds: retrySeconds },
      deadLetterConfig: { arn: this.deadLetters.queueArn },
      dependsOn: [role.policy, this.deadLetters.policy],
    });
  }

  private get provider() {
    return deploymentStackOf(this).providers.in(this.region);
  }
}
