import type { Gate } from "../../contract/gate";
import { managedChanges, type ResourceChange } from "../../terraform";

/** No resource that exists is missing from the configuration, unless a `moved` block says where it went. */
export const noVanishedAddress: Gate = {
  id: "no-vanished-address",
  statement: "Every resource that exists is still in the configuration, at its address or where a moved block points.",
  why: "Terraform destroys what is no longer in the configuration: a renamed resource is destroyed and created again.",
  howToFix:
    "restore the construct's old id, or move the resource with evenkeel move, moveFromId() in cdktf or a moved block in HCL; if it is meant to go, name the address under acknowledgedRemovals of the environment",
  check: (plan) =>
    managedChanges(plan)
      .filter((change) => change.deposed === undefined && hasVanished(change))
      .map((change) => ({ address: change.address, message: messageOf(change), removes: change.address })),
};

/** Destroy plans (which give no reason) and replacements do not count: those resources are still in the configuration. */
function hasVanished({ change, action_reason: reason }: ResourceChange): boolean {
  if (change.actions.includes("create")) return false;
  return (
    change.actions.includes("forget") ||
    (change.actions.includes("delete") && reason !== undefined && reason in reasons)
  );
}

/** @see https://developer.hashicorp.com/terraform/internals/json-format#plan-representation */
const reasons: Readonly<Record<string, string>> = {
  delete_because_no_resource_config: "is no longer in the configuration",
  delete_because_no_module: "is in a module that is no longer in the configuration",
  delete_because_no_move_target: "was moved to an address that is not in the configuration",
  delete_because_wrong_repetition: "disagrees with the configuration about count or for_each",
  delete_because_count_index: "has an index beyond count",
  delete_because_each_key: "has a key that for_each no longer has",
};

function messageOf({ change, action_reason: reason, previous_address: previous }: ResourceChange): string {
  const from = previous ? ` (moved here from ${previous})` : "";
  if (change.actions.includes("forget")) return `would be dropped from the state${from}`;
  return `${reasons[reason ?? ""]}${from} and would be destroyed`;
}
