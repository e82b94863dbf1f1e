import type { Plan } from "./plan";

/** One promise about plans, checked by one file. */
export interface Rule {
  /** Kebab-case, as pipelines and people name it. */
  readonly id: string;
  /** What every plan has to keep to. */
  readonly statement: string;
  /** What goes wrong otherwise. */
  readonly why: string;
  /** What to do about a violation. */
  readonly howToFix: string;
  /**
   * @param plan the plan to check
   * @param others plans of other states in the same rollout, for what can only be judged together
   */
  check(plan: Plan, others: readonly Plan[]): Finding[];
}

/** Where a rule is broken. */
export interface Finding {
  /** Terraform address of the resource or output. */
  readonly address: string;
  /** What the plan would do. */
  readonly message: string;
}

/** A finding with the rule that it breaks. */
export interface Violation extends Finding {
  readonly rule: string;
  readonly howToFix: string;
}
