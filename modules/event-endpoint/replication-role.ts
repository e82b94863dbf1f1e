import type { Construct } from "constructs";
import { partitionOf, ServiceRole, trustPolicy } from "../core";
import type { EventBusReference } from "../event-bus";

export interface ReplicationRoleProps {
  /** The endpoint's name. */
  readonly name: string;
  readonly account: string;
  readonly home: EventBusReference;
  readonly standby: EventBusReference;
}

/**
 * The role that EventBridge uses to manage its rules on both buses and to send each event to the other bus.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-global-endpoints.html#eb-ge-event-replication
 */
export class ReplicationRole extends ServiceRole {
  constructor(scope: Construct, id: string, { name, account, home, standby }: ReplicationRoleProps) {
    const buses = [home, standby];
    super(scope, id, {
      region: home.region,
      nameParts: [name, "replication"],
      // No source condition: AWS does not document what EventBridge sends here, and a wrong one stops replication.
      trust: trustPolicy({ Service: "events.amazonaws.com" }),
      policyName: "replication",
      statements: [
        {
          sid: "ManageReplicationRules",
          actions: ["events:PutRule", "events:PutTargets", "events:DeleteRule", "events:RemoveTargets"],
          resources: buses.map(
            ({ region, eventBusName }) =>
              `arn:${partitionOf(region)}:events:${region}:${account}:rule/${eventBusName}/GlobalEndpointManagedRule-*`,
          ),
        },
        {
          sid: "ReplicateEvents",
          actions: ["events:PutEvents"],
          resources: buses.map(({ eventBusArn }) => eventBusArn),
        },
      ],
    });
    this.addToRolePolicy({
      sid: "PassItselfToRules",
      actions: ["iam:PassRole"],
      resources: [this.roleArn],
      conditions: { StringLike: { "iam:PassedToService": "events.amazonaws.com" } },
    });
  }
}
