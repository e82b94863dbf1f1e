import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkVaultDatabaseRole, type VaultDatabaseRoleConfig } from "../../../modules/vault-database-role";
import { role } from "./example";

/** The problems of the example once it has been changed. */
function problemsOf(change: Partial<VaultDatabaseRoleConfig>): string[] {
  const problems: string[] = [];
  checkVaultDatabaseRole({ ...role(), ...change }, (path, message) => problems.push(`${path.join(".")}: ${message}`));
  return problems;
}

describe("A role of Vault's database engine", () => {
  test("makes logins for an hour, and a day at most", () => {
    expect(role()).toMatchObject({ defaultTtlSeconds: 3_600, maxTtlSeconds: 86_400 });
    expect(problemsOf({})).toEqual([]);
  });

  test.each(["{{name}}", "{{password}}", "{{expiration}}"])("is refused without %s in its statements", (part) => {
    const creationStatements = role().creationStatements.map((statement) => statement.replace(part, "x"));
    expect(problemsOf({ creationStatements })).toEqual([
      `creationStatements: does not contain ${part}; add it, so that Vault can fill it in`,
    ]);
  });

  test("is refused when a login lives longer than its longest life", () => {
    expect(problemsOf({ defaultTtlSeconds: 600, maxTtlSeconds: 300 })).toEqual([
      "defaultTtlSeconds: is above maxTtlSeconds, 300; use at most that value",
    ]);
  });

  test("has an example in its README that is compiled", () => {
    const folder = join(__dirname, "..", "..", "..", "modules", "vault-database-role");
    const example = readFileSync(join(__dirname, "example.ts"), "utf8");
    expect(readFileSync(join(folder, "README.md"), "utf8")).toContain(
      example.slice(example.indexOf("export function")).trim(),
    );
  });
});
