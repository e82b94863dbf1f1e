import { BudgetsBudget } from "@cdktf/provider-aws/lib/budgets-budget";
import { Construct } from "constructs";
import { deploymentStackOf, parseConfig, resourceName } from "../core";
import { BudgetActions, type StoppableRole } from "./budget-actions";
import { type SpendGuardInput, spendGuardConfig } from "./config";
import { CostAnomalies } from "./cost-anomalies";

export interface SpendGuardProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: SpendGuardInput;
  /** Name of the budget, unique in the account: `<environment>-<name>`. */
  readonly name: string;
  /** The region of the provider to use; budgets and cost anomalies themselves are global. */
  readonly region: string;
  /** The tag of every resource in the environment. It must be activated as a cost allocation tag. */
  readonly environmentTag: {
    /** Key of the tag. */
    readonly key: string;
    /** Its value in the environment. */
    readonly value: string;
  };
  /** SNS topic that also gets each budget notification. Its policy must allow budgets.amazonaws.com to publish. */
  readonly topicArn?: string;
  /** SNS topic that gets each cost anomaly immediately. Its policy must allow costalerts.amazonaws.com to publish. */
  readonly anomalyTopicArn?: string;
  /** What the actions of the budget stop; without it, or without a role, it has none. */
  readonly stops?: {
    /** AWS account id, 12 digits. */
    readonly account: string;
    /** The roles of functions, in all regions. */
    readonly roles: readonly StoppableRole[];
  };
}

/**
 * A monthly cost budget with notifications, actions that stop functions, and optional cost anomaly detection.
 * @see https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-managing-costs.html
 */
export class SpendGuard extends Construct {
  readonly budgetName: string;
  readonly budgetArn: string;
  /** The cost anomaly monitor, if there is one. */
  readonly anomalyMonitorArn?: string;

  constructor(scope: Construct, id: string, props: SpendGuardProps) {
    super(scope, id);
    const config = parseConfig(spendGuardConfig, props.config, this.node.path);
    const { environmentTag, topicArn } = props;
    const name = resourceName(this, [props.name], 100);
    const budget = new BudgetsBudget(this, "budget", {
      provider: deploymentStackOf(this).providers.in(props.region),
      name,
      budgetType: "COST",
      timeUnit: "MONTHLY",
      limitAmount: String(config.monthlyLimitUsd),
      limitUnit: "USD",
      // Credits and refunds would hide actual usage until they run out.
      costTypes: { includeCredit: false, includeRefund: false },
      costFilter:
        config.scope === "environment"
          ? [{ name: "TagKeyValue", values: [`user:${environmentTag.key}$${environmentTag.value}`] }]
          : undefined,
      notification: config.notifications.map(({ threshold, notificationType }) => ({
        notificationType,
        threshold,
        thresholdType: "PERCENTAGE",
        comparisonOperator: "GREATER_THAN",
        subscriberEmailAddresses: config.emails,
        subscriberSnsTopicArns: topicArn ? [topicArn] : undefined,
      })),
    });
    this.budgetName = budget.name;
    this.budgetArn = budget.arn;
    const { stops } = props;
    if (stops && stops.roles.length > 0 && config.actions.length > 0) {
      new BudgetActions(this, "actions", {
        ...stops,
        budgetName: name,
        budget: { name: budget.name, arn: budget.arn },
        region: props.region,
        actions: config.actions,
        emails: config.emails,
        topicArn,
      });
    }
    if (config.anomalies) {
      this.anomalyMonitorArn = new CostAnomalies(this, "anomalies", {
        ...config.anomalies,
        name: props.name,
        region: props.region,
        emails: config.emails,
        tag: config.scope === "environment" ? environmentTag : undefined,
        topicArn: props.anomalyTopicArn,
      }).monitorArn;
    }
  }
}
