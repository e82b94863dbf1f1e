import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { Construct } from "constructs";
import { deploymentStackOf } from "../core";
import type { PgBouncerPoolConfig } from "./config";
import type { LoadBalancer } from "./load-balancer";
import type { PoolNetwork } from "./network-path";
import { deploymentMaximumPercent } from "./pool-limits";
import type { Pooler, PoolTask } from "./pool-task";

export interface PoolServiceProps {
  readonly config: PgBouncerPoolConfig;
  readonly name: string;
  readonly region: string;
  readonly network: PoolNetwork;
  readonly task: PoolTask;
  /** Each PgBouncer of a task, with its load balancer. */
  readonly exposed: readonly { readonly pooler: Pooler; readonly loadBalancer: LoadBalancer }[];
}

/**
 * The ECS service that keeps tasks running across zones and scales them by CPU.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html
 */
export class PoolService extends Construct {
  constructor(scope: Construct, id: string, props: PoolServiceProps) {
    super(scope, id);
    const { config, name, region, network, task, exposed } = props;
    const { scaling } = config;
    const provider = deploymentStackOf(this).providers.in(region);
    const cluster = new EcsCluster(this, "cluster", {
      provider,
      name,
      setting: [{ name: "containerInsights", value: config.containerInsights ? "enabled" : "disabled" }],
    });
    const service = new EcsService(this, "service", {
      provider,
      name,
      cluster: cluster.arn,
      taskDefinition: task.taskDefinitionArn,
      launchType: "FARGATE",
      platformVersion: config.platformVersion,
      schedulingStrategy: "REPLICA",
      desiredCount: scaling.min,
      deploymentMinimumHealthyPercent: 100,
      deploymentMaximumPercent,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      availabilityZoneRebalancing: "ENABLED",
      enableExecuteCommand: false,
      enableEcsManagedTags: true,
      propagateTags: "SERVICE",
      healthCheckGracePeriodSeconds: 60,
      networkConfiguration: {
        subnets: [...network.subnetIds],
        securityGroups: [network.poolSecurityGroupId, ...(network.additionalSecurityGroupIds ?? [])],
        assignPublicIp: false,
      },
      loadBalancer: exposed.map(({ pooler, loadBalancer }) => ({
        containerName: pooler.role,
        containerPort: pooler.listenPort,
        targetGroupArn: loadBalancer.targetGroupArn,
      })),
      // After creation, scaling controls the number of tasks.
      lifecycle: { ignoreChanges: ["desired_count"] },
      dependsOn: [task.role.policy, ...exposed.map(({ loadBalancer }) => loadBalancer.listener)],
    });
    const target = new AppautoscalingTarget(this, "scaling", {
      provider,
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: `service/${cluster.name}/${service.name}`,
      minCapacity: scaling.min,
      maxCapacity: scaling.max,
    });
    new AppautoscalingPolicy(this, "cpu", {
      provider,
      name: `${name}-cpu`,
      serviceNamespace: target.serviceNamespace,
      scalableDimension: target.scalableDimension,
      resourceId: target.resourceId,
      policyType: "TargetTrackingScaling",
      targetTrackingScalingPolicyConfiguration: {
        targetValue: scaling.cpuPercent,
        predefinedMetricSpecification: { predefinedMetricType: "ECSServiceAverageCPUUtilization" },
        scaleOutCooldown: 60,
        // Every stopped task closes its connections.
        scaleInCooldown: 600,
      },
    });
  }
}
