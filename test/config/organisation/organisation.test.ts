import { defineEnvironment, defineProject, type EnvironmentInput, type OrganisationInput } from "../../../config";
import { assumptionsOf } from "../../../config/assumptions";
import { organisationReference } from "../../../config/reference";
import prod from "../../../environments/prod";
import staging from "../../../environments/staging";
import { ConfigError } from "../../../modules/core";
import type { Loose } from "../../support/mistakes";

const { account } = staging.input;
const keyId = "mrk-1234abcd12ab34cd56ef1234567890ab";

/** Staging in a project of an organisation, after a change. */
function inProject(organisation: OrganisationInput, change: (input: Loose) => void = () => undefined, base = staging) {
  const input = structuredClone(base.input) as Loose;
  change(input);
  const project = defineProject({ environments: [defineEnvironment(input as EnvironmentInput)], organisation });
  return project.find(base.name);
}

function mistakesOf(...args: Parameters<typeof inProject>): string[] {
  try {
    inProject(...args).resolve();
  } catch (error) {
    if (error instanceof ConfigError) {
      return error.issues.map(({ path, message, received }) => `${path}: ${message} (received ${received})`);
    }
    throw error;
  }
  return [];
}

describe("The defaults of an organisation", () => {
  test("come before the toolkit's, and after what an environment states", () => {
    const config = inProject(
      {
        defaults: {
          tags: { Company: "Example", Team: "nobody" },
          iam: { permissionsBoundaryArn: "arn:{partition}:iam::{account}:policy/{environment}-boundary" },
          deployRoleArn: "arn:{partition}:iam::{account}:role/deploy-{region}",
          hostedZones: { recordsRoleArn: "arn:{partition}:iam::999999999999:role/records-of-{environment}" },
          quotas: { lambdaConcurrentExecutions: 2000 },
          retentionDays: { logs: 180, archives: 90, pointInTimeRecovery: 14 },
        },
      },
      (input) => {
        delete input.services[0].api.logRetentionDays;
        input.services[0].function.logRetentionDays = 14;
        delete input.eventBuses[0].archiveRetentionDays;
        input.iam = { rolePath: "/own/" };
      },
    ).parse();
    expect(config.tags).toEqual({ Company: "Example", ...staging.input.tags });
    expect(config.iam).toEqual({
      permissionsBoundaryArn: `arn:aws:iam::${account}:policy/staging-boundary`,
      rolePath: "/own/",
    });
    expect(config.deployRoleArn).toBe(`arn:aws:iam::${account}:role/deploy-eu-west-1`);
    expect(config.hostedZones.recordsRoleArn).toBe("arn:aws:iam::999999999999:role/records-of-staging");
    expect(config.quotas.lambdaConcurrentExecutions).toBe(2000);
    expect(config.services[0]?.function.logRetentionDays).toBe(14);
    expect(config.services[0]?.api?.logRetentionDays).toBe(180);
    expect(config.eventBuses[0]?.archiveRetentionDays).toBe(90);
    expect(config.tables.map(({ pointInTimeRecoveryDays }) => pointInTimeRecoveryDays)).toContain(14);
  });

  test("reach every part of an environment that keeps something, and make no part of it", () => {
    const without = inProject({}, undefined, prod).parse();
    const input = JSON.parse(JSON.stringify(prod.input), (key, value) =>
      key === "logRetentionDays" ? undefined : value,
    );
    const environment = defineEnvironment(input as EnvironmentInput);
    const organisation: OrganisationInput = { defaults: { retentionDays: { logs: 545 } } };
    const config = defineProject({ environments: [environment], organisation })
      .find("prod")
      .parse();
    const kept: number[] = [];
    const shape = JSON.stringify(config, (key, value) => {
      if (key === "logRetentionDays") kept.push(value as number);
      return key === "logRetentionDays" ? "days" : value;
    });
    expect(kept.length).toBeGreaterThan(6);
    expect(new Set(kept)).toEqual(new Set([545]));
    expect(shape).toBe(JSON.stringify(without, (key, value) => (key === "logRetentionDays" ? "days" : value)));
  });

  test("are named where they are the mistake", () => {
    expect(mistakesOf({ defaults: { retentionDays: { pointInTimeRecovery: 100 } } })).toContain(
      "tables[0].pointInTimeRecoveryDays: is too large; use at most 35 (it comes from organisation.defaults.retentionDays.pointInTimeRecovery) (received 100)",
    );
  });

  test("of quotas count as stated", () => {
    const environment = inProject({ defaults: { quotas: { lambdaConcurrentExecutions: 1500 } } });
    expect(assumptionsOf(environment, environment.parse(), new Date("2026-01-01")).join()).not.toContain("assumed");
    expect(assumptionsOf(staging, staging.parse(), new Date("2026-01-01")).join()).toContain("assumed");
    const organisation = { defaults: { quotas: { lambdaConcurrentExecutions: 1500 } } };
    expect(defineProject({ environments: [staging], organisation }).statedLambdaConcurrency).toBe(1500);
  });

  const state = {
    bucket: "states-of-{account}",
    region: "eu-north-1",
    keyPrefix: "{environment}/{region}",
    kmsKeyArn: `arn:{partition}:kms:eu-north-1:{account}:key/${keyId}`,
  };
  const alerts = { emails: ["on-call@example.com"], httpsEndpoints: ["https://pager.example.com/events"] };
  const filledState = {
    backend: "s3",
    bucket: `states-of-${account}`,
    region: "eu-north-1",
    keyPrefix: "staging/eu-west-1",
    kmsKeyArn: `arn:aws:kms:eu-north-1:${account}:key/${keyId}`,
    lockFile: true,
  };

  test("give an environment without them its state and its alerts", () => {
    const config = inProject({ defaults: { state, alerts } }, (input) => {
      delete input.state;
      delete input.alerts;
    }).parse();
    expect(config.state).toEqual(filledState);
    expect(config.alerts).toEqual(alerts);
  });

  test("are joined with what an environment states of its state and of its alerts, whose own fields come first", () => {
    const config = inProject({ defaults: { state, alerts } }, (input) => {
      input.state = { keyPrefix: "own" };
      input.alerts = { emails: ["own@example.com"] };
    }).parse();
    expect(config.state).toEqual({ ...filledState, keyPrefix: "own" });
    expect(config.alerts).toEqual({ ...alerts, emails: ["own@example.com"] });
  });

  test("leave local state as it is", () => {
    const config = inProject({ defaults: { state } }, (input) => {
      Object.assign(input, { state: { backend: "local" }, disposable: true });
    }).parse();
    expect(config.state).toEqual({ backend: "local" });
  });

  test("of a state in part leave the rest to be required", () => {
    const { kmsKeyArn: _, ...rest } = state;
    const without = (input: Loose) => void delete input.state;
    expect(mistakesOf({ defaults: { state: rest } }, without)).toEqual([
      expect.stringMatching(/^state\.kmsKeyArn: is required; add a string/),
    ]);
    expect(mistakesOf({}, without)).toEqual([expect.stringMatching(/^state: is required/)]);
    expect(mistakesOf({}, (input) => void delete input.alerts)).toEqual([
      expect.stringMatching(/^alerts: is required; add an object/),
    ]);
  });

  test("of a state are held to its limits and rules, and named as where a mistake comes from", () => {
    const without = (input: Loose) => void delete input.state;
    expect(mistakesOf({ defaults: { state }, limits: { stateRegions: ["eu-west-1"] } }, without)).toEqual([
      'state.region: is not a region that the organisation allows (organisation.limits.stateRegions); use one of eu-west-1 (it comes from organisation.defaults.state.region) (received "eu-north-1")',
    ]);
    expect(mistakesOf({ defaults: { state: { ...state, region: "{region}" } } }, without).join()).toContain(
      "is a key in eu-north-1, but the bucket is in eu-west-1; use a key in the bucket's region (it comes from organisation.defaults.state.kmsKeyArn)",
    );
  });

  test("of a state add no mistake to an environment that does not say where it is", () => {
    const mistakes = mistakesOf({ defaults: { state } }, (input) => {
      delete input.state;
      delete input.account;
    });
    expect(mistakes).toEqual([expect.stringMatching(/^account: is required/)]);
  });

  test("leave an environment that is no object to be told as such", () => {
    const project = defineProject({
      environments: [defineEnvironment({ ...staging.input, tags: "x", iam: 1, regions: [] } as never)],
      organisation: { defaults: { tags: { Company: "Example" }, iam: { rolePath: "/a/" } } },
    });
    expect(() => project.find("staging").parse()).toThrow(/tags: has the wrong type/);
  });
});

