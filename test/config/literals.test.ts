// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what these tests are about
import { App, TerraformStack } from "cdktf";
import { defineEnvironment, type EnvironmentDefinition, type EnvironmentInput } from "../../config";
import staging from "../../environments/staging";
import { ConfigError, showPath } from "../../modules/core";
import { rich } from "../../scripts/environments/rich";
import { partsAt, type SchemaPart, schemaOf } from "../../scripts/environments/schema";
import { buildStacks } from "../../stacks";
import { accessEnvironment } from "../support/access-environment";
import { containersEnvironment, fullContainer } from "../support/containers-environment";
import { environmentIn, existing } from "../support/existing-networks-environment";
import { temporaryFolder } from "../support/temporary-folder";

type Path = readonly (string | number)[];
type Tree = Record<string | number, unknown>;

/** A value of any shape. */
// biome-ignore lint/suspicious/noExplicitAny: as in the other tests of environment files
type Loose = any;

/** What Terraform would evaluate, and how it has to be written so that it is text. Each field gets its own, by number. */
const marked = (index: number) => `#${index}# ${"${name} 100%{x} $${y}"}`;
const escaped = (index: number) => `#${index}# ${"$${name} 100%%{x} $$${y}"}`;

function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value === "string") return [path];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    leavesOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function withText(input: unknown, path: Path, text: string): EnvironmentInput {
  const copy = JSON.parse(JSON.stringify(input)) as Tree;
  let parent = copy;
  for (const step of path.slice(0, -1)) parent = parent[step] as Tree;
  parent[path.at(-1) ?? ""] = text;
  return copy as unknown as EnvironmentInput;
}

const accepts = (input: EnvironmentInput): boolean => {
  try {
    defineEnvironment(input).resolve({ localStateDirectory: ".evenkeel/state" });
    return true;
  } catch {
    return false;
  }
};

/** The fields that an environment is refused for. */
function refusedPaths(input: EnvironmentInput): ReadonlySet<string> {
  try {
    defineEnvironment(input).resolve({ localStateDirectory: ".evenkeel/state" });
    return new Set();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return new Set(error.issues.map((issue) => issue.path));
  }
}

/** Paths as the schema has them: `services[].settings.*.value`. */
function general(schema: SchemaPart, path: Path): string {
  let text = "";
  path.forEach((step, index) => {
    const known = partsAt(schema, path.slice(0, index)).some(
      ({ properties }) => properties && Object.hasOwn(properties, step),
    );
    text += typeof step === "number" ? "[]" : `${text ? "." : ""}${known ? step : "*"}`;
  });
  return text;
}

/** Every field of the schema that takes any text: no list of values, and no fixed one. */
function textFields(part: SchemaPart, path = ""): string[] {
  const forms = [...(part.anyOf ?? []), ...(part.oneOf ?? [])];
  const own = part.type === "string" && part.enum === undefined && part.const === undefined ? [path] : [];
  const below = (name: string) => (path ? `${path}.${name}` : name);
  return [
    ...own,
    ...forms.flatMap((form) => textFields(form, path)),
    ...Object.entries(part.properties ?? {}).flatMap(([name, of]) => textFields(of, below(name))),
    ...(typeof part.additionalProperties === "object" ? textFields(part.additionalProperties, below("*")) : []),
    ...(part.items ? textFields(part.items, `${path}[]`) : []),
  ];
}

/** Whether a field refuses the text itself, whatever else its environment lacks. */
function refusedAlone(field: string): boolean {
  const path = field
    .replaceAll("[]", ".0")
    .split(".")
    .map((step) => (step === "0" ? 0 : step === "*" ? "x" : step));
  const copy = JSON.parse(JSON.stringify(rich.input)) as Loose;
  let parent = copy;
  path.slice(0, -1).forEach((step, index) => {
    const inner = parent[step];
    if (inner === null || typeof inner !== "object") parent[step] = typeof path[index + 1] === "number" ? [] : {};
    parent = parent[step];
  });
  parent[path.at(-1) ?? ""] = marked(0);
  try {
    defineEnvironment(copy).resolve();
    return false;
  } catch (error) {
    return error instanceof ConfigError && error.issues.some((issue) => issue.path === showPath(path));
  }
}

