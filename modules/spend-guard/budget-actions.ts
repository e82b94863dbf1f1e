import { BudgetsBudgetAction } from "@cdktf/provider-aws/lib/budgets-budget-action";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import {
  ConstructError,
  deploymentStackOf,
  policyDocument,
  resourceName,
  roleSettingsOf,
  ServiceRole,
  trustPolicy,
} from "../core";
import type { BudgetAction } from "./config";

/** The role of a function that a budget can stop. */
export interface StoppableRole {
  /** The service that the function is of; what `services` of an action names. */
  readonly service: string;
  /** Its literal ARN. */
  readonly roleArn: string;
}

export interface BudgetActionsProps {
  /** Literal name of the budget. */
  readonly budgetName: string;
  /** The budget as references, so that actions come after it. */
  readonly budget: {
    /** Its name. */
    readonly name: string;
    /** Its ARN. */
    readonly arn: string;
  };
  /** The region of the provider to use. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** What the budget does; at least one. */
  readonly actions: readonly BudgetAction[];
  /** The roles that can be denied something. */
  readonly roles: readonly StoppableRole[];
  /** Who is told. */
  readonly emails: readonly string[];
  /** SNS topic that is told as well. */
  readonly topicArn?: string;
}

/** The most roles that one action attaches a policy to. @see https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_IamActionDefinition.html */
const mostRoles = 100;

/**
 * What a budget does when it is exceeded: it attaches a policy to the roles of functions that denies them what costs. AWS compares budgets
 * with costs about once a day, so this ends a month that went wrong; it is no brake.
 * @see https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-controls.html
 */
export class BudgetActions extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: BudgetActionsProps,
  ) {
    super(scope, id);
    for (const action of props.actions) this.add(action);
  }

  private add(action: BudgetAction): void {
    const { budgetName, budget, region, account, emails, topicArn } = this.props;
    const roles = this.rolesOf(action);
    const provider = deploymentStackOf(this).providers.in(region);
    const name = resourceName(this, [budgetName, action.name], 64);
    const policy = new IamPolicy(this, `${action.name}-policy`, {
      provider,
      name: resourceName(this, [name, "denied"], 128),
      path: roleSettingsOf(this).path,
      description: `Attached by the budget ${budgetName} when ${action.threshold} % of it are spent`,
      policy: policyDocument([
        {
          sid: "StopSpending",
          effect: "Deny",
          actions: action.denies,
          resources: ["*"],
          wildcards: { resource: "It denies: what a function must not do any more, it must do nowhere." },
        },
      ]),
    });
    const role = new ServiceRole(this, `${action.name}-role`, {
      region,
      nameParts: [name],
      trust: trustPolicy(
        { Service: "budgets.amazonaws.com" },
        {
          StringEquals: { "aws:SourceAccount": account },
          ArnEquals: { "aws:SourceArn": budget.arn },
        },
      ),
      policyName: "attach",
      statements: [
        {
          sid: "AttachDenial",
          actions: ["iam:AttachRolePolicy", "iam:DetachRolePolicy"],
          resources: roles.map(({ roleArn }) => roleArn),
          conditions: { ArnEquals: { "iam:PolicyARN": policy.arn } },
        },
      ],
    });
    new BudgetsBudgetAction(this, `${action.name}-action`, {
      provider,
      budgetName: budget.name,
      actionType: "APPLY_IAM_POLICY",
      approvalModel: action.approval,
      notificationType: action.notificationType,
      executionRoleArn: role.roleArn,
      actionThreshold: { actionThresholdType: "PERCENTAGE", actionThresholdValue: action.threshold },
      definition: {
        iamActionDefinition: {
          policyArn: policy.arn,
          roles: roles.map(({ roleArn }) => roleArn.split("/").at(-1) ?? roleArn),
        },
      },
      subscriber: [
        ...emails.map((address) => ({ subscriptionType: "EMAIL", address })),
        ...(topicArn ? [{ subscriptionType: "SNS", address: topicArn }] : []),
      ],
      dependsOn: [role.policy],
    });
  }

  private rolesOf({ name, services }: BudgetAction): readonly StoppableRole[] {
    const { roles } = this.props;
    const unknown = services?.find((wanted) => !roles.some(({ service }) => service === wanted));
    if (unknown !== undefined) {
      const known = [...new Set(roles.map(({ service }) => service))].join(", ") || "none";
      throw new ConstructError(
        this,
        `the action "${name}" stops "${unknown}"`,
        `name services that are there: ${known}`,
      );
    }
    const stopped = services ? roles.filter(({ service }) => services.includes(service)) : roles;
    if (stopped.length === 0 || stopped.length > mostRoles) {
      throw new ConstructError(
        this,
        `the action "${name}" is for ${stopped.length} roles, and AWS takes 1 to ${mostRoles}`,
        "name the services that it stops, in several actions if need be",
      );
    }
    return stopped;
  }
}
