import { join } from "node:path";
import { compareWithStates, openInventory, SimulatorError, seed, statesIn, type Thing } from "../../simulator";
import { readState, type State } from "../../terraform";
import type { DocumentData, Outcome } from "../document";
import { inventoryDocument } from "../documents/inventory";

export interface InventoryOptions {
  /** Folder of the simulated cloud. */
  readonly directory?: string;
  readonly orphans?: boolean;
  /** Deletes what no state knows, such as what a killed Terraform made and did not write down. */
  readonly deleteOrphans?: boolean;
  /** Files with copies of states. */
  readonly seed?: readonly string[];
  readonly region?: string;
  readonly account?: string;
}

/**
 * What exists in a simulated cloud, names that are still taken, and what no state knows.
 * @returns exit code 1 if only orphans are asked for, and there are some
 * @throws SimulatorError if a file to take in is no state
 */
export function inventory(options: InventoryOptions): Outcome {
  const directory = options.directory ?? join(".evenkeel", "simulated");
  const found = openInventory(directory);
  const seeded = (options.seed ?? []).map((file) => ({ file, takenIn: seed(found, stateIn(file), options) }));
  const states = statesIn(directory);
  const deleted = options.deleteOrphans ? compareWithStates(found, states).orphans : [];
  for (const orphan of deleted) found.remove(orphan);
  const { orphans, missing } = compareWithStates(found, states);
  const data = {
    directory,
    seeded,
    deleted: deleted.map(described),
    existing: options.orphans ? null : found.all().map(described),
    held: options.orphans
      ? null
      : found.held().map(({ thing, heldUntil }) => ({ ...described(thing), heldUntil: asDate(heldUntil) })),
    orphans: orphans.map(described),
    missing: [...missing],
  };
  return inventoryDocument.outcome(data, options.orphans && orphans.length > 0 ? 1 : 0);
}

const asDate = (time: number | undefined): string | null => (time === undefined ? null : new Date(time).toISOString());

function described({ type, place, state, owner }: Thing): DocumentData<typeof inventoryDocument>["orphans"][number] {
  return {
    region: place.region || null,
    type,
    id: String(state.id ?? state.arn ?? ""),
    stack: owner?.folder.split(/[\\/]/).pop() || null,
    name: owner?.address?.slice(type.length + 1) || null,
  };
}

function stateIn(file: string): State {
  try {
    const state = readState(file);
    if (Array.isArray(state.resources)) return state;
  } catch {
    // Told below, as for a file that has something else in it.
  }
  throw new SimulatorError(`${file}: is not a Terraform state; write one with "terraform state pull > ${file}".`);
}
