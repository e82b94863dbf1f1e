import type { Gate, GateContext } from "../../contract/gate";
import type { Plan } from "../../terraform";
import { changesAnything } from "../introduced";

/** A rollout adds no more to the costs of a month than it was said that it may. */
export const costIncrease: Gate = {
  id: "cost-increase",
  statement: "What the plans create adds no more to the costs of a month than --max-cost-increase says, in US dollars.",
  why: "Nobody sees a price in a plan, and the bill comes a month later.",
  howToFix:
    "see `evenkeel cost` for what it is made of; raise the limit if it is meant, or name the address under acknowledgedFindings of the environment",
  check: (plan, context) => {
    const { maxCostIncreaseUsd: limit, costsOf } = context.settings ?? {};
    if (limit === undefined || costsOf === undefined || !changesAnything(plan)) return [];
    const all = rolloutOf(plan, context).map((one) => ({ ...one, costs: costsOf(one.stack, one.plan) }));
    const own = all.find((one) => one.plan === plan)?.costs;
    const sum = all.reduce((usd, { costs }) => usd + (costs?.usd ?? 0), 0);
    if (own === undefined || own.usd <= 0 || sum <= limit) return [];
    // One finding for the whole rollout, where most of it is.
    const most = all.reduce((largest, one) => ((one.costs?.usd ?? 0) > (largest.costs?.usd ?? 0) ? one : largest));
    if (most.plan !== plan) return [];
    const others = sum - own.usd;
    const address = "monthly-costs";
    return [
      {
        address,
        message: `would rise by ${dollars(own.usd)}${others > 0 ? `, and by ${dollars(others)} in other stacks` : ""}; the limit is ${dollars(limit)}${own.notCounted.length > 0 ? `; not counted: ${own.notCounted.join(", ")}` : ""}`,
        acknowledgedAs: address,
      },
    ];
  },
};

const rolloutOf = (plan: Plan, { rollout, stack }: GateContext) => rollout ?? [{ stack, plan }];

const dollars = (usd: number): string => `${usd.toFixed(2)} USD a month`;
