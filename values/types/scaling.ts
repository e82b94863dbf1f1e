import { targetRange } from "../rules/scaling";
import type { Family, OwnLimits } from "./type-values";

const targetTracking =
  "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_TargetTrackingScalingPolicyConfiguration.html";

const capacity: OwnLimits = {
  min: 0,
  max: 2_147_483_647,
  see: "https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html",
};

/** Values of Application Auto Scaling. */
export const scaling: Family = {
  aws_appautoscaling_policy: {
    api: ["application-autoscaling.PutScalingPolicy"],
    cfn: "AWS::ApplicationAutoScaling::ScalingPolicy",
    members: {
      name: "PolicyName",
      "step_scaling_policy_configuration.step_adjustment": "StepAdjustments",
      "target_tracking_scaling_policy_configuration.customized_metric_specification.metrics.metric_stat.metric.dimensions":
        "Dimensions",
    },
    own: {
      "target_tracking_scaling_policy_configuration.target_value": {
        min: -(2 ** 360),
        max: 2 ** 360,
        see: targetTracking,
      },
      "target_tracking_scaling_policy_configuration.scale_in_cooldown": { min: 0, see: targetTracking },
      "target_tracking_scaling_policy_configuration.scale_out_cooldown": { min: 0, see: targetTracking },
    },
  },
  aws_appautoscaling_scheduled_action: {
    api: ["application-autoscaling.PutScheduledAction"],
    members: { name: "ScheduledActionName" },
    own: {
      "scalable_target_action.min_capacity": capacity,
      "scalable_target_action.max_capacity": capacity,
    },
  },
  aws_appautoscaling_target: {
    api: ["application-autoscaling.RegisterScalableTarget"],
    cfn: "AWS::ApplicationAutoScaling::ScalableTarget",
    own: { min_capacity: capacity, max_capacity: capacity },
    rules: [targetRange],
  },
};