/** All texts of a stack, keys included. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsOf(inner)]);
}

/** Environments that set what `rich` leaves out, so that every field for a text is tried where it is allowed. */
function starts(): EnvironmentDefinition[] {
  const more = JSON.parse(JSON.stringify(rich.input)) as Loose;
  more.backups = { key: { description: "What keeps the data of everyone" } };
  more.exceptions = { contributorInsights: { enabled: false, reason: "nobody looks at them" } };
  more.rollout = {
    ...more.rollout,
    promotion: {
      from: "staging",
      lesser: "what it lacks is tried by rehearsals",
      onlyHere: [{ address: "aws_lambda_function.a_function", reason: "warms what has load only here" }],
      readBy: { profile: "reader" },
    },
  };
  more.layers[0].licence = "Apache-2.0";
  more.services[0].layers = [more.layers[0].name];
  more.services[0].function.recursion = { allowed: true, reason: "walks a tree by calling itself" };
  more.tables[3].localSecondaryIndexes[0] = {
    name: "by-count",
    sortKey: "shelf",
    projectionType: "INCLUDE",
    nonKeyAttributes: ["color"],
  };
  more.databases[0].cluster.parameters = { application_name: "ledger" };
  const [orders, storefront] = more.services;
  Object.values(orders.api.routes as Record<string, Loose>).find(
    ({ authorization }) => authorization === "JWT",
  ).scopes = ["read"];
  orders.function.external = ["sharp"];
  orders.permissions = [
    {
      actions: ["sqs:SendMessage"],
      resources: ["*"],
      conditions: { StringEquals: { "aws:ResourceTag/Team": "orders", "aws:ResourceTag/Kind": ["jobs"] } },
      reason: "for the sake of the test",
    },
  ];
  const [standby] = more.regions.standby;
  const schedule = { name: "morning", schedule: "cron(0 7 ? * MON-FRI *)", timezone: "UTC", min: 1, max: 2 };
  orders.regions = {
    [standby]: {
      function: {
        environment: { GREETING: "hello" },
        provisionedConcurrency: { min: 1, max: 2, schedules: [schedule] },
      },
    },
  };
  more.databases[0].cluster.capacityIn = { [standby]: { type: "provisioned", instanceClass: "db.r6g.4xlarge" } };
  orders.savedQueries = { queries: { slow: "fields @message | limit 20" } };
  const { distribution } = storefront.edge;
  storefront.edge.firewall = {
    scope: "CLOUDFRONT",
    managedRuleGroups: { AWSManagedRulesLinuxRuleSet: { version: "Version_2.0" } },
  };
  distribution.comment = "The shop";
  distribution.responseHeaders = {
    contentSecurityPolicy: "default-src 'self'",
    permissionsPolicy: "camera=()",
    add: { "Cross-Origin-Resource-Policy": "same-origin" },
  };
  distribution.defaultBehavior = {
    methods: "read",
    caching: { queryStrings: ["page"], cookies: ["theme"], headers: ["Authorization"] },
  };
  distribution.behaviors = [
    { pathPattern: "/pictures/*", methods: "read", caching: { queryStrings: ["size"], cookies: ["theme"] } },
  ];
  const vault = JSON.parse(JSON.stringify(staging.input)) as Loose;
  vault.keyManagement = {
    provider: "vault",
    address: "https://vault.example.com:8200",
    serverId: "vault.example.com",
    encryptedByKmsBefore: false,
    logins: ["iam", "jwt"],
    identityTokens: { issuer: "https://abc123-def456.tokens.sts.global.api.aws" },
    databaseMount: "database",
    privateAccess: { cidrBlocks: ["10.80.0.0/24"] },
  };
  vault.exceptions = { databaseProxy: { enabled: false, reason: "Vault's users get through no pool" } };
  vault.databases = [
    {
      ...more.databases[0],
      cluster: {
        engineVersion: "16.6",
        databaseName: "ledger",
        capacity: { type: "serverless", minCapacity: 0.5, maxCapacity: 8 },
      },
      network: { cidrBlock: "10.64.0.0/20", interfaceEndpoints: ["sts", "xray"] },
      pgbouncer: undefined,
      rotation: undefined,
      migrations: undefined,
    },
  ];
  const [service] = vault.services;
  for (const field of ["publishes", "encryption", "settings"]) delete service[field];
  service.database = {
    name: "ledger",
    user: "ledger_access",
    login: {
      provider: "vault",
      connection: "ledger",
      creationStatements: [
        `CREATE ROLE "{{name}}" LOGIN PASSWORD '{{password}}' VALID UNTIL '{{expiration}}' IN ROLE ledger_access`,
      ],
      revocationStatements: [`DROP ROLE "{{name}}"`],
    },
  };
  const traced = JSON.parse(JSON.stringify(staging.input)) as Loose;
  const regional = (value: (region: string) => string) => ({
    "eu-west-1": value("eu-west-1"),
    "eu-central-1": value("eu-central-1"),
  });
  traced.tracing = {
    openTelemetry: {
      endpoints: regional((region) => `https://otlp.${region}.example.com/v1/traces`),
      headers: { "x-tenant": "shop" },
      resourceAttributes: { "team.name": "orders" },
    },
  };
  const digest = "0123456789abcdef".repeat(4);
  traced.services.push({
    name: "pictures",
    function: {
      code: {
        image: {
          uris: regional((region) => `444455556666.dkr.ecr.${region}.amazonaws.com/pictures@sha256:${digest}`),
          entryPoint: ["/start"],
          command: ["app.handler"],
          workingDirectory: "/app",
        },
      },
      reservedConcurrency: 1,
    },
  });
  const given = JSON.parse(JSON.stringify(environmentIn({ existing }).input)) as Loose;
  given.databases[0].proxy = { ...given.databases[0].proxy, initQuery: "SET search_path = ledger" };
  const network = (last: number) => ({
    vpcId: `vpc-0aaaaaaaaaaaaaaa${last}`,
    subnetIds: [`subnet-0aaaaaaaaaaaaaa1${last}`, `subnet-0aaaaaaaaaaaaaa2${last}`],
    loadBalancerSubnetIds: [`subnet-0aaaaaaaaaaaaaa3${last}`, `subnet-0aaaaaaaaaaaaaa4${last}`],
    additionalSecurityGroupIds: [`sg-0aaaaaaaaaaaaaaa${last}`],
  });
  const full = JSON.parse(JSON.stringify(fullContainer)) as Loose;
  full.permissions[0] = {
    actions: ["sqs:SendMessage"],
    resources: ["*"],
    conditions: { StringEquals: { "aws:ResourceTag/Team": "orders", "aws:ResourceTag/Kind": ["jobs"] } },
    reason: "for the sake of the test",
  };
  const inContainers = containersEnvironment([full], {
    existing: { "eu-west-1": network(1), "eu-central-1": network(2) },
  });
  const publishing = JSON.parse(JSON.stringify(inContainers.input)) as Loose;
  publishing.eventBuses = [{ name: "orders", description: "What happens to orders", archiveRetentionDays: 90 }];
  publishing.containers[0].publishes = { orders: { sources: ["exports"] } };
  return [
    defineEnvironment(more),
    defineEnvironment(publishing),
    defineEnvironment(vault),
    defineEnvironment(given),
    defineEnvironment(traced),
    accessEnvironment,
  ];
}

