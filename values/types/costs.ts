import { definitionOfType } from "../rules/costs";
import { email } from "./common";
import type { Family } from "./type-values";

const subscribers =
  "https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_NotificationWithSubscribers.html";

/** Values of Budgets and Cost Explorer. */
export const costs: Family = {
  aws_budgets_budget: {
    api: ["budgets.CreateBudget.Budget"],
    cfn: "AWS::Budgets::Budget.Budget",
    members: {
      name: "BudgetName",
      limit_amount: "BudgetLimit.Amount",
      limit_unit: "BudgetLimit.Unit",
      notification: "/budgets.CreateBudget.NotificationsWithSubscribers",
      "notification.comparison_operator": "Notification.ComparisonOperator",
      "notification.notification_type": "Notification.NotificationType",
      "notification.threshold": "Notification.Threshold",
      "notification.threshold_type": "Notification.ThresholdType",
      "notification.subscriber_email_addresses": "Subscribers",
      "notification.subscriber_email_addresses.*": "Address",
      "notification.subscriber_sns_topic_arns": "Subscribers",
      "notification.subscriber_sns_topic_arns.*": "Address",
      planned_limit: null,
      account_id: "/budgets.CreateBudget.AccountId",
    },
    own: {
      "cost_filter.name": {
        enum: [
          "AZ",
          "BillingEntity",
          "CostCategory",
          "InstanceType",
          "InvoicingEntity",
          "LegalEntityName",
          "LinkedAccount",
          "Operation",
          "PurchaseType",
          "Region",
          "Service",
          "TagKeyValue",
          "UsageType",
          "UsageTypeGroup",
        ],
        see: "https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-create-filters.html",
      },
      "cost_filter.values.*": {
        minLength: 1,
        maxLength: 1024,
        see: "https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Budget.html",
      },
      "notification.subscriber_email_addresses.*": email,
      "notification.subscriber_email_addresses": { maxItems: 10, see: subscribers },
      "notification.subscriber_sns_topic_arns": { maxItems: 1, see: subscribers },
    },
  },
  aws_budgets_budget_action: {
    api: ["budgets.CreateBudgetAction"],
    cfn: "AWS::Budgets::BudgetsAction",
    members: { subscriber: "Subscribers" },
    rules: [definitionOfType],
  },
  aws_ce_anomaly_monitor: {
    api: ["ce.CreateAnomalyMonitor.AnomalyMonitor"],
    cfn: "AWS::CE::AnomalyMonitor",
    members: { name: "MonitorName" },
  },
  aws_ce_anomaly_subscription: {
    api: ["ce.CreateAnomalySubscription.AnomalySubscription"],
    cfn: "AWS::CE::AnomalySubscription",
    members: { name: "SubscriptionName", threshold_expression: "ThresholdExpression" },
  },
};
