import type { Gate } from "../../contract/gate";
import { managedChanges, valueAt } from "../../terraform";

/** Nested blocks that hold data of their own, and the attribute that identifies each. */
const dataHoldingBlocks: Readonly<Record<string, Readonly<Record<string, { key: string; holds: string }>>>> = {
  aws_dynamodb_table: {
    replica: { key: "region_name", holds: "a copy of the table" },
    global_secondary_index: { key: "name", holds: "an index that queries read" },
    local_secondary_index: { key: "name", holds: "an index that queries read" },
  },
  aws_secretsmanager_secret: { replica: { key: "region", holds: "a copy of the secret" } },
  aws_ssmincidents_replication_set: { region: { key: "name", holds: "a copy of the incidents" } },
};

/** No in-place update removes a block that holds data. */
export const noNestedDataLoss: Gate = {
  id: "no-nested-data-loss",
  statement: "No in-place update removes a replica or an index.",
  why: "The plan shows it as an update of the resource that contains the block, but the block's data is deleted.",
  howToFix:
    'keep the block; once nothing reads it any more, acknowledge its removal as <address>.<block>["<name>"] under acknowledgedRemovals',
  check: (plan) =>
    managedChanges(plan).flatMap(({ address, type, change }) => {
      if (!change.actions.includes("update")) return [];
      return Object.entries(dataHoldingBlocks[type] ?? {}).flatMap(([block, { key, holds }]) => {
        const kept = new Set(keysOf(change.after, block, key));
        return keysOf(change.before, block, key)
          .filter((name) => !kept.has(name))
          .map((name) => ({
            address,
            message: `its ${block} "${name}" would be removed; it holds ${holds}`,
            removes: `${address}.${block}["${name}"]`,
          }));
      });
    }),
};

function keysOf(values: unknown, block: string, key: string): string[] {
  const blocks = valueAt(values, [block]);
  return Array.isArray(blocks) ? blocks.map((entry) => String(valueAt(entry, [key]))) : [];
}
