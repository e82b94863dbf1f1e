import type { Charge, PricedResource, PricingContext, Pricings } from "../../contract";
import { hoursPerMonth } from "../../values/prices";
import { charge, free } from "./parts";

/** A budget is free; one with actions is charged by the day, however many it has. */
function action(resource: PricedResource, { resources }: PricingContext): readonly Charge[] {
  const [first] = resources.filter(
    ({ type, values }) => type === "aws_budgets_budget_action" && values.budget_name === resource.values.budget_name,
  );
  return first === resource ? charge("budgets.action-days", hoursPerMonth / 24, "each day of the budget", null) : [];
}

export const budgets: Pricings = {
  aws_budgets_budget: free,
  aws_budgets_budget_action: action,
  aws_ce_anomaly_monitor: free,
  aws_ce_anomaly_subscription: free,
};
