import { askedMoves } from "../../../cli/move/asked";
import { sortedMoves } from "../../../cli/move/clean";
import { type NamedState, ownedBy } from "../../../cli/move/review";
import { importFormOf, importIdOf } from "../../../identity";
import type { SynthesizedStack } from "../../../terraform";

const table = (name: string, of: string, region = "eu-west-1") => ({
  mode: "managed",
  type: "aws_dynamodb_table",
  name,
  provider: `provider["registry.terraform.io/hashicorp/aws"].${region}`,
  instances: [{ attributes: { name: of } }],
});
const states: NamedState[] = [
  { stack: "prod-data", state: { resources: [table("old", "orders"), table("same", "stock")] } },
  { stack: "prod-own", state: {} },
];
const stack = (name: string, tables: readonly string[]): SynthesizedStack => ({
  name,
  folder: name,
  dependencies: [],
  terraform: { resource: { aws_dynamodb_table: Object.fromEntries(tables.map((one) => [one, {}])) } },
});
const stacks = [stack("prod-data", ["same", "next"]), stack("prod-own", ["next", "further"])];
const asked = (options: Parameters<typeof askedMoves>[0]) => askedMoves(options, "prod", stacks, states);
const sentence = "The team of billing looks after it from now on.";

describe("Options of evenkeel move", () => {
  test("become moves, within a stack and between two", () => {
    const from = "aws_dynamodb_table.old";
    expect(asked({ rename: [`${from}=data:aws_dynamodb_table.next`] })).toEqual({
      moved: [{ stack: "prod-data", from, to: "aws_dynamodb_table.next" }],
      removed: [],
      imports: [],
    });
    expect(asked({ rename: [`${from}=aws_dynamodb_table.further`], expires: "2026-12-24" })).toEqual({
      moved: [],
      removed: [expect.objectContaining({ stack: "prod-data", address: from })],
      imports: [{ stack: "prod-own", to: "aws_dynamodb_table.further", id: "orders" }],
    });
    expect(asked({ forget: [from], reason: sentence }).removed).toEqual([
      expect.objectContaining({ stack: "prod-data", address: from, reason: sentence }),
    ]);
  });

  test.each([
    [{ forget: ["aws_dynamodb_table.old"] }, "--reason: is missing"],
    [{ forget: ["aws_dynamodb_table.same"], reason: sentence }, "is still configured in prod-data"],
    [{ forget: ["aws_dynamodb_table.odl"], reason: sentence }, 'did you mean "aws_dynamodb_table.old"?'],
    [
      { import: ["aws_dynamodb_table.next=orders"] },
      "is in several stacks; name one of them: prod-data:aws_dynamodb_table.next",
    ],
    [{ import: ["aws_dynamodb_table.same=stock"] }, "is in the state of prod-data already"],
    [{ import: ["dat:aws_dynamodb_table.next=x"] }, "dat is no stack"],
    [{ import: ["aws_dynamodb_table.next"] }, 'has no "="'],
  ])("are refused where they are wrong: %j", (options, message) => {
    expect(() => asked(options)).toThrow(message);
  });
});

describe("Moves", () => {
  test("are refused where another state has what they import, unless it lets go", () => {
    const imports = [{ stack: "prod-own", to: "aws_dynamodb_table.further", id: "orders" }];
    const moves = { moved: [], removed: [], imports };
    const owned = (region: string | undefined, more: object = {}) =>
      ownedBy({ ...moves, ...more }, states, () => region);
    expect(owned("eu-west-1")).toEqual([
      expect.objectContaining({
        message: expect.stringContaining("orders is aws_dynamodb_table.old of prod-data already"),
      }),
    ]);
    expect(owned("eu-central-1")).toEqual([]);
    const removed = [
      { stack: "prod-data", address: "aws_dynamodb_table.old", reason: sentence, expires: "2026-12-24" },
    ];
    expect(owned("eu-west-1", { removed })).toEqual([]);
  });

  test("are done once the states have them behind them", () => {
    const move = (from: string, to: string) => ({
      stack: "prod-data",
      from: `aws_dynamodb_table.${from}`,
      to: `aws_dynamodb_table.${to}`,
    });
    const { done, open, left } = sortedMoves(
      {
        moved: [move("gone", "same"), move("old", "next"), move("gone", "next")],
        removed: [{ stack: "prod-data", address: "aws_dynamodb_table.old", reason: sentence, expires: "2026-12-24" }],
        imports: [
          { stack: "prod-data", to: "aws_dynamodb_table.same", id: "stock" },
          { stack: "prod-own", to: "aws_dynamodb_table.further", id: "x" },
        ],
      },
      states,
    );
    expect(done.map(({ kind, address }) => `${kind} ${address}`)).toEqual([
      "moved aws_dynamodb_table.same",
      "import aws_dynamodb_table.same",
    ]);
    expect(open.map(({ because }) => because)).toEqual([
      "the state of prod-data still has aws_dynamodb_table.old",
      "the state of prod-data has neither address",
      "the state of prod-data still has it",
      "the state of prod-own does not have it yet",
    ]);
    expect([left.moved.length, left.removed.length, left.imports.length]).toEqual([2, 1, 1]);
  });
});

describe("The id of an import", () => {
  test.each([
    ["aws_route53_record", { zone_id: "Z1", name: "www", type: "A", set_identifier: "" }, "Z1_www_A"],
    ["aws_route53_record", { zone_id: "Z1", name: "www", type: "A", set_identifier: "eu" }, "Z1_www_A_eu"],
    ["aws_lambda_permission", { function_name: "f", qualifier: "live", statement_id: "s" }, "f:live/s"],
    ["aws_lambda_permission", { function_name: "f", qualifier: null, statement_id: "s" }, "f/s"],
    ["aws_kms_alias", { name: "alias/orders" }, "alias/orders"],
    ["aws_kms_key", { key_id: null }, undefined],
    ["aws_unheard_of", { id: "x" }, undefined],
  ])("of %s with %j is %s", (type, values, id) => {
    expect(importIdOf(type, values)).toBe(id);
  });

  test("is known of types by their own names only", () => {
    expect(["constructor", "toString"].map(importFormOf)).toEqual([undefined, undefined]);
  });
});
