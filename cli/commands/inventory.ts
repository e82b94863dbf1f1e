import { join } from "node:path";
import {
  type Comparison,
  compareWithStates,
  type Inventory,
  openInventory,
  SimulatorError,
  seed,
  statesIn,
  type Thing,
} from "../../simulator";
import { readState, type State } from "../../terraform";
import { plainTable } from "../plain-table";

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
 * Lists what exists in a simulated cloud, names that are still taken, and what no state knows.
 * @returns the exit code: 1 if only orphans are asked for, and there are some
 * @throws SimulatorError if a file to take in is no state
 */
export function inventory(options: InventoryOptions): number {
  const directory = options.directory ?? join(".evenkeel", "simulated");
  const found = openInventory(directory);
  for (const file of options.seed ?? []) {
    const count = seed(found, stateIn(file), options);
    process.stdout.write(`${file}: ${count} taken in\n`);
  }
  const states = statesIn(directory);
  for (const orphan of options.deleteOrphans ? compareWithStates(found, states).orphans : []) {
    found.remove(orphan);
    process.stdout.write(`${row(orphan).slice(0, 3).join(" ")}: deleted\n`);
  }
  const comparison = compareWithStates(found, states);
  if (!options.orphans) process.stdout.write(`${standing(found, directory)}\n`);
  process.stdout.write(`${differences(comparison)}\n`);
  return options.orphans && comparison.orphans.length > 0 ? 1 : 0;
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

function standing(found: Inventory, directory: string): string {
  const things = found.all();
  const held = found
    .held()
    .map(({ thing, heldUntil }) => [
      ...row(thing).slice(0, 3),
      heldUntil === undefined
        ? "deleted; the name is never free again"
        : `deleted; free ${new Date(heldUntil).toISOString()}`,
    ]);
  if (things.length + held.length === 0) return `Nothing exists in the simulated cloud in ${directory}.`;
  return plainTable(["where", "type", "id", "made by"], [...things.map(row).sort(byText), ...held]);
}

const byText = (a: readonly string[], b: readonly string[]): number => (a.join(" ") < b.join(" ") ? -1 : 1);

function row({ type, place, state, owner }: Thing): string[] {
  const stack = owner?.folder.split(/[\\/]/).pop();
  const by = owner ? [stack, owner.address?.slice(type.length + 1)].filter(Boolean).join(": ") : "";
  return [place.region || "global", type, shortened(String(state.id ?? state.arn ?? "")), by];
}

/** Without the beginning that every ARN and queue URL of a region shares. */
function shortened(id: string): string {
  const name = id.replace(/^arn:[^:]+:[^:]+:[^:]*:\d*:/, "").replace(/^https:\/\/[^/]+\/\d+\//, "");
  return name.length > 60 ? `${name.slice(0, 57)}...` : name;
}

function differences({ orphans, missing }: Comparison): string {
  if (orphans.length + missing.length === 0) return "The states know everything that exists, and nothing else.";
  return [
    ...(orphans.length > 0
      ? ["No state knows:", plainTable(["where", "type", "id", "made by"], orphans.map(row))]
      : []),
    ...(missing.length > 0 ? ["States know, but it does not exist:", ...missing.map((address) => `  ${address}`)] : []),
  ].join("\n");
}
