import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { defineEnvironment, type EnvironmentInput, stages, stageTable } from "../../config";
import { regionsOf } from "../../config/availability/feature";
import { features } from "../../config/availability/features";
import sandbox from "../../environments/sandbox";
import project from "../../evenkeel.config";
import { ConfigError } from "../../modules/core";
import { isGlobalType } from "../../values/availability";

const frozen = join(__dirname, "..", "frozen");

/** Every resource type with its region, of an environment at every stage. */
function builtTypes(name: string): Set<string> {
  const lines = readFileSync(join(frozen, `${name}.txt`), "utf8").split("\n");
  return new Set(
    lines.flatMap((line) => (/^[a-z ]{3} \S+ (aws_\w+)\.\S+ (\S+)/.exec(line) ?? []).slice(1, 3).join(" ") || []),
  );
}

/** What the rule looks for, in the same form. */
function knownTypes(name: string): Set<string> {
  const environment = project.find(name);
  const config = environment.parse();
  const enabled = stageTable.enabled(config.stage, config.exceptions);
  return new Set(
    features.flatMap((feature) =>
      regionsOf(feature, config, enabled.comes).flatMap(({ region }) =>
        feature.types.map((type) => `${type} ${region}`),
      ),
    ),
  );
}

type Loose = Record<string, unknown> & { regions: { home: string; standby: string[] } };

function withoutEvents(input: Loose): void {
  input.eventBuses = [];
  for (const service of input.services as { publishes?: unknown; subscriptions?: unknown }[]) {
    delete service.publishes;
    delete service.subscriptions;
  }
}

/** The mistakes of the sandbox in other regions. */
function mistakes(home: string, standby: string[], change: (input: Loose) => void = () => {}): string[] {
  const input = JSON.parse(JSON.stringify(sandbox.input)) as Loose;
  input.regions = { home, standby };
  change(input);
  try {
    defineEnvironment(input as unknown as EnvironmentInput).resolve();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.issues.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
}

describe("What a region has", () => {
  const environments = readdirSync(frozen)
    .filter((file) => file.endsWith(".txt"))
    .map((file) => file.replace(/\.txt$/, ""));

  test.each(environments)("is looked up for every type that the stacks of %s make there, at every stage", (name) => {
    const known = knownTypes(name);
    const global = new Set([...known].map((line) => line.split(" ")[0]).filter((type) => type && isGlobalType(type)));
    const built = [...builtTypes(name)];
    expect(built.length).toBeGreaterThan(40);
    expect(built.filter((line) => !known.has(line) && !global.has(line.split(" ")[0] ?? ""))).toEqual([]);
  });

  test("is asked for what needs it, by name", () => {
    const config = project.find("sandbox").parse();
    const { neededBy } = features.find(({ name }) => name === "SQS queues") ?? {};
    expect(neededBy?.(config)).toEqual([
      ...config.eventBuses.map(({ name }) => `the bus ${name}`),
      ...config.services.map(({ name }) => `the service ${name}`),
    ]);
  });

  test.each(stages)("is looked up for later stages too: a bus without event endpoints, at %s", (stage) => {
    const found = mistakes("us-gov-west-1", ["us-gov-east-1"], (input) => {
      input.stage = stage;
    });
    expect(found).toContain(
      "regions.home: has no event endpoints, and neither has us-gov-east-1, which the bus orders needs from stage optimization on (replicatedEvents); no other region of the partition aws-us-gov has them, so use regions of another partition, or switch replicatedEvents off under exceptions",
    );
    expect(found.join("\n")).not.toContain("key");
  });

  test("is what AWS documents where its lists name more: event endpoints", () => {
    expect(mistakes("eu-south-1", ["eu-central-1"])).toEqual([
      "regions.home: has no event endpoints, which the bus orders needs from stage optimization on (replicatedEvents); use one of the nearest that have them, eu-west-3, eu-west-2, eu-west-1, or switch replicatedEvents off under exceptions",
    ]);
  });

  test("does not matter for what an exception leaves out, in advance too", () => {
    const exceptions = { replicatedEvents: { enabled: false, reason: "Italy has no event endpoints" } };
    for (const stage of stages) {
      expect(mistakes("eu-south-1", ["eu-central-1"], (input) => Object.assign(input, { stage, exceptions }))).toEqual(
        [],
      );
    }
  });

  test("is asked of standby regions as soon as something will come there", () => {
    expect(mistakes("ap-southeast-1", ["ap-southeast-2", "ap-southeast-6"])).toEqual([
      "regions.standby[1]: has no HTTP APIs, which the service orders needs; use one of the nearest that have them, ap-southeast-4, ap-southeast-3, ap-southeast-5, or remove what needs it",
    ]);
  });

  test("is asked of the partition for services without regions", () => {
    const found = mistakes("us-gov-west-1", ["us-gov-east-1"], (input) => {
      withoutEvents(input);
    });
    expect(found).toEqual([
      "regions.home: has no AWS Budgets, which every environment needs from stage foundation on (spendGuard); no other region of the partition aws-us-gov has them, so use regions of another partition, or switch spendGuard off under exceptions",
    ]);
  });

  test("is no matter of health checkers where DNS does not fail over", () => {
    const withDomain = (input: Loose) => {
      const [service] = input.services as { api: object; hostedZoneId?: string }[];
      Object.assign(service?.api ?? {}, { domainName: "orders.example.com" });
      Object.assign(service ?? {}, { hostedZoneId: "Z0EXAMPLE" });
      withoutEvents(input);
    };
    expect(mistakes("cn-north-1", ["cn-northwest-1"], withDomain).join("\n")).toMatch(
      /^regions\.home: is in the partition aws-cn, whose health checkers and metrics are not those that DNS failover is built on, which the domain name of orders gets from stage optimization on; use a region of the partition aws/,
    );
  });
});
