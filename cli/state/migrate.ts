import { existsSync, readFileSync, renameSync } from "node:fs";
import { UserError } from "../../errors";
import { type Json, objectOf, type TerraformStack } from "../../terraform";

/** A state cannot be moved into the bucket. */
export class MigrationError extends UserError {
  override readonly name = "MigrationError";
}

/** What became of a state. */
export interface Migrated {
  /** 0 where there is none. */
  readonly serial: number;
  readonly was: "moved" | "there" | "none";
}

/**
 * Moves a local state into the bucket that its stack is configured for, unless it is there already.
 * @param file path of the local state, which is called `.migrated` afterwards
 * @throws MigrationError where another state is there
 */
export async function migrated(terraform: TerraformStack, file: string): Promise<Migrated> {
  const there: Json = await terraform.state();
  if (!existsSync(file))
    return { serial: Number(there.serial ?? 0), was: there.lineage === undefined ? "none" : "there" };
  const local = objectOf(JSON.parse(readFileSync(file, "utf8")));
  const serial = Number(local.serial ?? 0);
  if (there.lineage !== undefined && (there.lineage !== local.lineage || Number(there.serial) < serial))
    throw new MigrationError(
      `${terraform.name}: the bucket has another state already: serial ${there.serial} of lineage ${there.lineage}, and ${file} is serial ${serial} of lineage ${local.lineage}. Nothing was changed; find out which one is right, and move the other one away.`,
    );
  const was = there.lineage === undefined ? "moved" : "there";
  if (was === "moved") await terraform.push(file);
  // Kept, but no longer taken for the state of the stack.
  renameSync(file, `${file}.migrated`);
  return { serial, was };
}
