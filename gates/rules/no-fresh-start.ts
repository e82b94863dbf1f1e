import type { Gate } from "../../contract/gate";
import { lostResources, managedChanges, type Plan } from "../../terraform";

/** A rollout does not begin from empty states, unless it is said to be the first one. */
export const noFreshStart: Gate = {
  id: "no-fresh-start",
  statement: "Data and keys are only created from empty states in a deployment that is said to be the first one.",
  why: "After a change of the state's bucket or key prefix, or of the environment's name, Terraform finds an empty state: it plans everything a second time, and what exists is managed by nobody.",
  howToFix:
    "restore bucket, key prefix and name, or move the states to the new place first; for a first deployment say so: evenkeel gate --first-deployment",
  neverAcknowledged: "an entry would stay in the file and accept the next empty state too",
  check: (plan, { dataHoldingTypes, firstDeployment, others }) => {
    // A state that is not empty proves that the rollout looks in the right place; a new stack beside it is no mistake.
    if (firstDeployment || [plan, ...others].some(hasState)) return [];
    const [first, ...more] = managedChanges(plan).filter(
      ({ type, change }) => type in dataHoldingTypes && change.actions.includes("create"),
    );
    if (!first) return [];
    const alike = more.length;
    return [
      {
        address: first.address,
        message: `would be created from an empty state${alike > 0 ? `, and ${alike} more that hold data or keys` : ""}; if this was deployed before, there would be two of each, and the first ones would be managed by nobody`,
      },
    ];
  },
};

/** Whether anything was in the state that a plan was made from. */
export function hasState(plan: Plan): boolean {
  return (
    lostResources(plan).length > 0 || managedChanges(plan).some(({ change }) => change.actions.join() !== "create")
  );
}
