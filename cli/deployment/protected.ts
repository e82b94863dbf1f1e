import { type Deployable, isAccount } from "../../config";
import type { BaseEnvironment } from "../../contract";
import { UserError } from "../../errors";
import { managedChanges, type Plan, valueAt } from "../../terraform";

/** A resource that AWS itself refuses to delete. */
export interface ProtectedResource {
  readonly stack: string;
  readonly address: string;
  /** What to change: the field of the environment's file, or the argument where no field leads to it. */
  readonly change: string;
}

/** What of an environment can be protected from deletion by a field. */
type Holders = Pick<BaseEnvironment, "tables" | "databases">;

/** The tables and databases of an environment; an account has none. */
export const holdersIn = (deployable: Deployable): Holders =>
  isAccount(deployable) ? { tables: [], databases: [] } : deployable.parse();

/** The arguments that protect from deletion; aws_cognito_user_pool has a text. */
const protections = ["deletion_protection_enabled", "deletion_protection", "termination_protection"];

/**
 * The resources that a plan would destroy and that are protected as they stand, each with what to change first.
 * @param environment parses the environment's file, when there is something to look up in it
 */
export function protectedResources(stack: string, plan: Plan, environment: () => Holders): ProtectedResource[] {
  return managedChanges(plan)
    .filter(({ change }) => change.actions.includes("delete"))
    .flatMap(({ address, type, change }) => {
      const argument = protections.find((name) => [true, "ACTIVE"].includes(valueAt(change.before, [name]) as string));
      return argument ? [{ stack, address, change: fieldFor(type, address, argument, environment()) }] : [];
    });
}

/** Addresses begin with the name of the table or database that they are part of. */
function fieldFor(type: string, address: string, argument: string, { tables, databases }: Holders): string {
  const owner = address.slice(type.length + 1);
  const isPartOf = ({ name }: { readonly name: string }) => owner === name || owner.startsWith(`${name}_`);
  const table = type.startsWith("aws_dynamodb_") ? tables.findIndex(isPartOf) : -1;
  if (table >= 0) return field(`tables[${table}].deletionProtection`, tables[table]?.deletionProtection);
  const database = type.startsWith("aws_rds_") ? databases.findIndex(isPartOf) : -1;
  if (database >= 0) {
    return field(`databases[${database}].cluster.deletionProtection`, databases[database]?.cluster.deletionProtection);
  }
  return `${argument} of ${address}`;
}

function field(path: string, value: boolean | undefined): string {
  return value ? `${path}: false` : `${path}: false is in the file, but not deployed yet`;
}

/** A removal is acknowledged, but AWS would refuse it. */
export class StillProtectedError extends UserError {
  override readonly name = "StillProtectedError";

  constructor(stack: string, resources: readonly ProtectedResource[]) {
    super(
      [
        `${stack}: AWS deletes nothing with deletion protection. Nothing of this stack was changed.`,
        ...resources.map(({ address }) => `  ${address}`),
        "Restore what is removed, switch its protection off in a deployment of its own, and remove it in the next one:",
        ...new Set(resources.map(({ change }) => `  ${change}`)),
      ].join("\n"),
    );
  }
}

/** @throws StillProtectedError if a plan would delete what is protected, which AWS would refuse halfway through its apply */
export function checkDeletable(environment: Deployable, stack: string, plan: Plan): void {
  const { regions } = environment.leaving;
  const resources = protectedResources(stack, plan, () => holdersIn(environment)).map((one) => {
    const region = regions.find((leaving) => one.address.includes(leaving));
    return region ? { ...one, change: `regions.standby: name ${region} there as well as under regions.leaving` } : one;
  });
  if (resources.length > 0) throw new StillProtectedError(stack, resources);
}
