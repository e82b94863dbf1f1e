import { AppautoscalingPolicy } from "@cdktf/provider-aws/lib/appautoscaling-policy";
import { AppautoscalingTarget } from "@cdktf/provider-aws/lib/appautoscaling-target";
import { Construct } from "constructs";
import { deploymentStackOf, limitsThatMove, scaledBy, scheduledCapacity } from "../core";
import type { ContainerServiceConfig } from "./config";

export interface TaskScalingProps {
  readonly config: ContainerServiceConfig["scaling"];
  readonly name: string;
  readonly region: string;
  /** References, so that the service is created first. */
  readonly clusterName: string;
  readonly serviceName: string;
  /** What scaling by requests names the load balancer and its targets as. */
  readonly resourceLabel: string;
}

/**
 * The number of tasks, by what they use and by schedule.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html
 */
export class TaskScaling extends Construct {
  constructor(scope: Construct, id: string, props: TaskScalingProps) {
    super(scope, id);
    const { config, name, region } = props;
    const provider = deploymentStackOf(this).providers.in(region);
    const target = new AppautoscalingTarget(this, "target", {
      provider,
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: `service/${props.clusterName}/${props.serviceName}`,
      minCapacity: config.min,
      maxCapacity: config.max,
      ...(config.schedules.length > 0 ? { lifecycle: limitsThatMove } : {}),
    });
    const track = (id: string, metric: string, targetValue: number | undefined, resourceLabel?: string): void => {
      if (targetValue === undefined) return;
      new AppautoscalingPolicy(this, id, {
        provider,
        ...scaledBy(target),
        name: `${name}-${id}`,
        policyType: "TargetTrackingScaling",
        targetTrackingScalingPolicyConfiguration: {
          targetValue,
          predefinedMetricSpecification: { predefinedMetricType: metric, resourceLabel },
          scaleOutCooldown: config.outCooldownSeconds,
          scaleInCooldown: config.inCooldownSeconds,
        },
      });
    };
    track("cpu", "ECSServiceAverageCPUUtilization", config.cpuPercent);
    track("memory", "ECSServiceAverageMemoryUtilization", config.memoryPercent);
    track("requests", "ALBRequestCountPerTarget", config.requestsPerTask, props.resourceLabel);
    scheduledCapacity(this, { region, name, target, schedules: config.schedules });
  }
}
