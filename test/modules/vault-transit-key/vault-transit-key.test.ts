import { readFileSync } from "node:fs";
import { join } from "node:path";
import { VaultProvider } from "@cdktf/provider-vault/lib/provider";
import { Testing } from "cdktf";
import { DeploymentStack } from "../../../modules/core";
import {
  VaultTransitKey,
  type VaultTransitKeyInput,
  type VaultTransitKeyProps,
} from "../../../modules/vault-transit-key";
import { ref, synth, testApp } from "../../support/synth";
import { build as example } from "./example";

const principal = "arn:aws:iam::123456789012:role/test-orders-eu-west-1";
const login = { principals: [principal] };
const database = {
  connection: "orders",
  creationStatements: [`CREATE ROLE "{{name}}" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}'`],
};

function key(stack: DeploymentStack, props: Partial<VaultTransitKeyProps> = {}): VaultTransitKey {
  return new VaultTransitKey(stack, "orders", {
    config: { login },
    name: "test-orders",
    provider: new VaultProvider(stack, "vault", { address: "https://vault.example.com:8200" }),
    serverId: "vault.example.com",
    auditDevice: true,
    ...props,
  });
}

const full: Partial<VaultTransitKeyProps> = { config: { login, database }, databaseMount: "postgres" };
const at = (address: string, props: Partial<VaultTransitKeyProps> = full) =>
  synth((stack) => key(stack, props)).at(address);

