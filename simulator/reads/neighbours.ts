import type { Inventory } from "../inventory/inventory";
import type { Place, Thing } from "../inventory/thing";
import type { ObjectValue } from "../protocol/values";

/** The other resources in the cloud that a read looks at, as they were last applied or read. */
export interface Neighbours {
  /** Those of a type in the same account and region. */
  of(typeName: string): readonly ObjectValue[];
  /** Those of a type in every region of the account. */
  everywhere(typeName: string): readonly ObjectValue[];
  /** Those of a type that existed in the account and were deleted. */
  deleted(typeName: string): readonly ObjectValue[];
}

/** A cloud in which a resource is alone. */
export const alone: Neighbours = { of: () => [], everywhere: () => [], deleted: () => [] };

/** What a resource in this place has around it. */
export function neighboursIn(inventory: Inventory, place: Place): Neighbours {
  const states = (things: readonly Thing[]): ObjectValue[] => things.map(({ state }) => state);
  return {
    of: (typeName) => states(inventory.of(typeName, place)),
    everywhere: (typeName) => states(inventory.everywhere(typeName, place)),
    deleted: (typeName) => states(inventory.seenDeletedOf(typeName, place)),
  };
}
