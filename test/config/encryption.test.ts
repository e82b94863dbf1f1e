import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { defineEnvironment, type EnvironmentInput } from "../../config";
import prod from "../../environments/prod";
import staging from "../../environments/staging";
import { buildStacks } from "../../stacks";
import { temporaryFolder } from "../support/temporary-folder";
import { writtenPolicy } from "../support/written-policy";

type Resources = Record<string, Record<string, Record<string, unknown>>>;

interface StackJson {
  readonly resource: Resources;
  readonly provider: Record<string, object[]>;
  readonly terraform: { readonly required_providers: Record<string, object> };
}

const folder = temporaryFolder();
let count = 0;

/** The stacks of an environment, by the second part of their names; with what `cdktf deploy` is told of their order. */
function synthesize(input: EnvironmentInput, withoutVault = false) {
  count += 1;
  const outdir = join(folder, String(count));
  const app = new App({ outdir });
  const deployment = defineEnvironment(input).resolve({ withoutVault });
  buildStacks(app, deployment);
  app.synth();
  const manifest = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8"));
  const prefix = `${deployment.environment}-`;
  return {
    stacks: Object.fromEntries(
      readdirSync(join(outdir, "stacks")).map((name) => [
        name.slice(prefix.length),
        JSON.parse(readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8")) as StackJson,
      ]),
    ),
    dependenciesOf: (stack: string): string[] => manifest.stacks[`${prefix}${stack}`].dependencies,
  };
}

const variables = (stack: StackJson | undefined, service: string) => {
  const { environment } = stack?.resource.aws_lambda_function?.[`${service}_function_function`] ?? {};
  return (environment as { variables: object } | undefined)?.variables;
};

const vault = {
  provider: "vault",
  address: "https://vault.example.com:8200",
  serverId: "vault.example.com",
  auditDevice: true,
  encryptedByKmsBefore: false,
} as const;

describe("An environment without a service that encrypts", () => {
  test("has no key for it", () => {
    const services = staging.input.services?.map(({ encryption: _, ...service }) => service);
    const { stacks } = synthesize({ ...staging.input, services });
    expect(Object.keys(stacks.keys?.resource.aws_kms_key ?? {})).toEqual(["data_primary", "operations_primary"]);
  });
});

describe("With KMS, prod", () => {
  const { stacks } = synthesize(prod.input);

  test.each(["eu-west-1", "eu-central-1"])(
    "has the key for what services encrypt in %s, rotated and watched",
    (region) => {
      const address = region === "eu-west-1" ? "aws_kms_key" : "aws_kms_replica_key";
      const id = region === "eu-west-1" ? "application_primary" : `application_replica-${region}`;
      const policy = JSON.parse(String(stacks.keys?.resource[address]?.[id]?.policy));
      expect(policy.Statement.map(({ Sid }: { Sid: string }) => Sid)).toEqual([
        "AdministrationThroughIam",
        "DirectUse",
      ]);
      expect(stacks.keys?.resource.aws_cloudwatch_event_rule).toHaveProperty(`application_alarms-${region}_events`);
      expect(stacks.operations?.resource.aws_cloudwatch_metric_alarm).toHaveProperty(
        "key-rotation_overdue-application",
      );
    },
  );

  test.each([
    ["eu-west-1", "aws_kms_keyapplication_primaryarn"],
    ["eu-central-1", "aws_kms_replica_keyapplication_replica-eu-central-1arn"],
  ])("gives functions in %s the key of their own region, readers to decrypt alone", (region, output) => {
    const stack = stacks[`services-${region}`];
    for (const [service, actions] of [
      ["orders", ["kms:Decrypt", "kms:GenerateDataKey"]],
      ["storefront", "kms:Decrypt"],
    ] as const) {
      expect(variables(stack, service)).toMatchObject({
        ENCRYPTION_KEY_ARN: expect.stringContaining(output),
        ENCRYPTION_SERVICE: "orders",
      });
      const { policy } = stack?.resource.aws_iam_role_policy?.[`${service}_function_execution_policy`] ?? {};
      expect(writtenPolicy(policy).Statement).toContainEqual({
        Effect: "Allow",
        Action: actions,
        Resource: expect.stringContaining(output),
        Condition: { StringEquals: { "kms:EncryptionContext:service": "orders" } },
      });
    }
  });

  test("has nothing of Vault", () => {
    expect(Object.keys(stacks)).not.toContain("vault");
    // Those of backups are vaults of AWS.
    const { operations: _, ...others } = stacks;
    expect(JSON.stringify(others)).not.toMatch(/vault/i);
    expect(JSON.stringify(stacks)).not.toMatch(/hashicorp\/vault|VAULT_/);
  });
});

describe("With Vault, prod", () => {
  const input = { ...prod.input, keyManagement: vault };
  const { stacks, dependenciesOf } = synthesize(input);

  test("has a key that rotates in Vault, for the roles of the service in every region", () => {
    const { resource } = stacks.vault ?? { resource: {} as Resources };
    expect(resource.vault_transit_secret_backend_key).toMatchObject({
      orders_key: { name: "prod-orders", auto_rotate_period: 90 * 86_400 },
    });
    const role = (service: string, region: string) => `arn:aws:iam::444444444444:role/prod-${service}-${region}`;
    expect(resource.vault_aws_auth_backend_role).toMatchObject({
      "orders_login-role": {
        role: "prod-orders",
        bound_iam_principal_arns: [role("orders", "eu-west-1"), role("orders", "eu-central-1")],
      },
      "orders_reader-role": {
        role: "prod-orders-reader",
        bound_iam_principal_arns: [role("storefront", "eu-west-1"), role("storefront", "eu-central-1")],
      },
    });
    for (const region of ["eu-west-1", "eu-central-1"]) {
      expect(Object.values(stacks[`services-${region}`]?.resource.aws_iam_role ?? {}).map(({ name }) => name)).toEqual(
        expect.arrayContaining([`prod-orders-${region}`, `prod-storefront-${region}`]),
      );
    }
  });

  test("has one audit device, a pinned provider without a login, and no provider of AWS", () => {
    expect(Object.keys(stacks.vault?.resource.vault_audit ?? {})).toEqual(["orders_audit"]);
    expect(stacks.vault?.provider).toEqual({ vault: [{ address: vault.address }] });
    expect(stacks.vault?.terraform.required_providers.vault).toEqual({ source: "hashicorp/vault", version: "5.6.0" });
  });

  test("is deployed after the services, whose roles Vault looks up", () => {
    expect(dependenciesOf("vault").sort()).toEqual(["prod-services-eu-central-1", "prod-services-eu-west-1"]);
  });

  test("tells functions what the keys of Vault will be called, and gives them no key of KMS", () => {
    const told = {
      VAULT_ADDR: vault.address,
      VAULT_SERVER_ID: vault.serverId,
      VAULT_AUTH_MOUNT: "prod-orders-aws",
      VAULT_TRANSIT_MOUNT: "prod-orders-transit",
      VAULT_KEY: "prod-orders",
    };
    const stack = stacks["services-eu-central-1"];
    expect(variables(stack, "orders")).toMatchObject({ ...told, VAULT_ROLE: "prod-orders" });
    expect(variables(stack, "storefront")).toMatchObject({ ...told, VAULT_ROLE: "prod-orders-reader" });
    expect(JSON.stringify(stack)).not.toContain("ENCRYPTION_KEY_ARN");
    expect(Object.keys(stacks.keys?.resource.aws_kms_key ?? {})).toEqual(["data_primary", "operations_primary"]);
  });

  test("keeps evidence of the keys of KMS, which tables and logs still have", () => {
    expect(stacks.operations?.resource.aws_cloudwatch_metric_alarm).toHaveProperty("key-rotation_overdue-data");
  });

  test("leaves the stack of Vault out on the simulated cloud, and nothing else", () => {
    const simulated = synthesize(input, true).stacks;
    expect(Object.keys(simulated).sort()).toEqual(
      Object.keys(stacks)
        .filter((name) => name !== "vault")
        .sort(),
    );
    expect(variables(simulated["services-eu-west-1"], "orders")).toEqual(
      variables(stacks["services-eu-west-1"], "orders"),
    );
  });
});

describe("With Vault after KMS, prod", () => {
  const before = synthesize(prod.input).stacks;
  const { stacks } = synthesize({ ...prod.input, keyManagement: { ...vault, encryptedByKmsBefore: true } });

  test.each(["keys", "data", "database", "events", "operations"])("leaves the stack %s exactly as it was", (stack) => {
    expect(stacks[stack]?.resource).toEqual(before[stack]?.resource);
  });

  test.each([
    ["eu-west-1", "aws_kms_keyapplication_primaryarn"],
    ["eu-central-1", "aws_kms_replica_keyapplication_replica-eu-central-1arn"],
  ])("lets functions in %s decrypt with the key of KMS, and encrypt with Vault alone", (region, output) => {
    const stack = stacks[`services-${region}`];
    for (const service of ["orders", "storefront"]) {
      const told = variables(stack, service);
      expect(told).toMatchObject({
        VAULT_KEY: "prod-orders",
        DECRYPTION_KEY_ARN: expect.stringContaining(output),
        ENCRYPTION_SERVICE: "orders",
      });
      expect(told).not.toHaveProperty("ENCRYPTION_KEY_ARN");
      const { policy } = stack?.resource.aws_iam_role_policy?.[`${service}_function_execution_policy`] ?? {};
      const ofTheKey = writtenPolicy(policy).Statement.filter(({ Resource }) => String(Resource).includes(output));
      expect(ofTheKey).toEqual([
        {
          Effect: "Allow",
          Action: "kms:Decrypt",
          Resource: expect.stringContaining(output),
          Condition: { StringEquals: { "kms:EncryptionContext:service": "orders" } },
        },
      ]);
    }
  });
});

describe("A key of KMS that the environment names", () => {
  test("stays when no service encrypts any more", () => {
    const services = prod.input.services?.map(({ encryption: _, ...service }) => service);
    const { stacks } = synthesize({ ...prod.input, services, keys: { ...prod.input.keys, application: {} } });
    expect(stacks.keys?.resource.aws_kms_key).toHaveProperty("application_primary");
  });
});

describe("With database logins by Vault, prod", () => {
  const statements = [
    `CREATE ROLE "{{name}}" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}' IN ROLE ledger_access`,
  ];
  const off = { enabled: false, reason: "Vault's users get through no pool" };
  const input: EnvironmentInput = {
    ...prod.input,
    exceptions: { databaseProxy: off, secretRotation: off },
    keyManagement: {
      ...vault,
      databaseMount: "database",
      privateAccess: { cidrBlocks: ["10.80.0.0/24", "10.96.0.0/24"] },
    },
    services: prod.input.services?.map((service) =>
      service.name === "ledger"
        ? {
            ...service,
            database: {
              name: "ledger",
              user: "ledger_access",
              login: { provider: "vault" as const, connection: "ledger", creationStatements: statements },
            },
          }
        : service,
    ),
  };
  const { stacks } = synthesize(input);
  const before = synthesize({ ...input, keyManagement: vault, services: prod.input.services }).stacks;

  test("has Vault make users for the roles of the service in every region, and no key for a service that has none", () => {
    const { resource } = stacks.vault ?? { resource: {} as Resources };
    expect(resource.vault_database_secret_backend_role).toEqual({
      ledger_database: expect.objectContaining({
        backend: "database",
        name: "prod-ledger",
        db_name: "ledger",
        creation_statements: statements,
        default_ttl: 3600,
        max_ttl: 86_400,
      }),
    });
    expect(resource.vault_aws_auth_backend_role).toMatchObject({
      "ledger_login-role": {
        role: "prod-ledger",
        bound_iam_principal_arns: [
          "arn:aws:iam::444444444444:role/prod-ledger-eu-west-1",
          "arn:aws:iam::444444444444:role/prod-ledger-eu-central-1",
        ],
      },
    });
    expect(Object.keys(resource.vault_transit_secret_backend_key ?? {})).toEqual(["orders_key"]);
    expect(Object.keys(resource.vault_audit ?? {})).toHaveLength(1);
  });

  test.each(["eu-west-1", "eu-central-1"])("tells functions in %s where their logins come from", (region) => {
    const stack = stacks[`services-${region}`];
    const told = variables(stack, "ledger") as Record<string, string>;
    expect(told).toMatchObject({
      DATABASE_AUTHENTICATION: "vault",
      DATABASE_USER: "ledger_access",
      DATABASE_CA_FILE: "/var/runtime/ca-cert.pem",
      VAULT_ADDR: vault.address,
      VAULT_SERVER_ID: vault.serverId,
      VAULT_AUTH_MOUNT: "prod-ledger-aws",
      VAULT_ROLE: "prod-ledger",
      VAULT_DATABASE_MOUNT: "database",
      VAULT_DATABASE_ROLE: "prod-ledger",
    });
    expect(Object.keys(told)).not.toEqual(expect.arrayContaining([expect.stringMatching(/SECRET_ARN|TRANSIT|KEY$/)]));
    const { policy } = stack?.resource.aws_iam_role_policy?.ledger_function_execution_policy ?? {};
    expect(String(policy)).not.toMatch(/rds-db|secretsmanager/);
  });

  test("opens the way to Vault from every region's network at the port of its address, and touches nothing else", () => {
    const egress = "aws_vpc_security_group_egress_rule";
    const rules = Object.entries(stacks.database?.resource[egress] ?? {});
    const added = rules.filter(([id]) => !(id in (before.database?.resource[egress] ?? {})));
    // Functions of the other database encrypt nothing and log in without Vault, but may reach it.
    const rule = (database: string, region: string, range: string) => [
      `${database}_network-${region}_clients_to-vault-${range.replace(/[./]/g, "-")}`,
      expect.objectContaining({ cidr_ipv4: range, from_port: 8200, to_port: 8200 }),
    ];
    expect(added.sort()).toEqual(
      ["ledger", "stock"].flatMap((database) => [
        rule(database, "eu-central-1", "10.80.0.0/24"),
        rule(database, "eu-central-1", "10.96.0.0/24"),
        rule(database, "eu-west-1", "10.80.0.0/24"),
        rule(database, "eu-west-1", "10.96.0.0/24"),
      ]),
    );
    const others = (stack: StackJson | undefined) =>
      JSON.stringify(stack?.resource, (key, value) => (key === egress ? undefined : value));
    expect(others(stacks.database)).toBe(others(before.database));
  });

  test("leaves the port of https to an address without one", () => {
    const keyManagement = { ...input.keyManagement, ...vault, address: "https://vault.example.com" };
    const { privateAccess } = defineEnvironment({ ...input, keyManagement } as EnvironmentInput).resolve().vault ?? {};
    expect(privateAccess?.port).toBe(443);
  });
});
