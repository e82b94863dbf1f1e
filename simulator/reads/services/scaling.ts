import { either } from "../forms";
import type { ServiceReads } from "../rule";

const running = {
  dynamic_scaling_in_suspended: false,
  dynamic_scaling_out_suspended: false,
  scheduled_scaling_suspended: false,
};

/** @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_ScalableTarget.html */
export const scaling: ServiceReads = {
  aws_appautoscaling_target: {
    answers: (target) => ({ suspended_state: either(target.state.suspended_state, [running]) }),
  },
};
