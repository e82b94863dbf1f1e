import { acceptedDrift } from "../../contract";
import { isOpen, judgeDrift, sortDrift } from "../../drift";
import { changeOf, viewOf } from "./synthetic";

const now = Date.parse("2026-06-15T12:00:00Z");
const function_ = "aws_lambda_function.orders";
const entry = (attribute: string | undefined, expires = "2026-06-15", address = function_) => ({
  stack: "prod-data",
  address,
  attribute,
  reason: "Tried for the incident of Monday",
  expires,
});
const changed = (path: string) => sortDrift([changeOf(function_, path, { configured: true })], viewOf([]));
const judged = (path: string, ...entries: readonly ReturnType<typeof entry>[]) =>
  judgeDrift(changed(path), entries, ["prod-data"], now);

describe("Accepted drift", () => {
  test.each([
    ["memory_size", "memory_size", true],
    ["tags", "tags.Owner", true],
    ['environment["A"]', 'environment["A"]', true],
    ["tags", "tags_all.Owner", false],
    ["tags.Owner", "tags", false],
    [undefined, "memory_size", false],
  ])("%s accepts a change of %s: %s", (attribute, path, accepted) => {
    const { changes, unused } = judged(path, entry(attribute));
    expect([changes.map(isOpen), unused.length]).toEqual([[!accepted], accepted ? 0 : 1]);
  });

  test("without an argument accepts that the resource is gone", () => {
    const gone = { ...changeOf(function_, "x"), path: undefined, attribute: undefined };
    const { changes } = judgeDrift(sortDrift([gone], viewOf([])), [entry(undefined)], ["prod-data"], now);
    expect(changes.map(({ rule, accepted }) => [rule, accepted?.expires])).toEqual([["deleted", "2026-06-15"]]);
  });

  test("counts until its last day is over, in UTC, and is told afterwards", () => {
    const { changes, unused } = judged("memory_size", entry("memory_size", "2026-06-14"));
    expect([changes.map(isOpen), changes[0]?.expired?.expires, unused]).toEqual([[true], "2026-06-14", []]);
  });

  test("of another address or of a stack that was not looked at accepts nothing", () => {
    expect(
      judged("memory_size", entry("memory_size", "2026-06-15", "aws_lambda_function.other")).changes.map(isOpen),
    ).toEqual([true]);
    const { unused } = judgeDrift([], [entry("memory_size")], ["prod-keys"], now);
    expect(unused).toEqual([]);
  });

  test.each([
    [{ reason: "because" }, "reason"],
    [{ expires: "2099-01-01" }, "more than 90 days ahead"],
    [{ address: "aws_lambda_function.*" }, "a pattern would accept what nobody has seen"],
    [{ attribute: "*" }, "is not an argument"],
  ])("refuses %j", (more, message) => {
    const day = new Date().toISOString().slice(0, 10);
    expect(acceptedDrift.safeParse(entry("memory_size", day)).success).toBe(true);
    const { error } = acceptedDrift.safeParse({ ...entry("memory_size", day), ...more });
    expect(JSON.stringify(error?.issues)).toContain(message);
  });
});
