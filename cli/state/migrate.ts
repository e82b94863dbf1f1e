import { existsSync, readFileSync, renameSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
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
  // Where there is no object, Terraform makes up a state without a lineage.
  const isThere = Boolean(there.lineage);
  if (!existsSync(file)) return { serial: Number(there.serial ?? 0), was: isThere ? "there" : "none" };
  const local = objectOf(JSON.parse(readFileSync(file, "utf8")));
  const serial = Number(local.serial ?? 0);
  // Terraform gives what it stores in an empty place a lineage of its own, so that only the content tells.
  const isSame = (["resources", "outputs"] as const).every((part) => isDeepStrictEqual(there[part], local[part]));
  if (isThere && !isSame)
    throw new MigrationError(
      `${terraform.name}: the bucket has another state already: serial ${there.serial} of lineage ${there.lineage}, and ${file} is serial ${serial} of lineage ${local.lineage}. Nothing was changed; find out which one is right, and move the other one away.`,
    );
  const was = isThere ? "there" : "moved";
  if (was === "moved") await terraform.push(file);
  // Kept, but no longer taken for the state of the stack.
  renameSync(file, `${file}.migrated`);
  return { serial, was };
}
