import dev from "../../environments/dev";
import prod from "../../environments/prod";
import sandbox from "../../environments/sandbox";
import { type Gate, gates, reviewPlan } from "../../gates";
import type { StackPromotion } from "../../rehearsal";
import { type Evidence, judgePair } from "../../scripts/environments/pairs/judge";
import { baseOf, changeOf } from "../../scripts/environments/pairs/pair";
import { type PairResult, pairsPage } from "../../scripts/environments/pairs/results";
import { schemaOf } from "../../scripts/environments/schema";
import type { Thing } from "../../simulator";
import type { Plan } from "../../terraform";
import { DeploymentError, TerraformError } from "../../terraform";

const thing = (type: string, id: string): Thing => ({
  type,
  place: { partition: "aws", account: "111111111111", region: "eu-west-1" },
  state: { id, arn: `arn:aws:test:eu-west-1:111111111111:${id}` },
  owner: { folder: "/output/stacks/prod-data", address: `${type}.it` },
});
const table = thing("aws_dynamodb_table", "prod-orders");
const alarm = thing("aws_cloudwatch_metric_alarm", "prod-errors");

const removal: Plan = {
  format_version: "1.2",
  resource_changes: [
    {
      address: "aws_dynamodb_table.it",
      mode: "managed",
      type: "aws_dynamodb_table",
      change: { actions: ["delete"], before: table.state, after: null, after_unknown: {} },
    },
  ],
};

/** What a promotion says of the removal of a table, by some of the gates. */
function promotedBy(some: readonly Gate[], acknowledged = false): StackPromotion {
  const acknowledgedRemovals = acknowledged
    ? [{ stack: "prod-data", address: "aws_dynamodb_table.it", reason: "is empty", expires: "2999-12-31" }]
    : [];
  const { violations, accepted } = reviewPlan({ stack: "prod-data", plan: removal }, { acknowledgedRemovals });
  return {
    stack: "prod-data",
    plan: removal,
    violations: violations.filter(({ rule }) => some.some(({ id }) => id === rule)),
    accepted,
  };
}

const evidence = (some: Partial<Evidence>): Evidence => ({
  before: [table, alarm],
  after: [table, alarm],
  isNew: () => false,
  promotions: [promotedBy([])],
  unsettled: [],
  stageAlone: false,
  ...some,
});

const failed = (message: string) => new DeploymentError([new TerraformError(message)], new Map(), false);

describe("A change of a deployed environment", () => {
  test("is stopped by a gate, which leaves everything where it was", () => {
    const { outcome, says } = judgePair(evidence({ promotions: [promotedBy(gates)] }));
    expect([outcome, says]).toEqual([
      "stopped by a gate",
      expect.stringContaining("no-data-loss aws_dynamodb_table.it"),
    ]);
  });

  test("is a fault if it loses a table and no gate speaks", () => {
    const lost = {
      outcome: "fault",
      says: expect.stringContaining("aws_dynamodb_table.it of prod-data (prod-orders)"),
    };
    expect(judgePair(evidence({ after: [alarm] }))).toEqual(lost);
    expect(judgePair(evidence({ after: [alarm], promotions: undefined, failure: failed("x; y") }))).toEqual(lost);
  });

  test("is a fault if a table is replaced by one with the same name, or by one with another", () => {
    expect(judgePair(evidence({ isNew: ({ type }) => type === table.type }))).toMatchObject({ outcome: "fault" });
    const other = thing("aws_dynamodb_table", "prod-orders-2");
    expect(judgePair(evidence({ after: [other, alarm] }))).toMatchObject({ outcome: "fault" });
    const elsewhere = { ...table, place: { ...table.place, region: "eu-central-1" } };
    expect(judgePair(evidence({ after: [elsewhere, alarm] }))).toMatchObject({ outcome: "fault" });
  });

  test("is a fault if a gate refuses a plan and it is applied all the same", () => {
    expect(judgePair(evidence({ after: [], promotions: [promotedBy(gates)] }))).toMatchObject({ outcome: "fault" });
  });

  test("may lose what an acknowledgement gives up, and what holds no data", () => {
    const acknowledged = promotedBy([], true);
    expect(acknowledged.accepted).not.toEqual([]);
    expect(judgePair(evidence({ after: [], promotions: [acknowledged] }))).toEqual({ outcome: "applied" });
    expect(judgePair(evidence({ after: [table] }))).toEqual({ outcome: "applied" });
  });

  test("is a fault if it can't be applied, has changes afterwards, or does not plan and nothing says what to do", () => {
    const ended = (message: string) => judgePair(evidence({ promotions: undefined, failure: failed(message) })).outcome;
    expect(ended("prod-data: terraform apply -json plan failed:\nno such role; create it")).toBe("fault");
    expect(ended("prod-data: terraform plan -json failed:\nno such role")).toBe("fault");
    expect(
      ended(
        "prod-data: terraform plan -json failed:\nResource postcondition failed\non line 1\nIts type never changes. Restore it.",
      ),
    ).toBe("stopped by the plan");
    expect(ended("prod-data: terraform plan -json failed:\nNothing was changed. Restore the home region")).toBe(
      "stopped by the plan",
    );
    expect(judgePair(evidence({ unsettled: ["prod-data"] }))).toMatchObject({ outcome: "fault" });
  });

  test("of the stage alone passes every gate", () => {
    expect(judgePair(evidence({ stageAlone: true }))).toEqual({ outcome: "applied" });
    expect(judgePair(evidence({ stageAlone: true, promotions: [promotedBy(gates)] }))).toMatchObject({
      outcome: "fault",
      says: expect.stringContaining("a gate refuses the next stage"),
    });
  });
});

