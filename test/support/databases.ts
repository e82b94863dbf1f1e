import type { EnvironmentInput } from "../../config";

type Database = NonNullable<EnvironmentInput["databases"]>[number];

/** The database of an environment that is called so, alone in a list. @throws Error if there is none */
function named(name: string, { databases = [] }: Pick<EnvironmentInput, "databases">): readonly [Database] {
  const found = databases.find((database) => database.name === name);
  if (!found) throw new Error(`there is no database ${name}`);
  return [found];
}

/** Prod's database of Aurora PostgreSQL, for what the other engine does not have. */
export const ledgerOf = (input: Pick<EnvironmentInput, "databases">): readonly [Database] => named("ledger", input);

/** Prod's database of Aurora MySQL. */
export const stockOf = (input: Pick<EnvironmentInput, "databases">): readonly [Database] => named("stock", input);
