import { synthesizedVault } from "../../scripts/vault/environment";
import { translate, translatedTypes } from "../../scripts/vault/translate";
import { temporaryFolder } from "../support/temporary-folder";

describe("The translation of Vault's resources to its API", () => {
  const both = synthesizedVault(temporaryFolder(), {
    server: "vault",
    logins: ["jwt", "iam"],
    auditDevice: true,
  }).vault;

  test("knows every type that is synthesized, and every argument", () => {
    expect(Object.keys(both).sort()).toEqual([...translatedTypes].sort());
    const addresses = Object.entries(both).flatMap(([type, entries]) =>
      Object.keys(entries).map((id) => `${type}.${id}`),
    );
    expect([...new Set(translate(both).map(({ address }) => address))].sort()).toEqual(addresses.sort());
  });

  test("comes in an order in which everything is there that is named", () => {
    const paths = translate(both).map(({ path }) => path);
    expect(paths.indexOf("sys/auth/prod-ledger-jwt")).toBeLessThan(
      paths.indexOf("auth/prod-ledger-jwt/role/prod-ledger"),
    );
    expect(paths.indexOf("sys/mounts/prod-ledger-transit")).toBeLessThan(
      paths.indexOf("prod-ledger-transit/keys/prod-ledger"),
    );
  });

  test("marks what only Vault has: the AWS login, and audit devices by Terraform", () => {
    const only = translate(both).filter(({ vaultOnly }) => vaultOnly);
    expect([...new Set(only.map(({ path }) => path.replace(/(prod-)?(ledger|orders)/g, "*")))].sort()).toEqual([
      "auth/*-aws/config/client",
      "auth/*-aws/role/*",
      "auth/*-aws/role/*-reader",
      "sys/audit/*-audit",
      "sys/auth/*-aws",
    ]);
  });

  test.each([
    [
      "a type",
      { vault_kv_secret: { a: { path: "x" } } },
      "vault_kv_secret.a: the type vault_kv_secret has no translation",
    ],
    [
      "an argument",
      { vault_mount: { a: { path: "x", type: "transit", seal_wrap: true } } },
      "vault_mount.a: seal_wrap has no translation",
    ],
    [
      "a reference to nothing",
      { vault_policy: { a: { name: "x", policy: ["$", "{vault_mount.b.path}"].join("") } } },
      "vault_mount.b has no path",
    ],
  ])("fails for %s that it does not know", (_, resource, message) => {
    expect(() => translate(resource)).toThrow(message);
  });
});
