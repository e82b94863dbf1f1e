import { App } from "cdktf";
import {
  defineEnvironment,
  defineProject,
  type EnvironmentDefinition,
  type EnvironmentInput,
  type Stage,
  stages,
} from "../../config";
import { environmentTags, ownTagKeys } from "../../contract";
import dev from "../../environments/dev";
import prod from "../../environments/prod";
import sandbox from "../../environments/sandbox";
import staging from "../../environments/staging";
import { awsRegions, ConfigError, type ConfigIssue, NameClashError } from "../../modules/core";
import { buildStacks } from "../../stacks";
import { accountQuotas } from "../../values/quotas";
import { environmentIn, existing } from "../support/existing-networks-environment";
import { pgbouncerEnvironment } from "../support/pgbouncer-environment";
import { temporaryFolder } from "../support/temporary-folder";

/** A value of any shape: mistakes are what the types forbid. */
// biome-ignore lint/suspicious/noExplicitAny: the tests write what the compiler would refuse
type Loose = any;

const outdir = temporaryFolder();

function changed(change: (environment: Loose) => void): EnvironmentInput {
  const input = JSON.parse(JSON.stringify(prod.input)) as Loose;
  // More than any list here has entries.
  const room = Object.fromEntries(Object.keys(accountQuotas).map((quota) => [quota, 100_000]));
  input.quotas = { ...room, lambdaConcurrentExecutions: 100_000 };
  input.stage = "optimization";
  input.exceptions = {};
  change(input);
  return input;
}

function mistakesOf(change: (environment: Loose) => void): readonly ConfigIssue[] {
  try {
    defineEnvironment(changed(change)).resolve();
  } catch (error) {
    if (error instanceof ConfigError) return error.issues;
    throw error;
  }
  return [];
}

/** The stacks of prod once it has been changed, without synthesis. */
const stacksOf = (change: (environment: Loose) => void) =>
  buildStacks(new App({ outdir, stackTraces: false }), defineEnvironment(changed(change)).resolve());

const lists = ["tables", "databases", "eventBuses", "queues", "services", "containers"] as const;

/** Ids that could also be names. */
const kebabCase = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Another one of a list, with a name of its own; services refer to nothing, so that they are built wherever services are. */
function add(environment: Loose, list: (typeof lists)[number], name: string): number {
  const [first] = environment[list];
  const { function: fn, api } = first;
  const bare = {
    name,
    function: { ...fn, environment: undefined, provisionedConcurrency: undefined },
    api: { ...api, domainName: undefined },
  };
  const container = { ...first, name, loadBalancer: { domainName: `${name}.example.com` } };
  environment[list].push(list === "services" ? bare : list === "containers" ? container : { ...first, name });
  return environment[list].length - 1;
}

describe("A name", () => {
  const ids = new Set([
    ...stacksOf(() => {}).flatMap((stack) => stack.node.children.map(({ node }) => node.id)),
    ...[
      "backend",
      "provider",
      "terraform",
      "removed",
      "output",
      "data",
      "recovery-cluster",
      "key-rotation",
      "spend-guard",
    ],
    "eu-west-1",
    "eu-central-1",
    "us-east-1",
    "cross-stack-reference-input-prod-keys",
  ]);
  const names = [...ids].filter((id) => kebabCase.test(id));

  test("is tried in place of every id that the stacks have", () => {
    expect(names.length).toBeGreaterThan(20);
    expect(names).toEqual(expect.arrayContaining(["key-rotation", "spend-guard", "eu-west-1", "orders-endpoint"]));
  });

  test.each(lists)("of %s is refused with its path, or built, whatever else is called so", (list) => {
    const longest = { tables: 100, databases: 24, eventBuses: 32, queues: 33, services: 24, containers: 24 }[list];
    // What both have is told of the container.
    const others = { services: prod.input.containers, containers: prod.input.services }[list as string] ?? [];
    const own = new Set([...(prod.input[list] ?? []), ...others].map(({ name }) => name));
    const tried = names.filter((name) => name.length <= longest && !own.has(name));
    // All at once: whatever is not refused is built beside everything else that is not.
    const paths = new Map<string, string>();
    const refused = mistakesOf((environment) => {
      for (const name of tried) paths.set(`${list}[${add(environment, list, name)}].name`, name);
    }).map(({ path }) => paths.get(path) ?? path);
    expect(refused.filter((name) => !tried.includes(name))).toEqual([]);
    const free = tried.filter((name) => !refused.includes(name));
    expect(free).toEqual(expect.arrayContaining(["eu-west-1", "eu-central-1", "backend", "provider"]));
    const stacks = stacksOf((environment) => {
      for (const name of free) add(environment, list, name);
    });
    expect(stacks.length).toBeGreaterThan(5);
  });

  test.each(lists)("of %s can be that of any region", (list) => {
    const added = (environment: Loose) => {
      for (const region of awsRegions.filter((name) => name.length <= 24)) add(environment, list, region);
    };
    expect(mistakesOf(added)).toEqual([]);
  });

  test.each(["key-rotation", "spend-guard", "recovery-cluster", "orders-endpoint", "orders-dashboard"])(
    "of a service is not %s, which the toolkit builds by itself",
    (name) => {
      const issues = mistakesOf((environment) => add(environment, "services", name));
      expect(issues.map(({ path, message }) => [path, message])).toEqual([
        ["services[7].name", expect.stringMatching(/^is the name of .+; give .+ another name$/)],
      ]);
    },
  );

  test("of a subscription is another one in AWS as well", () => {
    const issues = mistakesOf(({ services: [first, second] }) => {
      const subscription = { bus: "orders", eventPattern: { source: ["x"] } };
      Object.assign(first, { name: "a-b", subscriptions: { c: subscription } });
      Object.assign(second, { name: "a", subscriptions: { "b-c": subscription } });
    });
    expect(issues.filter(({ path }) => path.includes("subscriptions"))).toEqual([
      expect.objectContaining({
        path: "services[1].subscriptions.b-c",
        message: 'has the name of services[0].subscriptions.c in AWS, "a-b-c"; give it another name',
      }),
    ]);
  });

  test("of a bus is not that of a subscription's queue", () => {
    const [subscriber] = (prod.input.services ?? []).filter(({ subscriptions }) => subscriptions);
    const [[subscription, { bus }] = ["", { bus: "" }]] = Object.entries(subscriber?.subscriptions ?? {});
    const issues = mistakesOf((environment) =>
      add(environment, "eventBuses", `${bus}-${subscriber?.name}-${subscription}`),
    );
    expect(issues.map(({ path, message }) => [path, message])).toEqual([
      ["eventBuses[1].name", "names the queue of a subscription as well; give the bus another name"],
    ]);
  });
});

