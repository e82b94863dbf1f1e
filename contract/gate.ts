import type { Plan } from "../terraform";
import type { AcknowledgedFinding } from "./acknowledged-finding";
import type { AcknowledgedRemoval } from "./acknowledged-removal";

/** What an environment's file says to accept, whatever the list that it is in. */
export type Acknowledgement = AcknowledgedRemoval & Partial<Pick<AcknowledgedFinding, "rule">>;

/** A reason that stands beside a stack for what a statement of a policy names by `*`: a line of its `policy-wildcards.json`. */
export interface ReasonedWildcard {
  /** Terraform address of the resource that has the policy. */
  readonly address: string;
  /** Id of the statement, where it has one. */
  readonly sid?: string;
  /** What the statement does. */
  readonly effect: "Allow" | "Deny";
  /** The actions of the statement. */
  readonly actions: readonly string[];
  /** What is named by `*`. */
  readonly every: "action" | "resource" | "principal";
  /** Why; left out where nobody said. */
  readonly reason?: string;
}

/** What the plan of one stack adds to the costs of a month. */
export interface PlannedCosts {
  /** US dollars a month of what the plan creates; what it changes or deletes is not counted. */
  readonly usd: number;
  /** What is not counted, a phrase each: "12 resources that are changed in place". */
  readonly notCounted: readonly string[];
}

/** What only counts once a project, a pipeline or a person asks for it. */
export interface GateSettings {
  /** Keys of tags that everything has that is created or changed, with the only values where there are some. */
  readonly requiredTags?: Readonly<Record<string, { readonly values?: readonly string[]; readonly pattern?: string }>>;
  /** Most that the plans of a rollout may add to the costs of a month, in US dollars. */
  readonly maxCostIncreaseUsd?: number;
  /** What a plan adds to the costs; undefined where nobody knows, as for a stack of no environment. */
  readonly costsOf?: (stack: string | undefined, plan: Plan) => PlannedCosts | undefined;
  /** Whether all plans are applied together, as one wave. */
  readonly wave?: boolean;
  /** Whether recovery has to work without a control plane and without us-east-1. */
  readonly staticStability?: boolean;
}

/** A plan of the same rollout, with the name of its stack, if that is known. */
export interface RolloutPlan {
  readonly stack?: string;
  readonly plan: Plan;
}

/** What a gate may look at besides the plan. */
export interface GateContext {
  /** Name of the stack that the plan is of, if that is known. */
  readonly stack?: string;
  /** Plans of other states in the same rollout, for gates that look across states. */
  readonly others: readonly Plan[];
  /** Resource types that hold data or keys, each with what would be lost. */
  readonly dataHoldingTypes: Readonly<Record<string, string>>;
  /** Whether it was said that the stacks of this rollout are deployed for the first time. */
  readonly firstDeployment?: boolean;
  /** All plans of the rollout in the order in which they were given; this one is the last where only others are known beside it. */
  readonly rollout?: readonly RolloutPlan[];
  /** What was asked for beside what always counts. */
  readonly settings?: GateSettings;
  /** The reasons that stand beside the stack for what its policies name by `*`. */
  readonly wildcards?: readonly ReasonedWildcard[];
  /** Addresses of the providers that the stack's lock file pins: `registry.terraform.io/hashicorp/aws`. Undefined without one. */
  readonly lockedProviders?: readonly string[];
}

/** One promise about plans, with its check. */
export interface Gate {
  /** Kebab-case, as pipelines and people name it. */
  readonly id: string;
  /** What every plan has to keep to. */
  readonly statement: string;
  /** What goes wrong otherwise. */
  readonly why: string;
  /** What to do about a violation. */
  readonly howToFix: string;
  /**
   * Why no acknowledgement accepts those of its findings that have neither `removes` nor `acknowledgedAs`, for their messages;
   * "cannot be acknowledged: ..."
   */
  readonly neverAcknowledged?: string;
  /** Finds where the plan breaks the promise. */
  check(plan: Plan, context: GateContext): Finding[];
}

/** Where a gate finds its promise broken. */
export interface Finding {
  /** Terraform address of the resource or output. */
  readonly address: string;
  /** What the plan would do. */
  readonly message: string;
  /**
   * Address of what would be removed, replaced or changed, if the owner may mean that: an acknowledgement of exactly this address
   * makes the gate accept it. That of an argument is the address of its resource and its name,
   * `aws_sqs_queue.orders.message_retention_seconds`, so that whoever acknowledges the change does not accept a removal with it.
   */
  readonly removes?: string;
  /**
   * Address by which an entry of `acknowledgedFindings` with the id of the gate makes it acceptable, for what is created or changed and
   * removes nothing: that of an argument, a resource or a provider. A finding with `removes` is accepted by such an entry as well.
   */
  readonly acknowledgedAs?: string;
  /** What to do about it, where the gate can say more than about all that it finds. */
  readonly howToFix?: string;
}

/** A finding with the gate that it is from. */
export interface Violation extends Finding {
  /** Id of the gate. */
  readonly rule: string;
  /** What to do about it: as the finding says, else as the gate does; and that it cannot be acknowledged, where that is so. */
  readonly howToFix: string;
  /** Name of the stack whose plan it is in, if that is known. */
  readonly stack?: string;
  /** The scanner that found it, where that was none of the gates. */
  readonly tool?: string;
}

/** A violation that an acknowledged removal makes acceptable. */
export interface AcceptedRemoval {
  /** What would be refused without it. */
  readonly violation: Violation;
  /** The entry of the environment's file that accepts it: of `acknowledgedFindings` if it names a rule, else of `acknowledgedRemovals`. */
  readonly acknowledged: Acknowledgement;
}
