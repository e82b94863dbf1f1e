import { createHash } from "node:crypto";
import type { SchemaObject } from "./migration.js";
import { partsOf, quoted } from "./names.js";
import type { Session } from "./session.js";

/** `SHOW CREATE` of something that is not there. */
const absent = new Set([1049, 1146, 1305, 1360]);

const shown: Readonly<Record<SchemaObject["kind"], readonly [statement: string, columns: readonly string[]]>> = {
  table: ["TABLE", ["Create Table", "Create View"]],
  trigger: ["TRIGGER", ["SQL Original Statement"]],
  function: ["FUNCTION", ["Create Function"]],
  procedure: ["PROCEDURE", ["Create Procedure"]],
};

/**
 * One text for how objects are defined now: a statement that commits by itself has changed it, or has not run. The next value of
 * AUTO_INCREMENT, which rows change, is no part of it.
 * @see https://dev.mysql.com/doc/refman/8.0/en/atomic-ddl.html
 */
export async function definitionOf(session: Session, objects: readonly SchemaObject[]): Promise<string> {
  const hash = createHash("sha256");
  for (const { kind, name } of objects) {
    const [statement, columns] = shown[kind];
    const path = partsOf(name, session.database, 2).map(quoted).join(".");
    let text = "";
    try {
      const [row] = await session.query(`SHOW CREATE ${statement} ${path}`);
      text = columns
        .map((column) => String(row?.[column] ?? ""))
        .join("")
        .replace(/ AUTO_INCREMENT=\d+/, "");
    } catch (error) {
      if (!absent.has((error as { errno?: number }).errno ?? 0)) throw error;
    }
    hash.update(`${kind} ${name}\n${text}\n`);
  }
  return hash.digest("hex");
}
