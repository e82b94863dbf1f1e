import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { deploymentStackOf } from "../core";
import { addressPart } from "./address-part";
import type { CapacityConfig, ReplicatedTableConfig } from "./config";

export interface TableScalingProps {
  readonly region: string;
  readonly tableName: string;
  readonly config: ReplicatedTableConfig;
  /** The table or replica to scale. */
  readonly dependsOn: ITerraformDependable;
}

/**
 * Scales the provisioned capacity of a table and its global indexes in one region.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/AutoScaling.html
 */
export class TableScaling extends Construct {
  /** The policies. Replicas depend on them, because DynamoDB rejects replicas of tables whose writes do not scale. */
  readonly policies: readonly ITerraformDependable[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: TableScalingProps,
  ) {
    super(scope, id);
    const { config, tableName } = props;
    const table = { id: "table", resourceId: `table/${tableName}`, dimension: "dynamodb:table" };
    this.policies = [
      ...this.scale(table, "Read", config.readCapacity),
      ...this.scale(table, "Write", config.writeCapacity),
      ...config.globalSecondaryIndexes.flatMap((index) => {
        const target = {
          id: `index-${addressPart(index.name)}`,
          resourceId: `table/${tableName}/index/${index.name}`,
          dimension: "dynamodb:index",
        };
        return [
          ...this.scale(target, "Read", index.readCapacity ?? config.readCapacity),
          ...this.scale(target, "Write", index.writeCapacity ?? config.writeCapacity),
        ];
      }),
    ];
  }

  private scale(
    of: { id: string; resourceId: string; dimension: string },
    direction: "Read" | "Write",
    capacity: CapacityConfig | undefined,
  ): AppautoscalingPolicy[] {
    if (!capacity) return [];
    const { region, dependsOn } = this.props;
    const provider = deploymentStackOf(this).providers.in(region);
    const id = `${of.id}-${direction.toLowerCase()}`;
    const target = new AppautoscalingTarget(this, id, {
      provider,
      serviceNamespace: "dynamodb",
      resourceId: of.resourceId,
      scalableDimension: `${of.dimension}:${direction}CapacityUnits`,
      minCapacity: capacity.minCapacity,
      maxCapacity: capacity.maxCapacity,
      dependsOn: [dependsOn],
    });
    return [
      new AppautoscalingPolicy(this, `${id}-policy`, {
        provider,
        // The name only needs to be unique per dimension, so it does not include the table.
        name: "utilization",
        policyType: "TargetTrackingScaling",
        serviceNamespace: target.serviceNamespace,
        resourceId: target.resourceId,
        scalableDimension: target.scalableDimension,
        targetTrackingScalingPolicyConfiguration: {
          targetValue: capacity.targetUtilization,
          predefinedMetricSpecification: { predefinedMetricType: `DynamoDB${direction}CapacityUtilization` },
        },
      }),
    ];
  }
}
