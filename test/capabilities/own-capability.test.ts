import { Construct } from "constructs";
import { description } from "../../cli/commands/describe";
import { environmentReference } from "../../config/reference";
import { defineCapability } from "../../contract";
import { stageCosts } from "../../costs";
import prod from "../../environments/prod";
import staging from "../../environments/staging";
import { checkPlan } from "../../gates";
import { ConfigError, type ConfigIssue, defineEnvironment, defineProject, type EnvironmentInput } from "../../index";
import { describeStacks } from "../frozen/describe-stacks";
import { synthesizedStacks } from "../frozen/synthesize";
import { temporaryFolder } from "../support/temporary-folder";
import { auditTrail, teamEnvironment } from "./own-capability";

const outdir = temporaryFolder();

/** Prod's services, the first of them with an audit trail. */
const services = (prod.input.services ?? []).map((service, index) =>
  index === 0 ? { ...service, audit: { retentionDays: 7 } } : service,
);
const environment = teamEnvironment({ ...prod.input, services });

const linesAt = (stage: "foundation" | "hardening" | "optimization", of = environment) =>
  describeStacks(synthesizedStacks(of, { stage }, outdir));

function mistakesOf(define: () => { parse(): unknown }): readonly ConfigIssue[] {
  try {
    define().parse();
  } catch (error) {
    if (error instanceof ConfigError) return error.issues;
    throw error;
  }
  return [];
}

describe("A capability of a team's own", () => {
  test("has its fields in the schema, with their defaults and limits", () => {
    expect(environment.parse().services[0]).toMatchObject({ audit: { retentionDays: 7, requestsPerMonth: 1_000_000 } });
    const wrong = services.map((service) => ({ ...service, audit: { retentionDays: 15, retenionDays: 1 } }));
    expect(mistakesOf(() => teamEnvironment({ ...prod.input, services: wrong.slice(0, 1) } as never))).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ path: "services[0].audit.retentionDays", received: "15" }),
        expect.objectContaining({
          path: "services[0].audit.retenionDays",
          message: expect.stringContaining("did you mean"),
        }),
      ]),
    );
  });

  test("is named when it builds something where a service is called so already", () => {
    const builder = (id: string) =>
      defineCapability({
        name: "mine",
        brings: "something of its own",
        builds: { environment: (scope) => void new Construct(scope, id) },
      });
    const withCapability = (id: string) =>
      defineEnvironment(prod.input, { capabilities: { foundation: [builder(id)] } } as never);
    expect(() => synthesizedStacks(withCapability("orders"), { stage: "foundation" }, outdir)).toThrow(
      /^prod-operations: the capability "mine" creates the construct "orders", but that id is already taken; rename the service/,
    );
  });

  test("is known only to the environments that are given it", () => {
    expect(mistakesOf(() => defineEnvironment({ ...prod.input, services } as EnvironmentInput))).toEqual([
      expect.objectContaining({ path: "services[0].audit", message: expect.stringContaining("unknown field") }),
    ]);
  });

  test("has its rule checked beside the toolkit's own", () => {
    const [first, ...others] = services;
    if (!first) throw new Error("prod has services");
    const short = { ...first, function: { ...first.function, logRetentionDays: 30 as const } };
    expect(mistakesOf(() => teamEnvironment({ ...prod.input, account: "1", services: [short, ...others] }))).toEqual([
      expect.objectContaining({ path: "account" }),
      {
        path: "services[0].function.logRetentionDays",
        message: "is too short for a service with an audit trail; keep the logs for 365 days or longer",
        received: "30",
      },
    ]);
  });

  test("is in the reference, with its fields, its rule and its stage", () => {
    const reference = environmentReference(environment.toolkit);
    expect(reference).toContain("| `services[].audit.retentionDays` | integer 1..14 | `14` | Days until an entry");
    expect(reference).toContain("| `audited-services-keep-their-logs` | A service with an audit trail keeps its logs");
    expect(reference).toContain("| `auditTrail` |  | yes | yes | a queue per service and region");
    expect(environmentReference()).not.toContain("auditTrail");
  });

  test("builds a resource per service and region from its stage on, and changes nothing else", () => {
    for (const stage of ["foundation", "hardening", "optimization"] as const) {
      const without = linesAt(stage, prod);
      const with_ = linesAt(stage);
      expect(without.filter((line) => !with_.includes(line))).toEqual([]);
      const regions = { foundation: [], hardening: ["eu-west-1"], optimization: ["eu-west-1", "eu-central-1"] }[stage];
      const added = with_.filter((line) => !without.includes(line)).map((line) => line.split(" -> ")[0]);
      expect(added.sort()).toEqual(
        regions
          .map(
            (region) =>
              `prod-services-${region} aws_sqs_queue.orders_audit-trail ${region} name=prod-orders-audit-trail`,
          )
          .sort(),
      );
    }
  });

  test("honours an exception, early or late, and refuses one without effect", () => {
    const reason = "said for the sake of the test";
    const queues = (lines: readonly string[]) => lines.filter((line) => line.includes("audit-trail")).length;
    const early = teamEnvironment({
      ...prod.input,
      stage: "foundation",
      services,
      exceptions: { auditTrail: { enabled: true, reason } },
    });
    expect(queues(describeStacks(synthesizedStacks(early, {}, outdir)))).toBe(1);
    const late = teamEnvironment({ ...prod.input, services, exceptions: { auditTrail: { enabled: false, reason } } });
    expect(queues(describeStacks(synthesizedStacks(late, {}, outdir)))).toBe(0);
    const useless = () =>
      teamEnvironment({ ...prod.input, services, exceptions: { auditTrail: { enabled: true, reason } } });
    expect(mistakesOf(useless)).toEqual([
      expect.objectContaining({
        path: "exceptions.auditTrail",
        message: "has no effect, because stage optimization brings it already; remove the exception",
      }),
    ]);
  });

  test("is described with its stage and what it brings", () => {
    const { capabilities } = description(environment);
    expect(capabilities).toContainEqual({
      name: "auditTrail",
      since: "hardening",
      enabled: true,
      reason: null,
      brings: expect.stringContaining("a queue per service and region"),
    });
    expect(JSON.stringify(description(staging))).not.toMatch(/audit/);
  });

  test("is priced by its own function, and leaves what is not its own to the toolkit", () => {
    const { quiet } = stageCosts(environment, "foundation");
    expect(quiet.lines.filter(({ capability }) => capability === "auditTrail")).toEqual([]);
    const { lines } = stageCosts(environment, "hardening").quiet;
    expect(lines.filter(({ capability }) => capability === "auditTrail")).toEqual([
      expect.objectContaining({ price: "sqs.standard", units: 1_000_000, usd: 0.4, region: "eu-west-1" }),
    ]);
    expect(lines.filter(({ resource }) => resource.includes("orders-to-pick"))).not.toEqual([]);
  });

  test("has its gate checked beside the toolkit's, which learn what holds data", () => {
    const change = (
      after: object | null,
      actions: readonly ["update"] | readonly ["delete"],
      type = "aws_sqs_queue",
    ) => ({
      format_version: "1.2",
      resource_changes: [
        {
          address: `${type}.orders_audit-trail`,
          mode: "managed" as const,
          type,
          change: { actions, before: { kms_master_key_id: "key" }, after },
        },
      ],
    });
    const rules = (plan: ReturnType<typeof change>, options = {}) => checkPlan(plan, options).map(({ rule }) => rule);
    expect(rules(change({ kms_master_key_id: "key" }, ["update"]), environment.toolkit)).toEqual([]);
    expect(rules(change({}, ["update"]), environment.toolkit)).toEqual(["no-other-key", "audit-trails-stay-encrypted"]);
    expect(rules(change({}, ["update"]), prod.toolkit)).toEqual(["no-other-key"]);
    const unsubscribed = change(null, ["delete"], "aws_sns_topic_subscription");
    expect(rules(unsubscribed, environment.toolkit)).toContain("no-data-loss");
    expect(rules(unsubscribed, prod.toolkit)).not.toContain("no-data-loss");
  });
});