describe("The limits of an organisation", () => {
  test.each<[string, OrganisationInput["limits"], (input: Loose) => void, string]>([
    [
      "accounts",
      { accounts: ["111111111111"] },
      () => undefined,
      `account: is not an account of the organisation (organisation.limits.accounts); use one of 111111111111 (received "${account}")`,
    ],
    [
      "regions",
      { regions: ["eu-west-1"] },
      () => undefined,
      'regions.standby[0]: is not a region that the organisation allows (organisation.limits.regions); use one of eu-west-1 (received "eu-central-1")',
    ],
    [
      "the region of the state",
      { stateRegions: ["eu-west-1"] },
      () => undefined,
      'state.region: is not a region that the organisation allows (organisation.limits.stateRegions); use one of eu-west-1 (received "eu-north-1")',
    ],
    [
      "names",
      { environmentNames: "(dev|prod)(-[a-z]+)?" },
      () => undefined,
      'name: does not match (dev|prod)(-[a-z]+)? (organisation.limits.environmentNames); use a name that matches it (received "staging")',
    ],
    [
      "missing tags",
      { requiredTags: { DataClass: {} } },
      () => undefined,
      "tags.DataClass: is required by the organisation (organisation.limits.requiredTags.DataClass); add the tag (received nothing)",
    ],
    [
      "values of tags",
      { requiredTags: { Team: { values: ["payments", "order"] } } },
      () => undefined,
      'tags.Team: is not a value that the organisation allows (organisation.limits.requiredTags.Team); did you mean "order"? (received "orders")',
    ],
    [
      "patterns of tags",
      { requiredTags: { CostCenter: { pattern: "\\d{4}" } } },
      () => undefined,
      'tags.CostCenter: does not match \\d{4} (organisation.limits.requiredTags.CostCenter); use a value that matches it (received "orders")',
    ],
    [
      "retention",
      { minimumRetentionDays: { archives: 3650 } },
      () => undefined,
      "eventBuses[0].archiveRetentionDays: is shorter than the organisation demands (organisation.limits.minimumRetentionDays.archives); keep it for 3650 days or longer (received 30)",
    ],
    [
      "a missing boundary",
      { permissionsBoundaryArns: ["arn:aws:iam::{account}:policy/boundary"] },
      () => undefined,
      `iam.permissionsBoundaryArn: is required by the organisation (organisation.limits.permissionsBoundaryArns); use arn:aws:iam::${account}:policy/boundary (received nothing)`,
    ],
    [
      "another path",
      { rolePaths: ["/platform/"] },
      (input) => {
        input.iam = { rolePath: "/own/" };
      },
      'iam.rolePath: is not one that the organisation allows (organisation.limits.rolePaths); use /platform/ (received "/own/")',
    ],
    [
      "another deploy role",
      { deployRoleArns: ["arn:aws:iam::{account}:role/deploy"] },
      (input) => {
        input.deployRoleArn = `arn:aws:iam::${account}:role/own`;
      },
      `deployRoleArn: is not one that the organisation allows (organisation.limits.deployRoleArns); use arn:aws:iam::${account}:role/deploy (received "arn:aws:iam::${account}:role/own")`,
    ],
    [
      "exceptions from what is required",
      { requiredCapabilities: { deadLetters: { from: "hardening" } } },
      (input) => {
        input.exceptions = { deadLetters: { enabled: false, reason: "said for the sake of the test" } };
      },
      'exceptions.deadLetters: leaves out what the organisation requires from hardening on (organisation.limits.requiredCapabilities.deadLetters); remove the exception (received {"enabled":false,"reason":"said for the sake of the test"})',
    ],
    [
      "a stage without what is required",
      { requiredCapabilities: { secretRotation: { from: "hardening" } } },
      () => undefined,
      "exceptions.secretRotation: is required by the organisation from hardening on (organisation.limits.requiredCapabilities.secretRotation), but stage hardening does not bring it; bring it early with enabled: true and a reason (received nothing)",
    ],
  ])("refuse %s, with the path in the environment and the limit", (_what, limits, change, message) => {
    const shown = (text: string) => text.replace(/ \(received nothing\)$/, "");
    expect(
      mistakesOf({ limits }, change).map((text) => text.replace(/ \(received (undefined|nothing)\)$/, "")),
    ).toEqual([shown(message)]);
  });

  test("hold for what a default brings as well", () => {
    expect(
      mistakesOf({
        defaults: { iam: { rolePath: "/other/" } },
        limits: { rolePaths: ["/platform/"], permissionsBoundaryArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] },
      }),
    ).toEqual([
      expect.stringMatching(/^iam\.permissionsBoundaryArn: is required/),
      expect.stringMatching(/^iam\.rolePath: is not one.*\(it comes from organisation\.defaults\.iam\.rolePath\)/),
    ]);
  });

  test("are passed by an environment that keeps to them", () => {
    expect(
      mistakesOf({
        defaults: { tags: { DataClass: "internal" }, iam: { rolePath: "/platform/{environment}/" } },
        limits: {
          accounts: [account],
          regions: ["eu-west-1", "eu-central-1"],
          stateRegions: ["eu-north-1"],
          environmentNames: "[a-z]+",
          requiredTags: { DataClass: { values: ["internal"] }, Team: {} },
          minimumRetentionDays: { archives: 7, logs: 7 },
          rolePaths: ["/platform/"],
          requiredCapabilities: { deadLetters: { from: "hardening" }, secretRotation: { from: "optimization" } },
        },
      }),
    ).toEqual([]);
  });

  test("apply to no environment of another project", () => {
    inProject({ limits: { accounts: ["111111111111"] } });
    expect(() => staging.resolve()).not.toThrow();
  });
});