describe("A domain", () => {
  const regions = ["eu-west-1", "eu-central-1"];
  const owners = (prod.input.services ?? []).flatMap(({ name, api }) =>
    api?.domainName ? regions.map((region) => [name, `${region}.${api.domainName}`] as const) : [],
  );
  const at = (name: string) => (prod.input.services ?? []).findIndex((service) => service.name === name);

  test.each(owners)("of an edge is not that of %s in one of its regions, %s", (owner, domain) => {
    const issues = mistakesOf(({ services }) => {
      services[at("storefront")].edge.distribution.aliases.push(domain);
    });
    expect(issues.map(({ path, message }) => [path, message])).toEqual([
      [
        "services[3].edge.distribution.aliases[1]".replace("[3]", `[${at("storefront")}]`),
        `is the domain of the service "${owner}" in one of its regions; use another domain`,
      ],
    ]);
  });

  test.each(owners)("of an API is not that of %s in one of its regions, %s", (owner, domain) => {
    const other = owners.map(([name]) => name).find((name) => name !== owner) ?? "";
    const issues = mistakesOf(({ services }) => {
      services[at(other)].api.domainName = domain;
    });
    expect(issues.map(({ path, message }) => [path, message])).toEqual([
      [
        `services[${at(other)}].api.domainName`,
        `is the domain of the service "${owner}" in one of its regions; use another domain`,
      ],
    ]);
  });
});

describe("A tag", () => {
  const spellings = (key: string) => [key, key.toLowerCase(), key.toUpperCase()];

  test.each(ownTagKeys.flatMap(spellings))("is refused as %s, which the toolkit sets", (key) => {
    const issues = mistakesOf((environment) => {
      environment.tags = { [key]: "x" };
    });
    expect(issues.map(({ path, message }) => [path, message])).toEqual([
      [
        `tags.${key}`,
        expect.stringMatching(/^is the key of a tag that the toolkit sets, ".+", as case .+; use another key$/),
      ],
    ]);
  });

  test("is refused when another one differs by case only", () => {
    const issues = mistakesOf((environment) => {
      environment.tags = { Team: "a", Cost: "b", team: "c" };
    });
    expect(issues.map(({ path, message }) => [path, message])).toEqual([
      ["tags.team", 'is the key of the tag "Team", as case makes no difference; use another key'],
    ]);
  });

  test.each(["aws:x", "AWS:x", "Aws:cloudformation:stack"])("is refused as %s, which is AWS's", (key) => {
    const issues = mistakesOf((environment) => {
      environment.tags = { [key]: "x" };
    });
    expect(issues.map(({ path }) => path)).toEqual([`tags.${key}`]);
    expect(issues[0]?.message).toContain("not starting with aws:");
  });

  test("is the only one of its key on every resource, and none of the toolkit's is left out of the list", () => {
    const keys = stacksOf(() => {}).flatMap((stack) => {
      const { provider, resource } = stack.toTerraform() as Loose;
      const defaults = provider.aws.flatMap((one: Loose) =>
        one.default_tags.flatMap(({ tags }: Loose) => Object.keys(tags)),
      );
      const own = Object.values(resource ?? {}).flatMap((of: Loose) =>
        Object.values(of).flatMap(({ tags }: Loose) => Object.keys(tags ?? {})),
      );
      return [...defaults, ...own];
    });
    const users = Object.keys(prod.input.tags ?? {});
    expect(keys).toEqual(expect.arrayContaining(Object.keys(environmentTags("prod"))));
    expect([...new Set(keys)].filter((key) => !users.includes(key) && !ownTagKeys.includes(key))).toEqual([]);
  });
});

