import type { Gate } from "../../contract/gate";
import type { Plan } from "../../terraform";

/** No output disappears that another state in the same rollout reads. */
export const noVanishedOutput: Gate = {
  id: "no-vanished-output",
  statement: "No output disappears while another state still reads it.",
  why: "Each plan is fine on its own; once the first is applied, the other state can neither be planned nor destroyed.",
  howToFix: "keep the output until the states that read it are applied without it",
  neverAcknowledged: "Terraform could neither plan nor destroy the state that reads it",
  check: (plan, { others, stack }) => {
    const read = new Set(others.flatMap((other) => outputsReadBy(other, stack)));
    return Object.entries(plan.output_changes ?? {})
      .filter(([name, { actions }]) => actions.includes("delete") && !actions.includes("create") && read.has(name))
      .map(([name]) => ({ address: `output.${name}`, message: "would be removed, but another state reads it" }));
  },
};

/**
 * The names of the outputs that a configuration reads from remote states, by whatever expression. Those that cdktf reads from another
 * stack are left out: stacks of two regions have outputs of the same names.
 */
function outputsReadBy(plan: Plan, stack: string | undefined): string[] {
  return references(plan.configuration?.root_module).flatMap((reference) => {
    const [, state = "", name] =
      /^data\.terraform_remote_state\.([^.]+)\.outputs(?:\.|\[")([^."[\]]+)/.exec(reference) ?? [];
    const [, readStack = stack] = /^cross-stack-reference-input-(.+)$/.exec(state) ?? [];
    return name && (stack === undefined || readStack === stack) ? [name] : [];
  });
}

function references(value: unknown): string[] {
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "references" && Array.isArray(inner) ? inner.map(String) : references(inner),
  );
}
