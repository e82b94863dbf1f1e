import type { Plan } from "../../terraform";
import { changesIn, expectGatesPass, expectNoChangesIn, RefusedByGatesError, startCloud } from "../../testing";
import { unprotected } from "../../testing/protection";
import { temporaryFolder } from "../support/temporary-folder";

type Change = NonNullable<Plan["resource_changes"]>[number]["change"];

const planOf = (type: string, change: Change): Plan => ({
  format_version: "1.2",
  resource_changes: [{ address: `${type}.orders`, mode: "managed", type, change }],
});
const stack = "prod-data";
const settled = planOf("aws_dynamodb_table", { actions: ["no-op"], before: { name: "a" }, after: { name: "a" } });
const update = planOf("aws_sqs_queue", {
  actions: ["update"],
  before: { name: "a", secret: "hunter2", tags: {} },
  after: { name: "a", secret: "hunter3", tags: { Team: "a" } },
});
const loss = planOf("aws_dynamodb_table", { actions: ["delete"], before: { name: "a" }, after: null });

describe("expectNoChangesIn", () => {
  test("passes plans without changes, and reads of data sources", () => {
    const read = { ...settled.resource_changes?.[0], mode: "data", change: { actions: ["read"] } };
    const plan = { ...settled, resource_changes: [...(settled.resource_changes ?? []), read] } as Plan;
    expect(() => expectNoChangesIn([{ stack, plan }])).not.toThrow();
  });

  test("lists every change with its attributes, but no values", () => {
    const plans = [
      { stack, plan: update },
      { stack: "prod-keys", plan: { ...settled, output_changes: { arn: { actions: ["delete" as const] } } } },
    ];
    expect(() => expectNoChangesIn(plans)).toThrow(
      [
        "plans: a new plan has 2 changes",
        "  prod-data: update aws_sqs_queue.orders (secret, tags)",
        "  prod-keys: delete output arn",
      ].join("\n"),
    );
  });

  test("names both actions of a replacement", () => {
    const replaced = planOf("aws_sqs_queue", { actions: ["delete", "create"], before: null, after: {} });
    expect(changesIn(replaced)).toEqual(["delete and create aws_sqs_queue.orders"]);
  });
});

describe("expectGatesPass", () => {
  const environment = { name: "prod", acknowledgedRemovals: [], toolkit: { gates: [], dataHoldingTypes: {} } } as never;

  test("passes plans that lose nothing", () => {
    expect(() => expectGatesPass([{ stack, plan: update }])).not.toThrow();
  });

  test("says where, which gate, what would happen and what to do", () => {
    const check = () => expectGatesPass([{ stack, plan: loss }], environment);
    expect(check).toThrow(
      /^prod: the gates refuse \d+ changes?\n {2}prod-data: no-data-loss: aws_dynamodb_table\.orders: .+; .+/,
    );
    expect(check).toThrow(RefusedByGatesError);
  });

  test("accepts removals that the environment acknowledges", () => {
    const acknowledged = ["aws_dynamodb_table.orders"].map((address) => ({
      stack,
      address,
      reason: "moved",
      expires: "2999-01-01",
    }));
    const meant = { ...(environment as object), acknowledgedRemovals: acknowledged } as never;
    expect(() => expectGatesPass([{ stack, plan: loss }], meant)).not.toThrow();
  });

  test("runs the gates of the team as well", () => {
    const gate = { id: "no-queues", howToFix: "leave it", check: () => [{ address: "a", message: "is a queue" }] };
    const strict = { ...(environment as object), toolkit: { gates: [gate], dataHoldingTypes: {} } } as never;
    expect(() => expectGatesPass([{ stack, plan: update }], strict)).toThrow(
      "prod-data: no-queues: a: is a queue; leave it",
    );
  });
});

describe("A cloud of tests", () => {
  test("has to be told of environments before they can be planned again, promoted or destroyed", async () => {
    const cloud = await startCloud({ directory: temporaryFolder(), app: "false" });
    try {
      const prod = { name: "prod" } as never;
      const missing = "prod is not deployed in this cloud; deploy it first";
      await expect(cloud.expectNoChanges(prod)).rejects.toThrow(missing);
      await expect(cloud.promote(prod, { stage: "hardening" })).rejects.toThrow(missing);
      await expect(cloud.destroy(prod)).rejects.toThrow(missing);
      await expect(cloud.deploy(prod)).rejects.toThrow("synthesis of prod failed");
    } finally {
      await cloud.stop();
    }
  });
});

describe("What is destroyed", () => {
  test("loses its protection, and stays as it is where a stack has no resources", () => {
    const table = { name: "orders", deletion_protection_enabled: true };
    expect(unprotected({ resource: { aws_dynamodb_table: { orders: table } } })).toEqual({
      resource: { aws_dynamodb_table: { orders: { ...table, deletion_protection_enabled: false } } },
    });
    expect(unprotected({})).toEqual({});
  });
});