/** The types of what several environments would make as one thing in AWS. */
function sharedTypes(environments: readonly EnvironmentDefinition[], stage: Stage): string[] {
  const app = new App({ outdir, stackTraces: false });
  for (const each of environments) buildStacks(app, each.resolve({ stage, localStateDirectory: ".evenkeel/state" }));
  try {
    app.synth();
  } catch (error) {
    if (error instanceof NameClashError) return error.clashes.map(({ identity }) => identity.type);
    throw error;
  }
  return [];
}

describe("The environments of a project", () => {
  const named = (...names: string[]) =>
    defineProject({ environments: names.map((name) => defineEnvironment({ ...sandbox.input, name })) });
  const begun =
    /^evenkeel\.config\.ts: 1 mistake\n {2}environments\[1\]\.name: begins with the name of another environment, "pay-", so that .*; rename one/;

  test("are refused when a name begins another, whichever environment is asked for", () => {
    expect(() => named("pay", "pay-vault").load()).toThrow(begun);
    expect(() => named("pay", "pay-vault", "dev").load("dev")).toThrow(begun);
    expect(() => named("pay", "pay-vault", "dev").find("dev")).toThrow(begun);
    expect(() => named("pay-vault", "pay").load()).toThrow(/environments\[0\]\.name: begins with the name of another/);
  });

  test("are refused when two have one name", () => {
    expect(() => named("pay", "dev", "pay").load()).toThrow(
      /environments\[2\]\.name: is the name of another environment; give each/,
    );
  });

  test("may have names that begin alike", () => {
    expect(
      named("pay", "payments", "pa")
        .load()
        .map(({ name }) => name),
    ).toEqual(["pay", "payments", "pa"]);
  });

  test("are refused when two have one domain, also that of a region, whatever else is wrong in them", () => {
    const input = JSON.parse(JSON.stringify(prod.input)) as Loose;
    const twin = { ...input, name: "twin", stage: "none", tables: 1, services: [{}, null, ...input.services] };
    twin.services[2] = {
      ...twin.services[2],
      api: { ...twin.services[2].api, domainName: "EU-west-1.orders.example.com" },
    };
    expect(() => defineProject({ environments: [prod, defineEnvironment(twin)] }).load("prod")).toThrow(
      new ConfigError("evenkeel.config.ts", [
        {
          path: "environments[1].services[2].api.domainName",
          message:
            'is a domain of the environment "prod" as well, so that one would take the other\'s traffic; give each its own',
          received: '"eu-west-1.orders.example.com"',
        },
        ...[
          ["services[3].api.domainName", "ledger.example.com"],
          ["services[4].edge.distribution.aliases[0]", "storefront.example.com"],
          ["services[7].api.domainName", "quotes.example.com"],
          ["services[8].api.domainName", "stock.example.com"],
          ["containers[0].loadBalancer.domainName", "tracking.example.com"],
        ].map(([path, domain]) => ({
          path: `environments[1].${path}`,
          message:
            'is a domain of the environment "prod" as well, so that one would take the other\'s traffic; give each its own',
          received: JSON.stringify(domain),
        })),
      ]),
    );
  });

  test.each([
    ["prod", prod],
    ["staging", staging],
    ["dev", dev],
    ["sandbox", sandbox],
    ["prod with PgBouncer", pgbouncerEnvironment],
    ["prod in given networks", environmentIn({ existing })],
  ])("share nothing in AWS but domains, which are refused: %s", (_, environment) => {
    const twins = [environment, defineEnvironment({ ...environment.input, name: "twin" })];
    const shared = new Set(stages.flatMap((stage) => sharedTypes(twins, stage)));
    const ofDomains = ["aws_apigatewayv2_domain_name", "aws_cloudfront_distribution", "aws_route53_record"];
    expect([...shared].filter((type) => !ofDomains.includes(type))).toEqual([]);
    const load = () => defineProject({ environments: twins }).load();
    if (shared.size > 0) expect(load).toThrow(/domain of the environment/);
    else expect(load()).toHaveLength(2);
  });
});

describe("The name of a secret", () => {
  const windowsOf = (change: (environment: Loose) => void): Loose[] =>
    stacksOf(change).flatMap((stack) => {
      const { resource } = stack.toTerraform() as Loose;
      return Object.values(resource?.aws_secretsmanager_secret ?? {}).map(
        (secret: Loose) => secret.recovery_window_in_days,
      );
    });

  test("is free as soon as a disposable environment is destroyed, so that it can be deployed again", () => {
    const windows = windowsOf((environment) => {
      environment.disposable = true;
    });
    expect(windows.length).toBeGreaterThan(1);
    expect(new Set(windows)).toEqual(new Set([0]));
  });

  test("is kept with what was in it in every other environment", () => {
    expect(new Set(windowsOf(() => {}))).toEqual(new Set([30]));
  });
});
