import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { deploymentStackOf, partitionOf, policyDocument, resourceName, trustPolicy } from "../core";
import type { EventBusReference } from "../event-bus";

export interface ReplicationRoleProps {
  /** Name of the endpoint. */
  readonly name: string;
  readonly account: string;
  readonly home: EventBusReference;
  readonly standby: EventBusReference;
}

/**
 * The role by which EventBridge keeps its managed rules on both buses, and sends each event to the other one.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-global-endpoints.html#eb-ge-event-replication
 */
export class ReplicationRole extends Construct {
  readonly roleArn: string;
  /** What has to exist before the endpoint is made. */
  readonly policy: IamRolePolicy;

  constructor(scope: Construct, id: string, { name, account, home, standby }: ReplicationRoleProps) {
    super(scope, id);
    const provider = deploymentStackOf(this).providers.in(home.region);
    const buses = [home, standby];
    const role = new IamRole(this, "role", {
      provider,
      name: resourceName(this, [name, "replication"], 64),
      // No condition on the source: which one EventBridge sends here is not documented, and a wrong one stops replication.
      assumeRolePolicy: trustPolicy({ Service: "events.amazonaws.com" }),
    });
    this.policy = new IamRolePolicy(this, "policy", {
      provider,
      name: "replication",
      role: role.name,
      policy: policyDocument([
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
        {
          sid: "PassItselfToRules",
          actions: ["iam:PassRole"],
          resources: [role.arn],
          conditions: { StringLike: { "iam:PassedToService": "events.amazonaws.com" } },
        },
      ]),
    });
    this.roleArn = role.arn;
  }
}
