import type { Gate } from "../../contract/gate";
import { lostResources, managedChanges } from "../../terraform";
import { arnScope, providerScope } from "../plan-regions";

/** Nothing that holds data or keys is created anew because it was not found. */
export const noRecreation: Gate = {
  id: "no-recreation",
  statement: "Nothing that holds data or keys is created anew because it is no longer found.",
  why: "Terraform forgets what its provider does not find, and plans a new and empty one. With another region or account it looks in the wrong place, and what holds the data is managed by nobody.",
  howToFix:
    "restore the region and the account of the provider; if the resource was really deleted, restore it from a backup, or name the address under acknowledgedRemovals to begin empty",
  check: (plan, { dataHoldingTypes }) => {
    const lost = new Map(lostResources(plan).map((one) => [one.address, one]));
    return managedChanges(plan).flatMap((change) => {
      const { address, type } = change;
      const before = lost.get(change.previous_address ?? address) ?? lost.get(address);
      const holds = dataHoldingTypes[type];
      if (!holds || !before || !change.change.actions.includes("create")) return [];
      const [to, from] = [providerScope(plan, address).region, arnScope(before.change.before).region].map(inRegion);
      const message = `would be created new and empty${to}; what the state knows${from} is no longer found; it holds ${holds}`;
      return [{ address, message, removes: address }];
    });
  },
};

const inRegion = (region: string | undefined): string => (region === undefined ? "" : ` in ${region}`);
