import { changesIn } from "../../drift";
import type { Plan } from "../../terraform";
import { stackOf } from "./synthetic";

const table = "aws_dynamodb_table.orders";
const configured = {
  name: "orders",
  read_capacity: 5,
  server_side_encryption: { enabled: true },
  tags: { Team: "orders" },
  lifecycle: { ignore_changes: ["read_capacity"] },
};

function changes(before: object, after: object | null, more: object = {}) {
  const change = { actions: [after === null ? "delete" : "update"], before, after, ...more };
  const drift = { address: table, mode: "managed", type: "aws_dynamodb_table", change };
  const plan = { format_version: "1.2", resource_drift: [drift] } as unknown as Plan;
  return changesIn(stackOf("prod-data", [{ address: table, configured }]), plan);
}

describe("Changes of a plan that only refreshes", () => {
  test("are told argument by argument, with what the configuration says of each", () => {
    const found = changes(
      {
        read_capacity: 5,
        server_side_encryption: [{ enabled: true, kms_key_arn: "a" }],
        tags: { Team: "orders" },
        arn: "x",
      },
      {
        read_capacity: 9,
        server_side_encryption: [{ enabled: false, kms_key_arn: "b" }],
        tags: { Team: "orders", A: "b" },
        arn: "y",
      },
    );
    expect(found.map(({ path, configured: isSet, ignored }) => [path, isSet, ignored])).toEqual([
      ["arn", false, false],
      ["read_capacity", true, true],
      ["server_side_encryption.enabled", true, false],
      ["server_side_encryption.kms_key_arn", false, false],
      ["tags.A", true, false],
    ]);
  });

  test("are one for a resource that is gone", () => {
    const [gone, ...others] = changes({ name: "orders" }, null);
    expect([gone?.path, gone?.attribute, others]).toEqual([undefined, undefined, []]);
  });

  test.each([
    ["nothing in another form", { a: null, b: "", c: [] }, { a: "", b: null, c: null }],
    ["nothing as the zero of its type", { a: null, b: null }, { a: 0, b: false }],
    ["a document in another order", { policy: '{"a":1,"b":2}' }, { policy: '{ "b": 2, "a": 1 }' }],
    ["a set in another order", { set: ["a", "b"] }, { set: ["b", "a"] }],
  ])("are none for %s", (_title, before, after) => expect(changes(before, after)).toEqual([]));

  test.each([
    ["a number that becomes zero", { a: 5 }, { a: 0 }],
    ["a flag that is switched off", { a: true }, { a: false }],
    ["a zero that becomes one", { a: 0 }, { a: 1 }],
  ])("are there for %s", (_title, before, after) => expect(changes(before, after)).toHaveLength(1));

  test("name elements of blocks, and tell a list as a whole where elements came or went", () => {
    const index = (name: string, read_capacity: number) => ({ name, read_capacity });
    const paths = (before: object[], after: object[]) =>
      changes({ global_secondary_index: before }, { global_secondary_index: after }).map(({ path }) => path);
    expect(paths([index("a", 1), index("b", 1)], [index("b", 2), index("a", 1)])).toEqual([
      'global_secondary_index["b"].read_capacity',
    ]);
    expect(paths([index("a", 1)], [index("a", 1), index("b", 1)])).toEqual(["global_secondary_index"]);
  });

  test.each([
    ["of the whole", true],
    ["of the argument", { a: true }],
    ["of a part of it", { a: [{ b: true }] }],
  ])("are sensitive by the mark %s", (_title, mark) => {
    const [found] = changes({ a: [{ b: "x" }] }, { a: [{ b: "y" }] }, { before_sensitive: mark });
    expect(found?.sensitive).toBe(true);
    const [after] = changes({ a: [{ b: "x" }] }, { a: [{ b: "y" }] }, { after_sensitive: mark });
    expect(after?.sensitive).toBe(true);
    const [other] = changes({ c: "x" }, { c: "y" }, { before_sensitive: { a: true } });
    expect(other?.sensitive).toBe(false);
  });
});
