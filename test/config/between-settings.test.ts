import { z } from "zod";
import { toolkitWith, withoutExtension } from "../../config/toolkit";
import { managedRuleGroupNames, managedRuleGroups } from "../../modules/web-firewall/managed-rule-groups";
import { type Loose, mistakesOf, serviceOf as service, vault } from "../support/mistakes";

const token = { authorization: "JWT", authorizer: "customers" };
const open = { authorization: "NONE" };

/** Staging's service behind a distribution. */
function edge(environment: Loose): Loose {
  const changed = service(environment);
  for (const field of ["hostedZoneId", "recovery", "publishes", "dns"]) delete changed[field];
  delete changed.api.domainName;
  changed.edge = { distribution: { aliases: ["shop.example.com"] }, hostedZoneId: "Z0STAGINGEXAMPLE" };
  return changed.edge;
}

/** The string fields of the schema, with the schema of each. */
function stringFields(schema: Loose, path: string): readonly (readonly [path: string, schema: z.ZodType])[] {
  const { type, shape = {}, options = [], innerType, element, valueType } = schema._zod.def as Loose;
  if (type === "string") return [[path, schema]];
  const children: [string, Loose][] = [
    ...Object.entries(shape).map(([name, field]): [string, Loose] => [path ? `${path}.${name}` : name, field]),
    ...options.map((option: Loose): [string, Loose] => [path, option]),
    ...(innerType ? [[path, innerType] as [string, Loose]] : []),
    ...(element ? [[`${path}[]`, element] as [string, Loose]] : []),
    ...(valueType ? [[`${path}.*`, valueType] as [string, Loose]] : []),
  ];
  return children.flatMap(([at, child]) => stringFields(child, at));
}

describe("Each address in an environment", () => {
  const takes = (schema: z.ZodType, text: string) => schema.safeParse(text).success;
  const address = "https://a.example.com";
  const fields = stringFields(toolkitWith(withoutExtension).schema, "");
  // A field for any text takes what is no address as well.
  const addresses = fields.filter(([, schema]) => takes(schema, address) && !takes(schema, "ftp://a.example.com"));

  test("is known", () => {
    expect(addresses.map(([path]) => path).sort()).toEqual([
      "alertChannels.tools.receivers[].endpoint",
      "alerts.httpsEndpoints[]",
      "containers[].dashboard.links[].url",
      "containers[].dashboard.runbookUrl",
      "dependencies[].endpoints.*",
      "keyManagement.address",
      "keyManagement.identityTokens.issuer",
      "services[].api.authorizers.*.issuer",
      "services[].api.cors.allowOrigins[]",
      "services[].dashboard.links[].url",
      "services[].dashboard.runbookUrl",
    ]);
  });

  test.each(addresses)(
    "%s takes a port that there is, and no other, no user, white space or plain http",
    (_, schema) => {
      expect(takes(schema, `${address}:8443`)).toBe(true);
      for (const wrong of [
        `${address}:0`,
        `${address}:99999`,
        "https://user:pw@a.example.com",
        "https://user@a.example.com",
        ` ${address}`,
        `${address}\n`,
        "http://a.example.com",
        "https://1.2",
        "https://",
        "https:\\\\a.example.com",
      ]) {
        expect([wrong, takes(schema, wrong)]).toEqual([wrong, false]);
      }
    },
  );
});

describe("Each rule of a managed group", () => {
  const overrides = (group: string, rule: string) =>
    mistakesOf((environment) => {
      edge(environment).firewall = {
        scope: "CLOUDFRONT",
        managedRuleGroups: { [group]: { ruleActionOverrides: { [rule]: "count" } } },
      };
    });

  test.each(managedRuleGroupNames)("of %s can be overridden by its name, and by nothing like it", (group) => {
    for (const rule of managedRuleGroups[group].rules) {
      expect(overrides(group, rule)).toEqual([]);
      expect(overrides(group, `${rule}_RC_COUNT`)).toEqual([]);
      for (const wrong of [rule.toLowerCase(), `${rule}S`]) {
        expect(overrides(group, wrong)).toEqual([
          expect.stringMatching(
            new RegExp(`${wrong}: is not a rule of this group, so WAF would ignore it; did you mean "${rule}`),
          ),
        ]);
      }
    }
  });
});