/** Fields that OpenTelemetry's variables have percent-encoded, as its specification wants. */
const percentEncoded = ["tracing.openTelemetry.headers.*", "tracing.openTelemetry.resourceAttributes.*"];

/** Fields that a file may not have, because stages decide what is there. */
const decidedByStages = /\.functions\.(viewer|origin)-(request|response)\.function$/;

/** Fields of a command that runs when an environment is synthesized: another text is another command. */
const runAtSynthesis = /\.code\.build\.(command|inputs)\[\]$/;

/** Fields whose text goes nowhere near Terraform. */
const notSent = [
  "acceptedDrift[].address",
  "acceptedDrift[].attribute",
  "acceptedDrift[].reason",
  "acknowledgedFindings[].address",
  "acknowledgedFindings[].reason",
  "acknowledgedFindings[].rule",
  "acknowledgedRemovals[].reason",
  "chaos.optIn",
  "description",
  "exceptions.*.reason",
  "containers[].permissions[].reason",
  // Of a layer that no service of the environment uses.
  "layers[].description",
  "layers[].licence",
  "rollout.ignoredAlarms[].name",
  "rollout.ignoredAlarms[].reason",
  "rollout.promotion.lesser",
  "rollout.promotion.onlyHere[].address",
  "rollout.promotion.onlyHere[].reason",
  "rollout.promotion.readBy.profile",
  "services[].function.external[]",
  "services[].function.recursion.reason",
  "services[].permissions[].reason",
  "services[].queues.*.idempotency.reason",
  "services[].schedules.*.idempotency.reason",
  "services[].streams.*.idempotency.reason",
  "services[].streams.*.sharedReason",
];