describe("An organisation", () => {
  test.each<[OrganisationInput, RegExp]>([
    [{ limits: { environmentNames: "(" } }, /limits\.environmentNames: is not a regular expression; correct it/],
    [{ defaults: { iam: { rolePath: "/{team}/" } } }, /defaults\.iam\.rolePath: contains \{team\}, which stands for/],
    [{ defaults: { iam: { rolePath: "platform" } } }, /defaults\.iam\.rolePath: is not an IAM path/],
    [{ defaults: { retentionDays: { logs: 8 } } } as never, /defaults\.retentionDays\.logs: is not one of the allowed/],
    [{ defaults: { state: { bucket: "States" } } }, /defaults\.state\.bucket: is not an S3 bucket name/],
    [{ defaults: { state: { region: "{account}" } } }, /defaults\.state\.region: /],
    [{ defaults: { alerts: { emails: ["nobody"] } } }, /defaults\.alerts\.emails\[0\]: /],
    [{ limit: {} } as never, /limit: unknown field; did you mean "limits"\?/],
    [{ limits: { requiredCapabilities: { deadLeters: { from: "hardening" } } } }, /did you mean "deadLetters"\?/],
  ])("is told of its own mistakes: %j", (organisation, message) => {
    const project = defineProject({ environments: [staging], organisation });
    expect(() => project.find("staging").parse()).toThrow(ConfigError);
    expect(() => project.find("staging").parse()).toThrow(/^evenkeel\.config\.ts: organisation: 1 mistake/);
    expect(() => project.find("staging").parse()).toThrow(message);
    // Gates read no organisation, whose mistakes must not stop them.
    expect(() => project.gates).not.toThrow();
  });

  test("is in the reference, each field with what it means", () => {
    const lines = organisationReference()
      .split("\n")
      .filter((line) => line.startsWith("| `"));
    expect(lines.filter((line) => /\| {2}\|$/.test(line) && !/object|\[\]`/.test(line))).toEqual([]);
    expect(lines.join("\n")).toContain("`limits.requiredTags.*.values`");
  });
});

describe("The rules and gates of a project", () => {
  const rule = {
    id: "environments-say-who",
    statement: "Every environment has an owner.",
    check: (
      { tags }: { tags: Readonly<Record<string, string>> },
      report: (path: string[], message: string) => void,
    ) => {
      if (!("Owner" in tags)) report(["tags", "Owner"], "is required; name a team");
    },
  };
  const gate = { id: "no-monday", statement: "s", why: "w", howToFix: "h", check: () => [] };

  test("hold for every environment, beside what each has of its own, and each once", () => {
    const own = defineEnvironment(prod.input, { gates: [gate], rules: [rule] } as never);
    const project = defineProject({ environments: [staging, own], rules: [rule], gates: [gate] });
    expect(project.gates).toEqual([gate]);
    for (const name of ["staging", "prod"]) {
      const { toolkit } = project.find(name);
      expect(toolkit.gates).toEqual([gate]);
      expect(toolkit.rules.filter(({ id }) => id === rule.id)).toHaveLength(1);
      expect(() => project.find(name).parse()).toThrow(/1 mistake\n {2}tags\.Owner: is required; name a team/);
    }
    expect(() => staging.parse()).not.toThrow();
  });

  test("leave a project that sets nothing as its environments are", () => {
    expect(defineProject({ environments: [staging, prod] }).environments).toEqual([staging, prod]);
    expect(defineProject({ environments: [staging] }).environments[0]).toBe(staging);
  });
});
