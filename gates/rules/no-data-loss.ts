import type { Gate } from "../../contract/gate";
import { type Change, managedChanges, type ResourceChange } from "../../terraform";

/** Nothing that holds data or keys is replaced, destroyed or forgotten. */
export const noDataLoss: Gate = {
  id: "no-data-loss",
  statement: "Nothing that holds data or keys is replaced, destroyed or dropped from the state.",
  why: "Terraform cannot restore what was in it.",
  howToFix:
    "keep the arguments that force the replacement as they are; if the loss is intended, copy the data first, then name the address under acknowledgedRemovals of the environment",
  check: (plan, { dataHoldingTypes }) =>
    managedChanges(plan).flatMap((change) => {
      const holds = dataHoldingTypes[change.type];
      const loss = holds ? lossOf(change) : undefined;
      return loss ? [{ address: change.address, message: `${loss}; it holds ${holds}`, removes: change.address }] : [];
    }),
};

function lossOf({ change, deposed }: ResourceChange): string | undefined {
  const { actions } = change;
  if (!actions.includes("delete") && !actions.includes("forget")) return undefined;
  if (actions.includes("create")) return `would be replaced${becauseOf(change)}`;
  if (actions.includes("forget")) return "would be dropped from the state, so that Terraform no longer manages it";
  return deposed ? `its deposed object ${deposed} would be destroyed` : "would be destroyed";
}

function becauseOf({ replace_paths: paths = [] }: Change): string {
  const attributes = [...new Set(paths.map((path) => path.join(".")))];
  return attributes.length > 0 ? ` because ${attributes.join(", ")} changes` : "";
}
