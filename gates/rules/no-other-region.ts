import type { Gate } from "../../contract/gate";
import { lostResources, managedChanges } from "../../terraform";
import { arnScope, providerScope } from "../plan-regions";

/** Everything that exists is looked for in the region and account where it is. */
export const noOtherRegion: Gate = {
  id: "no-other-region",
  statement: "Everything that exists is in the region and the account that its provider is set to.",
  why: "A provider of another region or account does not find it. Terraform then creates a second one there, and leaves the first one behind without an owner.",
  howToFix:
    "restore the region and the account of the provider; to move something, create it in the new place under another address, and acknowledge the removal of this one later",
  check: (plan) => {
    const lost = new Map(lostResources(plan).map((one) => [one.address, one.change.before]));
    return managedChanges(plan).flatMap(({ address, previous_address: previous, change }) => {
      const is = arnScope(change.before ?? lost.get(previous ?? address) ?? lost.get(address));
      const lookedFor = providerScope(plan, address);
      const differing = (["region", "account"] as const).filter(
        (part) => is[part] !== undefined && lookedFor[part] !== undefined && is[part] !== lookedFor[part],
      );
      if (differing.length === 0) return [];
      const places = differing.map((part) => `is in ${part} ${is[part]}, but its provider looks in ${lookedFor[part]}`);
      return [{ address, message: places.join(", and "), removes: address }];
    });
  },
};
