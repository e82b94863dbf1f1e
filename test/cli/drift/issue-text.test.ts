import type { DriftData } from "../../../cli/drift/data";
import { issueText } from "../../../cli/drift/issue-text";
import { shownValue } from "../../../cli/drift/shown-value";
import { changeOf } from "../../drift/synthetic";

const change = (index: number): DriftData["changes"][number] => ({
  stack: "prod-data",
  address: `aws_dynamodb_table.orders_table_${index}`,
  region: "eu-west-1",
  attribute: "tags.Owner",
  kind: "by-hand",
  rule: "tags",
  reason: "Tags are not as configured.",
  before: "a-value-of-before",
  now: "a-value-of-now",
  accepted: null,
  expiredOn: null,
});
const data = (count: number): DriftData => ({
  environment: "prod",
  open: count,
  stacks: ["prod-data"],
  notDeployed: [],
  regions: [{ region: "eu-west-1", failover: 0, scaling: 0, byHand: count, unknown: 0, accepted: 0 }],
  changes: Array.from({ length: count }, (_, index) => change(index)),
  unused: [],
  issue: null,
});
const limit = 65_535;

describe("The text of an issue", () => {
  test("begins with the marker of the environment, and tells each change without its values", () => {
    const text = issueText(data(2), { limit, run: "https://example.com/run" });
    expect(text.split("\n")[0]).toBe("<!-- evenkeel drift prod -->");
    expect(text).toContain(
      "| eu-west-1 | `prod-data` | `aws_dynamodb_table.orders_table_1` | `tags.Owner` | Tags are not as configured. |",
    );
    expect(text).toContain("[Run](https://example.com/run)");
    expect(text).not.toContain("a-value-of");
  });

  test("is below what a forge takes, and says what was left out", () => {
    const text = issueText(data(2000), { limit });
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit);
    expect(text).toMatch(/Left out, as this would be too long: \d+ changes by hand\..*evenkeel drift prod --json/);
  });
});

describe("A value that is shown", () => {
  test.each([
    ["memory_size", 128, {}, "128"],
    ["enabled", false, {}, "false"],
    ["handler", "index.main", {}, "index.main"],
    ["handler", "x".repeat(200), {}, `${"x".repeat(59)}…`],
    ["ingress", [{}, {}], {}, "(2 elements)"],
    ["description", null, {}, "(none)"],
    ["memory_size", 128, { sensitive: true }, "(hidden)"],
    ["environment.variables.PAGE", "20", {}, "(hidden)"],
    ["insecure_value", "open", {}, "(hidden)"],
    ["master_password", "hunter2", {}, "(hidden)"],
    ["description", `ghp_${"a1B2".repeat(9)}`, {}, "(hidden)"],
    ["policy", "{}", {}, "(hidden)"],
  ])("of %s, %j with %j, is %s", (path, value, more, shown) => {
    expect(shownValue(changeOf("aws_lambda_function.orders", path, more), value)).toBe(shown);
  });
});
