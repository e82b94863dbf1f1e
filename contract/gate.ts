import type { Plan } from "../terraform";
import type { AcknowledgedRemoval } from "./acknowledged-removal";

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
  /** Why no acknowledgement accepts those of its findings that have no `removes`, for their messages; "cannot be acknowledged: ..." */
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
}

/** A violation that an acknowledged removal makes acceptable. */
export interface AcceptedRemoval {
  /** What would be refused without it. */
  readonly violation: Violation;
  /** The entry of the environment's file that accepts it. */
  readonly acknowledged: AcknowledgedRemoval;
}
