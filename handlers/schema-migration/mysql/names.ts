import { MigrationError } from "../migration-error.js";

const safeName = /^[A-Za-z_$][\w$]{0,63}$/;

/** A name in backticks. @throws MigrationError if it is none that needs no quoting */
export function quoted(name: string): string {
  if (safeName.test(name)) return `\`${name}\``;
  throw new MigrationError(
    "a user, role, database or table has a name that would need quoting",
    "use up to 64 letters, digits and underscores, not starting with a digit",
  );
}

/** Names of databases may have hyphens. In a grant, `_` and `%` would stand for any character. */
export const databaseInGrant = (name: string): string =>
  `\`${name.replaceAll("`", "``").replaceAll("\\", "\\\\").replaceAll("_", "\\_").replaceAll("%", "\\%")}\``;

/** The parts of `levels`, `stock.levels` or, with an index, `stock.levels.by_sku`. */
export const partsOf = (name: string, database: string, most: number): readonly string[] => {
  const parts = name.split(".");
  return parts.length < most ? [database, ...parts] : parts;
};
