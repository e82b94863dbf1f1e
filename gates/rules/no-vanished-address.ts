import type { Gate } from "../../contract/gate";
import { managedChanges, type ResourceChange } from "../../terraform";

/** No resource that exists is missing from the configuration, unless a `moved` block says where it went. */
export const noVanishedAddress: Gate = {
  id: "no-vanished-address",
  statement: "Every resource that exists is still in the configuration, at its address or where a moved block leads.",
  why: "Terraform destroys what it finds at no address: a renamed resource is destroyed and made anew.",
  howToFix:
    "give the construct its old id back, or move it: moveFromId() in cdktf, a moved block in HCL; remove a resource in a change of its own",
  check: (plan) =>
    managedChanges(plan)
      .filter((change) => change.deposed === undefined && hasVanished(change))
      .map((change) => ({ address: change.address, message: messageOf(change) })),
};

/** Of a destroy plan (no reason given) and of replacements nothing has vanished: they are still configured. */
function hasVanished({ change, action_reason: reason }: ResourceChange): boolean {
  if (change.actions.includes("create")) return false;
  return (
    change.actions.includes("forget") ||
    (change.actions.includes("delete") && reason !== undefined && reason in reasons)
  );
}

/** @see https://developer.hashicorp.com/terraform/internals/json-format#plan-representation */
const reasons: Readonly<Record<string, string>> = {
  delete_because_no_resource_config: "is not in the configuration any more",
  delete_because_no_module: "is in a module that is not in the configuration any more",
  delete_because_no_move_target: "was moved to an address that is not in the configuration",
  delete_because_wrong_repetition: "uses count or for_each, the configuration does not, or the other way round",
  delete_because_count_index: "has an index beyond count",
  delete_because_each_key: "has a key that for_each does not have any more",
};

function messageOf({ change, action_reason: reason, previous_address: previous }: ResourceChange): string {
  const from = previous ? ` (moved here from ${previous})` : "";
  if (change.actions.includes("forget")) return `would be dropped from the state${from}`;
  return `${reasons[reason ?? ""]}${from}, so it would be destroyed`;
}
