import { accountArn, form, generatedName, same, starting, uuid } from "../forms";
import type { ServiceRules } from "../subject";

/** Budgets and cost anomaly detection: once per account. @see https://docs.aws.amazon.com/cost-management/latest/userguide/billing-example-policies.html */
export const cost: ServiceRules = {
  aws_budgets_budget: {
    name: generatedName("name_prefix"),
    account_id: form("{account}"),
    id: form("{account_id}:{name}"),
    arn: accountArn("budgets", "budget/{name}"),
    time_period_start: starting("2025-01-01_00:00"),
    limit_amount: starting("0.0"),
    limit_unit: starting("USD"),
  },
  aws_budgets_budget_action: {
    account_id: form("{account}"),
    action_id: uuid,
    id: form("{account_id}:{action_id}:{budget_name}"),
    arn: accountArn("budgets", "budget/{budget_name}/action/{action_id}"),
    status: starting("STANDBY"),
  },
  aws_ce_anomaly_monitor: {
    arn: (s) => s.arn("ce", `anomalymonitor/${s.random.uuid()}`, { region: "" }),
    id: same("arn"),
  },
  aws_ce_anomaly_subscription: {
    account_id: form("{account}"),
    arn: (s) => s.arn("ce", `anomalysubscription/${s.random.uuid()}`, { region: "" }),
    id: same("arn"),
  },
  aws_ce_cost_category: {
    arn: (s) => s.arn("ce", `costcategory/${s.random.uuid()}`, { region: "" }),
    id: same("arn"),
    effective_start: starting("2025-01-01T00:00:00Z"),
    effective_end: starting(""),
  },
  aws_ce_cost_allocation_tag: { id: same("tag_key"), type: starting("UserDefined") },
};
