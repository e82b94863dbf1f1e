import { canonical } from "../fill/random";
import type { ObjectValue } from "../protocol/values";
import type { Scope } from "../provider/configuration";

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

interface Entry {
  region: string;
  account: string;
  state: ObjectValue;
}

/** The resources that were applied or read since the simulated cloud started. */
export class KnownResources {
  private readonly present = new Map<string, Map<string, Entry>>();
  private readonly gone = new Map<string, Map<string, Entry>>();

  add(typeName: string, { region, account }: Scope, state: ObjectValue): void {
    const key = placeOf(region, account, state);
    entriesOf(this.present, typeName).set(key, { region, account, state });
  }

  delete(typeName: string, { region, account }: Scope, state: ObjectValue): void {
    const key = placeOf(region, account, state);
    entriesOf(this.present, typeName).delete(key);
    entriesOf(this.gone, typeName).set(key, { region, account, state });
  }

  /** What a resource of this account and region has around it. */
  around({ region, account }: Scope): Neighbours {
    const select = (entries: Map<string, Map<string, Entry>>, typeName: string, here: boolean): ObjectValue[] =>
      [...(entries.get(typeName)?.values() ?? [])]
        .filter((entry) => entry.account === account && (!here || entry.region === region))
        .map(({ state }) => state);
    return {
      of: (typeName) => select(this.present, typeName, true),
      everywhere: (typeName) => select(this.present, typeName, false),
      deleted: (typeName) => select(this.gone, typeName, false),
    };
  }
}

function placeOf(region: string, account: string, state: ObjectValue): string {
  return [account, region, canonical([state.id, state.arn])].join(" ");
}

function entriesOf(entries: Map<string, Map<string, Entry>>, typeName: string): Map<string, Entry> {
  const known = entries.get(typeName) ?? new Map<string, Entry>();
  entries.set(typeName, known);
  return known;
}