describe("Settings that suit each other", () => {
  // biome-ignore format: one line for each reads as a table
  const accepted: readonly (readonly [what: string, change: (environment: Loose) => void])[] = [
    ["cors before routes for each method", (e) => { service(e).api.cors = { allowOrigins: ["https://a.example.com"], allowMethods: ["*"], allowHeaders: ["*"] }; }],
    ["cors before a route for every method, with an open one for preflights", (e) => {
      service(e).api.cors = { allowOrigins: ["http://localhost:3000"], allowMethods: ["PUT"], allowHeaders: ["AUTHORIZATION"] };
      Object.assign(service(e).api.routes, { "ANY /carts/{id}": token, "OPTIONS /carts/{cart}": open });
    }],
    ["a cache with the token in its key", (e) => { edge(e).distribution.defaultBehavior = { caching: { headers: ["authorization"] } }; }],
    ["a cache before open routes only", (e) => {
      edge(e).distribution.behaviors = [{ pathPattern: "/catalog/*", caching: {} }, { pathPattern: "/health", caching: {} }];
      service(e).api.routes["GET /catalog/{page+}"] = open;
    }],
    ["a cache that tells pages apart", (e) => {
      edge(e).distribution.defaultBehavior = { caching: { headers: ["Authorization", "Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"] } };
      service(e).api.cors = { allowOrigins: ["https://a.example.com"], allowMethods: ["GET"], allowHeaders: ["Authorization"] };
    }],
    ["a narrower behavior before a wider one", (e) => { edge(e).distribution.behaviors = [{ pathPattern: "/orders/*" }, { pathPattern: "/orders*" }]; }],
    ["a distribution that waits as long as the function runs", (e) => { edge(e).distribution.origin = { readTimeoutSeconds: 10 }; }],
    ["a promise of recovery by DNS", (e) => { service(e).recovery = { recoveryTimeSeconds: 420, recoveryPointSeconds: 420 }; }],
    ["a Vault that is back in time", (e) => { e.keyManagement = { ...vault, failoverSeconds: 400 }; }],
    ["a Vault of which nothing is measured", (e) => { e.keyManagement = vault; }],
    ["an alarm just before dead letters go", (e) => { service(e).function.alarms = { deadLetterAgeSeconds: 1_209_300, errorPercent: 99.9, durationPercentOfTimeout: 99 }; }],
    ["an alarm at the function's end", (e) => { service(e).api.alarms = { latencyMs: 10_000 }; }],
    ["retries that come in time", (e) => { service(e).function.asyncInvoke = { maximumEventAgeSeconds: 61, maximumRetryAttempts: 1 }; }],
    ["no retries of short-lived events", (e) => { service(e).function.asyncInvoke = { maximumEventAgeSeconds: 60, maximumRetryAttempts: 0 }; }],
    ["source maps that Node.js is told of", (e) => { Object.assign(service(e).function, { sourceMap: true, environment: { NODE_OPTIONS: "--no-warnings --enable-source-maps" } }); }],
    ["many variables that fit", (e) => { service(e).function.environment = { LARGE: "x".repeat(3500) }; }],
    ["addresses of a known network", (e) => { edge(e).firewall = { scope: "CLOUDFRONT", allowAddresses: ["11.0.0.0/8", "2001::/16"], denyAddresses: ["128.0.0.0/1"] }; }],
    ["a firewall that lets listed addresses through", (e) => { edge(e).firewall = { scope: "CLOUDFRONT", defaultAction: "block", allowAddresses: ["203.0.113.0/24"] }; }],
    ["a version of a group, with a rule that only counts", (e) => {
      edge(e).firewall = { scope: "CLOUDFRONT", managedRuleGroups: { AWSManagedRulesLinuxRuleSet: { version: "Version_2.0", overrideAction: "count", ruleActionOverrides: { LFI_HEADER: "count" } } } };
    }],
    ["a stricter limit of WAF for some paths, and others that only count", (e) => {
      edge(e).firewall = { scope: "CLOUDFRONT", rateLimits: [{ name: "seen", limit: 10, action: "count" }, { name: "all", limit: 1000 }, { name: "login", limit: 20, pathPrefix: "/login" }, { name: "burst", limit: 1000, evaluationWindowSeconds: 60 }] };
    }],
    ["a router for a country that is let in", (e) => { Object.assign(edge(e), { router: { standbyCountries: ["DE"] } }).distribution.geoRestriction = { restrictionType: "blacklist", locations: ["AQ"] }; }],
    ["a ceiling of concurrency that each function keeps", (e) => { e.spendGuard.limits = { maxReservedConcurrency: 100 }; }],
    ["a state key by its UUID", (e) => { e.state.kmsKeyArn = e.state.kmsKeyArn.replace(/key\/.*/, "key/1234abcd-12ab-34cd-56ef-1234567890ab").replace("56ef", "96ef"); }],
  ];

  test.each(accepted)("are accepted: %s", (_, change) => expect(mistakesOf(change)).toEqual([]));
});

describe("A percentage of an alarm", () => {
  const fields = z.toJSONSchema(toolkitWith(withoutExtension).schema, { io: "input", unrepresentable: "any" });
  const percentages = JSON.stringify(fields).match(/"(\w*Percent\w*)":\{[^{}]*\}/g) ?? [];

  test("is below 100 where the alarm fires above it", () => {
    const open = percentages
      .filter((field) => !/"exclusiveMaximum":100/.test(field))
      .map((field) => /"(\w+)"/.exec(field)?.[1]);
    // Not alarms, or alarms that fire at the value itself, or on what can be exceeded.
    expect([...new Set(open)].sort()).toEqual([
      "availabilityPercent",
      "capacityPercent",
      "concurrencyPercentOfReserved",
      "cpuPercent",
      "maxIdleConnectionsPercent",
      "maximumPercent",
      "memoryPercent",
      "minimumHealthyPercent",
      "reservedPercent",
      "stepPercent",
      "stoppedTasksPercent",
    ]);
  });
});
