import type { Gate } from "../../contract/gate";
import { managedChanges, valueAt } from "../../terraform";

interface Block {
  /** The argument that identifies one of several. */
  readonly key: string;
  readonly holds: string;
  /** The arguments whose change makes the provider delete it and create it again. */
  readonly fixed?: readonly string[];
}

const index: Block = {
  key: "name",
  holds: "an index that queries read",
  fixed: ["hash_key", "range_key", "projection_type", "non_key_attributes"],
};

/** Nested blocks that hold data of their own. */
const dataHoldingBlocks: Readonly<Record<string, Readonly<Record<string, Block>>>> = {
  aws_dynamodb_table: {
    replica: { key: "region_name", holds: "a copy of the table", fixed: ["kms_key_arn"] },
    global_secondary_index: index,
    local_secondary_index: index,
  },
  aws_secretsmanager_secret: { replica: { key: "region", holds: "a copy of the secret" } },
  aws_ssmincidents_replication_set: { region: { key: "name", holds: "a copy of the incidents" } },
};

/** No in-place update removes a block that holds data. */
export const noNestedDataLoss: Gate = {
  id: "no-nested-data-loss",
  statement: "No in-place update removes or rebuilds a replica or an index.",
  why: "The plan shows it as an update of the resource that contains the block, but the block's data is deleted.",
  howToFix:
    'keep the block; for an index with other keys, add one with another name, and remove this one once nothing reads it; then acknowledge it as <address>.<block>["<name>"] under acknowledgedRemovals',
  check: (plan) =>
    managedChanges(plan).flatMap(({ address, type, change }) => {
      if (!change.actions.includes("update")) return [];
      return Object.entries(dataHoldingBlocks[type] ?? {}).flatMap(([block, { key, holds, fixed = [] }]) => {
        const kept = blocksOf(change.after, block, key);
        return [...blocksOf(change.before, block, key)].flatMap(([name, before]) => {
          const found = (what: string) => [{ address, message: what, removes: `${address}.${block}["${name}"]` }];
          const after = kept.get(name);
          if (after === undefined) return found(`its ${block} "${name}" would be removed; it holds ${holds}`);
          const changed = fixed.filter((argument) =>
            isChanged(valueAt(before, [argument]), valueAt(after, [argument])),
          );
          if (changed.length === 0) return [];
          return found(
            `its ${block} "${name}" would be deleted and built anew because ${changed.join(", ")} changes; it holds ${holds}`,
          );
        });
      });
    }),
};

function blocksOf(values: unknown, block: string, key: string): Map<string, unknown> {
  const blocks = valueAt(values, [block]);
  return new Map(Array.isArray(blocks) ? blocks.map((entry) => [String(valueAt(entry, [key])), entry]) : []);
}

/** Nothing, an empty text and an empty list are the same. A value that is not known yet may be the same. */
function isChanged(before: unknown, after: unknown): boolean {
  const text = (value: unknown) => JSON.stringify(Array.isArray(value) ? [...value].sort() : (value ?? ""));
  const isNothing = (value: unknown) => value === undefined || value === null || text(value) === "[]" || value === "";
  return isNothing(before) || isNothing(after) ? isNothing(before) !== isNothing(after) : text(before) !== text(after);
}
