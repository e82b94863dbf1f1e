import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DeploymentStack } from "../../../modules/core";
import { FaultInjection, type FaultInjectionProps, type FaultyFunction } from "../../../modules/fault-injection";
import { grantsIn, synth } from "../../support/synth";
import { everyOption } from "./every-option";

const account = "123456789012";

const faults = (stack: DeploymentStack, props: Partial<FaultInjectionProps> = {}): FaultInjection =>
  new FaultInjection(stack, "faults", {
    config: {},
    path: "/test/orders/chaos",
    region: "eu-west-1",
    account,
    ...props,
  });

describe("FaultInjection", () => {
  test("is off when it is made, and left alone by Terraform afterwards", () => {
    expect(synth((stack) => faults(stack)).at("aws_ssm_parameter.faults_switch")).toMatchObject({
      provider: "aws.eu-west-1",
      name: "/test/orders/chaos/faults",
      type: "String",
      insecure_value: "off",
      allowed_pattern: "^(?:off|\\{.*\\})$",
      lifecycle: { ignore_changes: ["insecure_value", "value"] },
    });
  });

  test("lets a function read the switch only, and tells it where it is and how long faults may last", () => {
    const told: object[] = [];
    const grants = grantsIn("eu-west-1", (stack, grantee) => {
      const target: FaultyFunction = {
        ...grantee,
        functionName: "test-orders",
        addEnvironmentVariables: (variables) => told.push(variables),
      };
      faults(stack, { config: { longestMinutes: 30 } }).attach({
        region: target.region,
        functionName: target.functionName,
        addToRolePolicy: (statement) => grantee.addToRolePolicy(statement),
        addEnvironmentVariables: target.addEnvironmentVariables,
      });
    });
    const path = `arn:aws:ssm:eu-west-1:${account}:parameter/test/orders/chaos`;
    expect(grants).toEqual([{ actions: ["ssm:GetParametersByPath"], resources: [path, `${path}/*`] }]);
    expect(told).toEqual([{ CHAOS_SETTINGS_PATH: "/test/orders/chaos", CHAOS_LONGEST_MINUTES: "30" }]);
  });

  test("has an alarm while faults are injected, where alarms go somewhere", () => {
    expect(synth(everyOption).at("aws_cloudwatch_metric_alarm.full_injected-alarm")).toMatchObject({
      provider: "aws.eu-central-1",
      namespace: "Evenkeel/Functions",
      metric_name: "FaultsInjected",
      dimensions: { FunctionName: "test-full" },
      threshold: 0,
      treat_missing_data: "notBreaching",
      alarm_actions: [`arn:aws:sns:eu-central-1:111111111111:alerts`],
    });
  });

  test("is not followed from another region", () => {
    const target = {
      region: "eu-central-1",
      functionName: "test-orders",
      addToRolePolicy: () => undefined,
      addEnvironmentVariables: () => undefined,
    };
    expect(() => synth((stack) => faults(stack).attach(target))).toThrow(
      'switches faults of "eu-west-1", which a function in "eu-central-1" must not follow; create a FaultInjection for each region',
    );
  });

  test.each([
    [{ config: { longestMinutes: 0 } }, /longestMinutes/],
    [{ config: { longestMinutes: 1441 } }, /longestMinutes/],
    [{ path: "orders" }, /"orders" is not a valid parameter path; start with a slash/],
    [{ path: "/aws/orders" }, /do not begin with aws or ssm/],
  ])("refuses %j", (props, message) => {
    expect(() => synth((stack) => faults(stack, props))).toThrow(message);
  });

  test("has these addresses, whatever its options", () => {
    expect(synth(everyOption).addresses).toEqual([
      "aws_cloudwatch_metric_alarm.full_injected-alarm",
      "aws_ssm_parameter.full_switch",
      "aws_ssm_parameter.least_switch",
    ]);
  });

  test("is built in the README as in the example", () => {
    const example = readFileSync(join(__dirname, "example.ts"), "utf8");
    const [, body = ""] = /(export function build[\s\S]*)/.exec(example) ?? [];
    expect(readFileSync("modules/fault-injection/README.md", "utf8")).toContain(body.trim());
  });
});
