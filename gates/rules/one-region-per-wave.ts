import type { Gate } from "../../contract/gate";
import type { Plan } from "../../terraform";
import { regionalServices } from "../regional-services";

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

/** The region whose services a plan changes; undefined where it changes none. */
function servedRegion(plan: Plan): Served | undefined {
  const services = regionalServices(plan);
  const changed = (services?.serving ?? []).filter(({ change }) => change.actions.some((action) => action !== "no-op"));
  return services && changed[0] && { region: services.region, address: changed[0].address, more: changed.length - 1 };
}
