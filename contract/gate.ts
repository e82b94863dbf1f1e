import type { Plan } from "../terraform";

/** What a gate may look at besides the plan. */
export interface GateContext {
  /** Plans of other states in the same rollout, for what can only be judged together. */
  readonly others: readonly Plan[];
  /** Resource types that hold data or keys, each with what is lost with it. */
  readonly dataHoldingTypes: Readonly<Record<string, string>>;
}

/** One promise about plans, checked by one file. */
export interface Gate {
  /** Kebab-case, as pipelines and people name it. */
  readonly id: string;
  /** What every plan has to keep to. */
  readonly statement: string;
  /** What goes wrong otherwise. */
  readonly why: string;
  /** What to do about a violation. */
  readonly howToFix: string;
  /** Where the plan breaks the promise. */
  check(plan: Plan, context: GateContext): Finding[];
}

/** Where a gate finds its promise broken. */
export interface Finding {
  /** Terraform address of the resource or output. */
  readonly address: string;
  /** What the plan would do. */
  readonly message: string;
}

/** A finding with the gate that made it. */
export interface Violation extends Finding {
  /** Id of the gate. */
  readonly rule: string;
  readonly howToFix: string;
}
