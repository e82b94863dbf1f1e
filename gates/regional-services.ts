import { managedChanges, type Plan, type ResourceChange } from "../terraform";
import { regionOf } from "./plan-regions";

/** What answers clients or works on events: while it changes, its region may fail. */
export const servingTypes =
  /^aws_(lambda_(function|alias|event_source_mapping|layer_version|permission|provisioned_concurrency_config|function_url)|ecs_(service|task_definition)|eks_\w+|instance|launch_template|autoscaling_group|apigatewayv2_\w+|api_gateway_\w+|lb\w*|alb\w*|appautoscaling_\w+|apprunner_service|sfn_state_machine)$/;

/** What a plan has of what serves, in the one region that its stack is in. */
export interface RegionalServices {
  readonly region: string;
  /** What serves there, changed or not. */
  readonly serving: readonly ResourceChange[];
}

/** The regions that the resources of a plan are in, changed or not, without those of services that are in none. */
export const regionsOf = (plan: Plan): string[] => [
  ...new Set(
    managedChanges(plan)
      .map((one) => regionOf(plan, one))
      .filter((region) => /^[a-z]{2}(-[a-z]+)+-\d$/.test(region)),
  ),
];

/**
 * What serves in the one region of a stack. Undefined where nothing does, and for a state with resources of several regions: it
 * cannot be applied one region at a time, and is a wave of its own by its place in the order.
 */
export function regionalServices(plan: Plan): RegionalServices | undefined {
  const [region, ...others] = regionsOf(plan);
  if (region === undefined || others.length > 0) return undefined;
  const serving = managedChanges(plan).filter(({ type }) => servingTypes.test(type));
  return serving.length === 0 ? undefined : { region, serving };
}