describe("VaultTransitKey", () => {
  test("rotates by itself, and can be neither deleted nor taken out of Vault", () => {
    expect(at("vault_transit_secret_backend_key.orders_key")).toMatchObject({
      backend: ref("vault_mount.orders_transit.path"),
      name: "test-orders",
      type: "aes256-gcm96",
      auto_rotate_period: 90 * 86_400,
      deletion_allowed: false,
      exportable: false,
      allow_plaintext_backup: false,
      derived: true,
      min_decryption_version: 1,
    });
  });

  test("raises the oldest version that decrypts with a reason", () => {
    const config = { login, minDecryptionVersion: 3, minDecryptionVersionReason: "rewrapped all orders on 1 March" };
    const address = "vault_transit_secret_backend_key.orders_key";
    expect(at(address, { config }).min_decryption_version).toBe(3);
  });

  test("makes database logins that end", () => {
    expect(at("vault_database_secret_backend_role.orders_database")).toMatchObject({
      backend: "postgres",
      db_name: "orders",
      default_ttl: 3_600,
      max_ttl: 86_400,
    });
  });

  test("lets only the named roles log in, by requests signed for this Vault and their own region", () => {
    expect(at("vault_aws_auth_backend_role.orders_login-role")).toMatchObject({
      auth_type: "iam",
      bound_iam_principal_arns: [principal],
      token_policies: [ref("vault_policy.orders_policy.name")],
      token_ttl: 3_600,
      token_max_ttl: 86_400,
    });
    expect(at("vault_aws_auth_backend_client.orders_login-client")).toMatchObject({
      iam_server_id_header_value: "vault.example.com",
      use_sts_region_from_client: true,
    });
  });

  test("lets the named roles log in by identity tokens, beside signed requests or in their place", () => {
    const issuer = "https://abc123-def456.tokens.sts.global.api.aws";
    const reader = principal.replace("orders", "storefront");
    const tokens = { ...login, readers: [reader], methods: ["jwt" as const], identityTokens: { issuer } };
    const { addresses, at: resource } = synth((stack) => key(stack, { config: { login: tokens }, auditDevice: false }));
    expect(addresses).toEqual([
      "vault_jwt_auth_backend.orders_jwt-login",
      "vault_jwt_auth_backend_role.orders_jwt-login-role",
      "vault_jwt_auth_backend_role.orders_jwt-reader-role",
      "vault_mount.orders_transit",
      "vault_policy.orders_policy",
      "vault_policy.orders_reader-policy",
      "vault_transit_secret_backend_key.orders_key",
    ]);
    expect(resource("vault_jwt_auth_backend_role.orders_jwt-reader-role")).toMatchObject({
      backend: ref("vault_jwt_auth_backend.orders_jwt-login.path"),
      role_name: "test-orders-reader",
      bound_audiences: ["vault.example.com"],
      bound_claims: { sub: reader },
      token_policies: [ref("vault_policy.orders_reader-policy.name")],
      token_ttl: 3_600,
    });
    const both = { ...tokens, methods: ["jwt" as const, "iam" as const] };
    expect(synth((stack) => key(stack, { config: { login: both } })).addresses).toEqual(
      expect.arrayContaining(["vault_auth_backend.orders_login", "vault_jwt_auth_backend.orders_jwt-login"]),
    );
  });

  test("lets readers decrypt, as a role of their own", () => {
    const reader = principal.replace("orders", "storefront");
    const config = { login: { principals: [principal], readers: [reader] } };
    expect(at("vault_aws_auth_backend_role.orders_reader-role", { config })).toMatchObject({
      role: "test-orders-reader",
      bound_iam_principal_arns: [reader],
      token_policies: [ref("vault_policy.orders_reader-policy.name")],
    });
    expect(at("vault_policy.orders_reader-policy", { config }).policy).toBe(
      'path "test-orders-transit/decrypt/test-orders" { capabilities = ["update"] }',
    );
  });

  test.each([
    ["is a principal too", { principals: [principal], readers: [principal] }],
    ["is named twice", { principals: [principal], readers: [`${principal}-2`, `${principal}-2`] }],
  ])("refuses a reader that %s", (_, wrong) => {
    expect(() => synth((stack) => key(stack, { config: { login: wrong } }))).toThrow(
      "is already listed here or in principals; remove the duplicate",
    );
  });

  test("allows three verbs of one key, and the one database role", () => {
    expect((at("vault_policy.orders_policy").policy as string).split("\n")).toEqual([
      'path "test-orders-transit/encrypt/test-orders" { capabilities = ["update"] }',
      'path "test-orders-transit/decrypt/test-orders" { capabilities = ["update"] }',
      'path "test-orders-transit/rewrap/test-orders" { capabilities = ["update"] }',
      'path "postgres/creds/test-orders" { capabilities = ["read"] }',
    ]);
  });

  test("has the audit device, with hashed values, before anything that it records", () => {
    expect(at("vault_audit.orders_audit")).toMatchObject({
      type: "file",
      options: { file_path: "stdout", log_raw: "false" },
    });
    for (const address of ["vault_mount.orders_transit", "vault_auth_backend.orders_login"]) {
      expect(at(address).depends_on).toEqual(["vault_audit.orders_audit"]);
    }
  });

  test("makes no second audit device", () => {
    const { addresses } = synth((stack) => key(stack, { auditDevice: false }));
    expect(addresses).not.toContain("vault_audit.orders_audit");
  });

  test("keeps its addresses", () => {
    expect(synth((stack) => key(stack, full)).addresses).toEqual([
      "vault_audit.orders_audit",
      "vault_auth_backend.orders_login",
      "vault_aws_auth_backend_client.orders_login-client",
      "vault_aws_auth_backend_role.orders_login-role",
      "vault_database_secret_backend_role.orders_database",
      "vault_mount.orders_transit",
      "vault_policy.orders_policy",
      "vault_transit_secret_backend_key.orders_key",
    ]);
  });

  test("makes no key for database logins alone, whose address stays free for one", () => {
    const { addresses, at: resource } = synth((stack) =>
      key(stack, { config: { login, database, encrypts: false }, databaseMount: "postgres" }),
    );
    expect(addresses).toEqual([
      "vault_audit.orders_audit",
      "vault_auth_backend.orders_login",
      "vault_aws_auth_backend_client.orders_login-client",
      "vault_aws_auth_backend_role.orders_login-role",
      "vault_database_secret_backend_role.orders_database",
      "vault_policy.orders_policy",
    ]);
    expect(resource("vault_policy.orders_policy").policy).toBe(
      'path "postgres/creds/test-orders" { capabilities = ["read"] }',
    );
  });

  test("pins the provider, and holds no token", () => {
    const stack = new DeploymentStack(testApp(), "test", { regions: ["eu-west-1"], account: "1", tags: {} });
    key(stack);
    const json = Testing.synth(stack);
    expect(JSON.parse(json).terraform.required_providers.vault).toEqual({
      source: "hashicorp/vault",
      version: "5.6.0",
    });
    expect(json).not.toMatch(/"token"|secret_key|access_key/);
  });

  describe("refuses", () => {
    const configs: [string, object, string][] = [
      ["no rotation", { login, autoRotateDays: 0 }, "autoRotateDays: is too small; use at least 1 (received 0)"],
      ["that the key be deleted", { login, deletionAllowed: true }, "deletionAllowed: unknown field"],
      ["no login", {}, "login: is required; add an object"],
      [
        "to make messages unreadable without a reason",
        { login, minDecryptionVersion: 2 },
        "minDecryptionVersion: makes data unreadable that older versions encrypted; rewrap that data first, then give the reason in minDecryptionVersionReason",
      ],
      [
        "to encrypt with what does not decrypt",
        { login, minDecryptionVersion: 3, minEncryptionVersion: 2, minDecryptionVersionReason: "all rewrapped" },
        "minEncryptionVersion: is below minDecryptionVersion, 3; use at least that value, or 0",
      ],
      [
        "a wildcard among the principals",
        { login: { principals: ["arn:aws:iam::123456789012:role/*"] } },
        "login.principals[0]: is not the ARN of an IAM role; write arn:aws:iam::<account>:role/<name>, without wildcards",
      ],
      [
        "a principal named twice",
        { login: { principals: [principal, principal] } },
        "login.principals: lists a role twice; remove the duplicate",
      ],
      ["no method", { login: { ...login, methods: [] } }, "login.methods: is too small; use at least 1 entry"],
      ["a method twice", { login: { ...login, methods: ["iam", "iam"] } }, "login.methods: lists a method twice"],
      [
        "identity tokens without their issuer",
        { login: { ...login, methods: ["jwt"] } },
        "login.identityTokens: is required for jwt; set issuer to that of the account's identity tokens",
      ],
      [
        "an issuer of tokens that nobody logs in with",
        { login: { ...login, identityTokens: { issuer: "https://a.tokens.sts.global.api.aws" } } },
        "login.identityTokens: has no effect without jwt; remove it, or add jwt to methods",
      ],
      [
        "a role with a comma, at which the provider would split it",
        {
          login: {
            principals: [`${principal},x`],
            methods: ["jwt"],
            identityTokens: { issuer: "https://a.tokens.sts.global.api.aws" },
          },
        },
        "login.principals[0]: contains a comma, at which the Vault provider splits the values of a claim; give the role another name",
      ],
      [
        "a token that lives longer than its longest life",
        { login: { ...login, tokenTtlSeconds: 7200, tokenMaxTtlSeconds: 3600 } },
        "login.tokenTtlSeconds: is above tokenMaxTtlSeconds, 3600; use at most that value",
      ],
      [
        "a database login that lives longer than its longest life",
        { login, database: { ...database, defaultTtlSeconds: 7200, maxTtlSeconds: 3600 } },
        "database.defaultTtlSeconds: is above maxTtlSeconds, 3600; use at most that value",
      ],
      [
        "the root login of a database, which its administrators rotate",
        { login, database: { ...database, rootPassword: "hunter2" } },
        "database.rootPassword: unknown field",
      ],
      [
        "a login for nothing",
        { login, encrypts: false },
        "encrypts: is false and there is no database, so there is nothing to log in for; set it to true, or add database",
      ],
      [
        "readers without a key",
        { login: { ...login, readers: [`${principal}-2`] }, database, encrypts: false },
        "login.readers: has no effect without a key, but encrypts is false; remove it, or set encrypts to true",
      ],
      [
        "database users that outlive their lease",
        { login, database: { ...database, creationStatements: ["CREATE ROLE {{name}} PASSWORD '{{password}}'"] } },
        "database.creationStatements: does not contain {{expiration}}; add it, so that Vault can fill it in",
      ],
    ];
    test.each(configs)("%s", (_, config, message) => {
      const build = () => synth((stack) => key(stack, { ...full, config: config as VaultTransitKeyInput }));
      expect(build).toThrow(message);
    });

    const props: [string, Partial<VaultTransitKeyProps>, string][] = [
      [
        "a name that is no path",
        { name: "test/orders" },
        'test/orders: "test/orders" is not a valid Vault name; use kebab-case',
      ],
      [
        "a server id with a space",
        { serverId: "my vault" },
        'test/orders: "my vault" is not a server id; use the host name',
      ],
      [
        "a database without its engine",
        { config: { login, database } },
        "test/orders: has a database, but no path of the database engine; pass databaseMount",
      ],
    ];
    test.each(props)("%s", (_, wrong, message) => {
      expect(() => synth((stack) => key(stack, wrong))).toThrow(message);
    });
  });

  test("is shown in its README by an example that compiles and builds", () => {
    const readme = readFileSync(join(__dirname, "../../../modules/vault-transit-key/README.md"), "utf8");
    const source = readFileSync(join(__dirname, "example.ts"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function")).trim());
    expect(synth(example).addresses).toContain("vault_transit_secret_backend_key.orders_key");
  });
});
