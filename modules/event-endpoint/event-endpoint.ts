import { CloudwatchEventEndpoint } from "@cdktf/provider-aws/lib/cloudwatch-event-endpoint";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import { isAvailable, regionsWith } from "../../values/availability";
import {
  type AlarmTarget,
  ConstructError,
  deploymentStackOf,
  type Grantee,
  parseConfig,
  type RegionalKey,
  type RoleSettings,
  setRoleSettings,
} from "../core";
import { type EventBusReference, eventBusName, type PublishAccess, publishStatement } from "../event-bus";
import { eventRecoverySeconds } from "../recovery-objectives";
import { type EventEndpointInput, eventEndpointConfig, eventEndpointName } from "./config";
import { FailoverCheck } from "./failover-check";
import { Heartbeat } from "./heartbeat";
import { ReplicationRole } from "./replication-role";

/**
 * Recovery time and point of an endpoint with replication and the recommended alarm, in seconds.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-global-endpoints.html#eb-ge-rpo-rto
 */
export const eventEndpointRecovery = {
  typicalSeconds: eventRecoverySeconds.typical,
  longestSeconds: eventRecoverySeconds.most,
} as const;

export interface EventEndpointProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: EventEndpointInput;
  /** Name of the endpoint, `<environment>-<name>`; cannot change. */
  readonly name: string;
  /** AWS account id of both buses, 12 digits. */
  readonly account: string;
  /** Receives the events while its region is healthy. */
  readonly home: EventBusReference;
  /** Receives the events otherwise; must have the same name. */
  readonly standby: EventBusReference;
  /**
   * Region that receives the events while it is healthy. Named at all, it has the standby region watched like home, so that the
   * endpoint can be turned round and back in place. A region that the endpoint does not have leaves it at home.
   */
  readonly active?: string;
  /**
   * Encrypts the schedule that keeps the health check alive. Its policy has to let the account use it for schedules: one of
   * `EncryptionKey` does, if its users include `scheduler`. Without it, EventBridge Scheduler uses a key of its own.
   */
  readonly key?: Pick<RegionalKey, "arnIn">;
  /** Needs topics in the home region, in the standby region if `active` is named, and in us-east-1, where health check metrics are. */
  readonly alarms?: AlarmTarget;
  /** Path and permissions boundary of the roles; those of `setRoleSettings` if left out. */
  readonly roles?: RoleSettings;
}

/**
 * A single address for events. It leads to the bus in the home region or, if home is unhealthy, in the standby region.
 * Replication copies each event to both.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-global-endpoints.html
 */
export class EventEndpoint extends Construct {
  readonly endpointName: string;
  readonly endpointArn: string;
  /** What publishers pass as EndpointId: the first two labels of the endpoint's host name. */
  readonly endpointId: string;
  readonly healthCheckId: string;
  private readonly eventBusArns: readonly string[];

  constructor(scope: Construct, id: string, props: EventEndpointProps) {
    super(scope, id);
    setRoleSettings(this, props.roles ?? {});
    const { account, home, standby, alarms } = props;
    const config = parseConfig(eventEndpointConfig, props.config, this.node.path);
    const name = parseConfig(eventEndpointName, props.name, `${this.node.path}: name`);
    this.checkBuses(props);
    const provider = deploymentStackOf(this).providers.in(home.region);

    const role = new ReplicationRole(this, "replication", { name, account, home, standby });
    new Heartbeat(this, "heartbeat", { name, account, bus: home, key: props.key });
    if (props.active !== undefined) {
      new Heartbeat(this, "standby-heartbeat", { name, account, bus: standby, place: "standby", key: props.key });
    }
    const check = new FailoverCheck(this, "failover", {
      name,
      home: home.region,
      standby: standby.region,
      active: props.active,
      config,
      alarms,
    });
    const endpoint = new CloudwatchEventEndpoint(this, "endpoint", {
      provider,
      name,
      description: config.description,
      eventBus: [{ eventBusArn: home.eventBusArn }, { eventBusArn: standby.eventBusArn }],
      // Without replication, failing back to home is manual.
      replicationConfig: { state: "ENABLED" },
      roleArn: role.roleArn,
      routingConfig: {
        failoverConfig: {
          primary: { healthCheck: check.healthCheckArn },
          secondary: { route: standby.region },
        },
      },
      dependsOn: [role.policy],
    });
    this.endpointName = name;
    this.endpointArn = endpoint.arn;
    // No backslash in the pattern: cdktf does not escape it in Terraform strings.
    this.endpointId = Fn.replace(endpoint.endpointUrl, "/^https://|[.]endpoint[.].*$/", "");
    this.healthCheckId = check.healthCheckId;
    this.eventBusArns = [home.eventBusArn, standby.eventBusArn];
  }

  /**
   * Allows a principal in any region to publish through the endpoint. It covers both buses, as either may receive
   * events.
   */
  grantPublish(grantee: Grantee, access: PublishAccess = {}): void {
    grantee.addToRolePolicy(publishStatement(this.eventBusArns, access));
  }

  private checkBuses({ account, home, standby }: EventEndpointProps): void {
    if (home.region === standby.region) {
      throw new ConstructError(this, `home and standby are both ${home.region}`, "use buses in two regions");
    }
    for (const bus of [home, standby]) {
      if (!isAvailable("aws_cloudwatch_event_endpoint", bus.region)) {
        throw new ConstructError(
          this,
          `event endpoints are not available in ${bus.region}`,
          `use one of ${regionsWith("aws_cloudwatch_event_endpoint").join(", ")}`,
        );
      }
      parseConfig(eventBusName, bus.eventBusName, `${this.node.path}: bus in ${bus.region}`);
      const owner = Token.isUnresolved(bus.eventBusArn) ? account : bus.eventBusArn.split(":")[4];
      if (owner !== account) {
        throw new ConstructError(
          this,
          `the bus in ${bus.region} belongs to account ${owner}, but the endpoint to ${account}`,
          "use buses in the endpoint's own account",
        );
      }
    }
    if (home.eventBusName !== standby.eventBusName) {
      throw new ConstructError(
        this,
        `the buses have different names, "${home.eventBusName}" and "${standby.eventBusName}"`,
        "give both the same name",
      );
    }
  }
}