describe("Text in an environment file", () => {
  const environments = starts();
  const schema = schemaOf(rich);
  const fields = new Set(textFields(schema));

  test("is tried in every field of the schema", () => {
    const tried = new Set(environments.flatMap(({ input }) => leavesOf(input).map((path) => general(schema, path))));
    const left = [...fields].filter(
      (field) =>
        !tried.has(field) && !refusedAlone(field) && !decidedByStages.test(field) && !runAtSynthesis.test(field),
    );
    expect(left).toEqual([]);
  });

  test.each(environments.map((environment, index) => [index, environment] as const))(
    "reaches AWS as it stands, wherever it is accepted: environment %i",
    (_, { input: original }) => {
      let input = original;
      const accepted: { index: number; path: Path; field: string }[] = [];
      const leaves = leavesOf(original);
      // A text alone, behind what stands there, and within what is written in a language.
      const forms: ((before: string, index: number) => string)[] = [
        (_, index) => marked(index),
        (before, index) => `${before} ${marked(index)}`,
        (before, index) => `${before} | filter a = "${marked(index)}"`,
      ];
      const textAt = (path: Path, index: number, form: (typeof forms)[number]) =>
        form(String(path.reduce<Loose>((at, step) => at[step], original)), index);
      // What a field refuses whatever the others hold is not tried one by one, which takes a hundred times as long.
      const refused = forms.map((form) =>
        refusedPaths(leaves.reduce((all, path, index) => withText(all, path, textAt(path, index, form)), original)),
      );
      leaves.forEach((path, index) => {
        const changed = forms
          .filter((_, form) => !refused[form]?.has(showPath(path)))
          .map((form) => withText(input, path, textAt(path, index, form)))
          .find(accepts);
        if (!changed) return;
        accepted.push({ index, path, field: general(schema, path) });
        input = changed;
      });
      const app = new App({ outdir: temporaryFolder(), stackTraces: false });
      buildStacks(app, defineEnvironment(input).resolve({ localStateDirectory: ".evenkeel/state" }));
      app.synth();
      const texts = app.node
        .findAll()
        .flatMap((construct) => (TerraformStack.isStack(construct) ? textsOf(construct.toTerraform()) : []));
      const wrong = accepted.flatMap(({ index, path, field }) => {
        if (percentEncoded.includes(field)) {
          return texts.some((text) => text.includes(encodeURIComponent(marked(index)))) ? [] : [path.join(".")];
        }
        const found = texts.filter((text) => text.includes(`#${index}#`));
        if (found.length === 0 && notSent.includes(field)) return [];
        const arrived = found.length > 0 && found.every((text) => text.includes(escaped(index)));
        return arrived ? [] : [`${path.join(".")}: ${found[0]}`];
      });
      expect(wrong).toEqual([]);
      expect(accepted.length).toBeGreaterThan(5);
    },
  );
});