describe("Changes of deployed environments", () => {
  const schema = schemaOf(sandbox);
  const of = (environment: typeof sandbox, number: number, seed = "1") =>
    changeOf(baseOf(environment), number, schema, seed);

  test("only depend on the seed, and leave the base as it is", () => {
    const before = JSON.stringify(sandbox.input);
    expect(of(sandbox, 10)).toEqual(of(sandbox, 10));
    expect(of(sandbox, 10)).not.toEqual(of(sandbox, 10, "2"));
    expect(JSON.stringify(sandbox.input)).toBe(before);
  });

  test("begin with each later stage alone, and raise it with others later", () => {
    expect([1, 2, 3].map((number) => of(sandbox, number).stageAlone)).toEqual([true, true, false]);
    expect(of(sandbox, 1).input).toEqual({ ...baseOf(sandbox).input, stage: "hardening" });
    expect([1, 2].map((number) => of(prod, number).stageAlone)).toEqual([true, false]);
    const raised = [3, 6, 9].map((number) => of(sandbox, number).changes.at(-1));
    expect(new Set(raised)).toEqual(new Set(["stage: hardening", "stage: optimization"]));
    expect(of(sandbox, 3).changes.length).toBeGreaterThan(1);
  });

  test("raise the stage without exceptions that have no effect there", () => {
    const { exceptions } = of(dev, 1).input as { exceptions: object };
    expect(Object.keys(dev.input.exceptions ?? {})).toContain("deadLetters");
    expect(Object.keys(exceptions)).toEqual(
      Object.keys(dev.input.exceptions ?? {}).filter((name) => name !== "deadLetters"),
    );
  });

  test("are a page that says how many, with faults", () => {
    const one: PairResult = { base: "dev", number: 1, changes: ["stage: hardening"], outcome: "applied", stacks: 4 };
    const two: PairResult = { base: "dev", number: 2, changes: ["name: removed"], outcome: "refused", says: "name" };
    const page = pairsPage([one, two], "1");
    expect(page).toContain("2 changes were drawn by the seed 1, and 1 of them planned");
    expect(page).toContain("| dev | 2 | 1 | 0 | 1 | 1 | 0 | 0 | 0 |\n| in all | 2 | 1 | 0 | 1 | 1 | 0 | 0 | 0 |");
    expect(page).toContain("| dev | 1 | stage: hardening | 4 | applied |");
    expect(page).toContain("None.");
    const says = "dev-data: terraform plan -json -out=plan failed: Its type never changes.";
    expect(pairsPage([{ ...one, outcome: "stopped by the plan", says }], "1")).toContain(
      "| stopped by the plan: dev-data: Its type never changes. |",
    );
    const fault: PairResult = { ...one, number: 3, outcome: "fault", says: "lost:\n`it`" };
    expect(pairsPage([one, fault], "1")).toContain("- dev 3, `stage: hardening`: lost: 'it'");
  });
});
