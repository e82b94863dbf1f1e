import type { Gate } from "../../contract/gate";
import { managedChanges, type Plan } from "../../terraform";
import { regionOf } from "../plan-regions";

/** What answers clients or works on events: while it changes, its region may fail. */
export const servingTypes =
  /^aws_(lambda_(function|alias|event_source_mapping|layer_version|permission|provisioned_concurrency_config|function_url)|ecs_(service|task_definition)|eks_\w+|instance|launch_template|autoscaling_group|apigatewayv2_\w+|api_gateway_\w+|lb\w*|alb\w*|appautoscaling_\w+|apprunner_service|sfn_state_machine)$/;

/** While the services of one region change, those of all others stay. */
export const oneRegionPerWave: Gate = {
  id: "one-region-per-wave",
  statement: "The plans of one wave change the services of one region only. Checked with --wave.",
  why: "A mistake that reaches every region at once leaves none that traffic could go to.",
  howToFix:
    "apply the plans of one region, see that it is healthy, then give those of the next one as a wave of their own",
  neverAcknowledged: "applying the plans one region after the other takes longer, and changes nothing else",
  check: (plan, { settings = {}, rollout = [] }) => {
    if (!settings.wave) return [];
    const own = servedRegion(plan);
    const [first] = rollout.flatMap((one) => {
      const served = servedRegion(one.plan);
      return served === undefined ? [] : [{ stack: one.stack, region: served.region }];
    });
    if (own === undefined || first === undefined || first.region === own.region) return [];
    const { region, address, more } = own;
    const others = more > 0 ? ` and ${more} more` : "";
    return [
      {
        address,
        message: `would be changed in ${region}${others}, in the same wave as the services of ${first.region}${first.stack === undefined ? "" : ` (${first.stack})`}`,
      },
    ];
  },
};

interface Served {
  readonly region: string;
  /** The first resource that changes. */
  readonly address: string;
  /** How many others do. */
  readonly more: number;
}

/**
 * The region whose services a plan changes; undefined where it changes none. A state with resources of several regions cannot be
 * applied one region at a time: it is a wave of its own by its place in the order, and not one region's services.
 */
function servedRegion(plan: Plan): Served | undefined {
  const managed = managedChanges(plan);
  const regions = new Set(
    managed.map((one) => regionOf(plan, one)).filter((region) => /^[a-z]{2}(-[a-z]+)+-\d$/.test(region)),
  );
  const [region, ...others] = regions;
  if (region === undefined || others.length > 0) return undefined;
  const changed = managed.filter(
    ({ type, change }) => servingTypes.test(type) && change.actions.some((action) => action !== "no-op"),
  );
  return changed[0] && { region, address: changed[0].address, more: changed.length - 1 };
}
