import { join } from "node:path";
import { Inventory } from "../../../simulator/inventory/inventory";
import type { ObjectValue } from "../../../simulator/protocol/values";
import { CloudView } from "../../../simulator/refusals/cloud-view";
import { callsOf, typesWithCalls } from "../../../simulator/refusals/services";
import { refusedValues } from "../../../simulator/refusals/values";
import { typesWithValues } from "../../../values/limits-of";
import { temporaryFolder } from "../../support/temporary-folder";

const place = { partition: "aws", account: "111122223333", region: "eu-west-1" };
const inventory = new Inventory({ file: join(temporaryFolder(), "inventory.jsonl") });

const refusal = (type: string, config: ObjectValue, prior: ObjectValue | null = null): string => {
  const cloud = new CloudView(inventory, place);
  const diagnostic = refusedValues({ type, values: { ...config, id: "x" }, prior, cloud }, config);
  return [diagnostic?.summary, diagnostic?.detail].filter(Boolean).join("\n");
};

describe("The simulated cloud refuses values that AWS does not take", () => {
  test.each([
    [
      "aws_sqs_queue",
      { name: "a b" },
      /^creating SQS Queue.*: operation error SQS: CreateQueue, https response error StatusCode: 400, .*, InvalidAttributeValue: 1 validation error detected: Value at 'name' failed to satisfy constraint: is not a valid queue name; /,
    ],
    [
      "aws_cloudwatch_event_rule",
      { name: "a b" },
      /operation error EventBridge: PutRule, .* api error ValidationException: 1 validation error detected: Value at 'name'/,
    ],
    [
      "aws_lambda_function",
      { function_name: "a", memory_size: 1, timeout: 901 },
      /ValidationException: 2 validation errors detected: Value at 'memory_size' .*; Value at 'timeout' /,
    ],
    ["aws_rds_cluster", { port: 80 }, /InvalidParameterValue: .*Value at 'port'/],
    ["aws_wafv2_web_acl", { scope: "GLOBAL" }, /WAFInvalidParameterException: /],
  ])("%s %j", (type, config, words) => expect(refusal(type, config)).toMatch(words));

  test("by the operation that changes, when something changes", () => {
    expect(refusal("aws_lambda_function", { timeout: 0 }, { id: "x", timeout: 3 })).toContain("Lambda: UpdateFunction");
  });

  test("and takes what is not written, and texts with the signs of expressions", () => {
    expect(refusal("aws_sqs_queue", { name: "orders", delay_seconds: null, tags: null })).toBe("");
    expect(refusal("aws_cloudwatch_event_rule", { name: "orders", description: `\${x}` })).toBe("");
  });

  test("for every type that has both calls and values", () => {
    const types = typesWithValues.filter((type) => type.startsWith("aws_"));
    expect(typesWithCalls.length).toBeGreaterThan(90);
    // Its one call sets what cannot be wrong once the provider has taken it.
    expect(types.filter((type) => !callsOf(type))).toEqual(["aws_lambda_runtime_management_config"]);
  });
});