describe("An extension without a capability", () => {
  const extended = defineEnvironment(
    { ...prod.input, tags: {} },
    {
      rules: [
        {
          id: "environments-have-an-owner",
          statement: "Every environment says whose it is.",
          check({ tags }, report) {
            if (!tags.Team) report(["tags", "Team"], "is missing; name the team");
          },
        },
      ],
      gates: auditTrail.gates,
    },
  );

  test("has its rule checked", () => {
    expect(mistakesOf(() => extended)).toEqual([
      { path: "tags.Team", message: "is missing; name the team", received: "nothing" },
    ]);
    expect(environmentReference(extended.toolkit)).toContain("| `environments-have-an-owner` | Every environment says");
  });

  test("has its gate among those of the project", () => {
    expect(extended.toolkit.gates.map(({ id }) => id)).toEqual(["audit-trails-stay-encrypted"]);
    const project = defineProject({ environments: [prod, extended] });
    expect(project.gates).toEqual(extended.toolkit.gates);
    expect(defineProject({ environments: [environment] }).dataHoldingTypes).toEqual(auditTrail.dataHoldingTypes);
  });
});

describe("The table of stages", () => {
  test.each([
    [
      "two capabilities of one name",
      { hardening: [{ name: "deadLetters", brings: "the same again" }] },
      "deadLetters: is already the name of another capability",
    ],
    [
      "a capability that needs one which comes later",
      { foundation: [{ name: "early", brings: "too early", needs: ["deadLetters"] }] },
      "early.needs: comes with hardening, later than foundation",
    ],
    [
      "a capability that needs what does not exist",
      { foundation: [{ name: "lonely", brings: "what nobody has", needs: ["nothing"] }] },
      "lonely.needs: is not a capability",
    ],
    [
      "a field that the base has already",
      {
        foundation: [
          { name: "twice", brings: "a field twice", fields: { service: { api: auditTrail.fields?.service.audit } } },
        ],
      },
      "twice.fields.service.api: is already a field of the base",
    ],
    [
      "a field that another capability has",
      {
        foundation: [
          {
            name: "again",
            brings: "a field again",
            fields: { service: { dashboard: auditTrail.fields?.service.audit } },
          },
        ],
      },
      "again.fields.service.dashboard: is already a field of dashboards",
    ],
  ])("refuses %s", (_what, capabilities, message) => {
    const { input } = prod;
    expect(() => defineEnvironment(input, { capabilities } as never).parse()).toThrow(message);
  });
});
