import type { Gate } from "../../contract/gate";
import { stacksOutput } from "../../contract/told-outputs";
import { valueAt } from "../../terraform";

/** No stack of an environment is missing while the state of what it made stands. */
export const noVanishedStack: Gate = {
  id: "no-vanished-stack",
  statement: "Every stack that was deployed is still in the configuration.",
  why: "Terraform plans stack by stack: one that is gone is in no plan, and what it made stays in AWS, is paid for, and is managed by nobody.",
  howToFix:
    "restore what the stack is made for; if it is meant to go, say that it leaves: its region under regions.leaving, or its name under leavingStacks (docs/regions.md)",
  check: (plan) => {
    const change = plan.output_changes?.[stacksOutput];
    const kept = asNames(change?.after);
    return asNames(change?.before)
      .filter((stack) => !kept.includes(stack))
      .map((stack) => ({
        address: stack,
        message: "was deployed and is no longer in the configuration, so what it made would be managed by nobody",
        removes: `output.${stacksOutput}["${stack}"]`,
      }));
  },
};

const asNames = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map((_, at) => String(valueAt(value, [at]))) : [];
