import { CircuitBreakers, type CircuitBreakersInput } from "../../../modules/circuit-breakers";
import type { DeploymentStack, RegionalKey } from "../../../modules/core";
import { breakerNamespace } from "../../../runtime/breaker/breaker-metric";
import { dependency } from "../../../runtime/breaker/dependency";
import { synth } from "../../support/synth";
import { everyOption } from "./every-option";
import { build as example } from "./example";
import { account, alarms, functionIn, key } from "./parts";

const breakers = (stack: DeploymentStack, config: CircuitBreakersInput, region = "eu-west-1") =>
  new CircuitBreakers(stack, "breakers", {
    config,
    environment: "test",
    region,
    account,
    key: key as RegionalKey,
    alarms,
  });

const carrier = { name: "carrier" };
const withEndpoints = {
  name: "carrier",
  endpoints: { "eu-west-1": "https://dublin.example.com", "eu-central-1": "https://frankfurt.example.com" },
};

interface Variables {
  readonly environment: { readonly variables: Readonly<Record<string, string>> };
}

describe("CircuitBreakers", () => {
  const full = synth(everyOption);

  test("keep the state of each region in a table of its own, encrypted, which may go", () => {
    for (const [id, region] of [
      ["full", "eu-west-1"],
      ["least", "eu-central-1"],
    ] as const) {
      expect(full.at(`aws_dynamodb_table.${id}_state_table`)).toMatchObject({
        name: "test-circuit-breakers",
        provider: `aws.${region}`,
        hash_key: "pk",
        ttl: { enabled: true, attribute_name: "expiresAt" },
        server_side_encryption: { enabled: true, kms_key_arn: key.arnIn(region) },
        deletion_protection_enabled: false,
      });
    }
    expect(full.resource.aws_dynamodb_table_replica).toBeUndefined();
  });

  test("have a switch for each endpoint that is called, which Terraform makes once and leaves alone", () => {
    const names = Object.values(full.resource.aws_ssm_parameter ?? {}).map(
      ({ name, provider }) => `${provider} ${name}`,
    );
    expect(names.sort()).toEqual([
      "aws.eu-central-1 /test/circuit-breakers/carrier.eu-central-1",
      "aws.eu-west-1 /test/circuit-breakers/carrier.eu-central-1",
      "aws.eu-west-1 /test/circuit-breakers/carrier.eu-west-1",
      "aws.eu-west-1 /test/circuit-breakers/tax-office.eu-west-1",
    ]);
    expect(full.at("aws_ssm_parameter.full_carrier-eu-west-1")).toMatchObject({
      insecure_value: "automatic",
      allowed_pattern: "^(?:automatic|open|closed)$",
      lifecycle: { ignore_changes: ["insecure_value", "value"] },
    });
  });

  test("alarm while calls are refused, on the very metric that functions write", () => {
    expect(full.at("aws_cloudwatch_metric_alarm.full_carrier-eu-central-1-open")).toMatchObject({
      provider: "aws.eu-west-1",
      namespace: breakerNamespace,
      metric_name: "Open",
      dimensions: { Environment: "test", Dependency: "carrier", EndpointRegion: "eu-central-1" },
      statistic: "Maximum",
      period: 60,
      evaluation_periods: 3,
      threshold: 1,
      treat_missing_data: "notBreaching",
    });
    expect(full.addresses.filter((address) => /alarm\.least_carrier/.test(address))).toEqual([]);
  });

  test("tell a function what its runtime reads, its own region first", () => {
    const { variables } = (full.at("aws_lambda_function.function-eu-west-1_function") as unknown as Variables)
      .environment;
    expect(variables).toMatchObject({
      CIRCUIT_BREAKERS_TABLE_NAME: "test-circuit-breakers",
      CIRCUIT_BREAKERS_PATH: "/test/circuit-breakers",
    });
    const told = dependency("carrier").parse(String(variables.DEPENDENCY_CARRIER));
    expect(told).toEqual({
      name: "carrier",
      endpoints: {
        "eu-west-1": "https://dublin.carrier.example.com/v1",
        "eu-central-1": "https://frankfurt.carrier.example.com",
      },
      failures: { percent: 50, calls: 20 },
      openMs: 10_000,
      maxOpenMs: 60_000,
      // The timeout of the function, and a second.
      probeMs: 11_000,
    });
    expect(Object.keys(told?.endpoints ?? {})).toEqual(["eu-west-1", "eu-central-1"]);
    expect(dependency("tax-office").parse(String(variables.DEPENDENCY_TAX_OFFICE))).toMatchObject({ endpoints: {} });
  });

  test("let a function use the items of its own dependencies and read the switches, and nothing else", () => {
    const { policy } = full.at("aws_iam_role_policy.function-eu-west-1_execution_policy") as { policy: string };
    const statements = JSON.stringify(JSON.parse(policy).Statement);
    expect(statements).toContain('"dynamodb:LeadingKeys":["carrier#*","tax-office#*"]');
    expect(statements).toContain('"ssm:GetParametersByPath"');
    expect(statements).toContain("parameter/test/circuit-breakers/*");
    expect(statements).not.toContain("dynamodb:Scan");
    expect(statements).not.toContain("ssm:PutParameter");
  });

  test("tell a function only of the endpoint of its own region without fallback", () => {
    const { at } = synth((stack) => {
      breakers(stack, { dependencies: [withEndpoints] }).protect(functionIn(stack, "eu-west-1"), ["carrier"]);
    });
    const { variables } = (at("aws_lambda_function.function-eu-west-1_function") as unknown as Variables).environment;
    expect(dependency("carrier").parse(String(variables.DEPENDENCY_CARRIER))?.endpoints).toEqual({
      "eu-west-1": "https://dublin.example.com",
    });
  });

  test("ask the first endpoint that is listed where their own region has none", () => {
    const { at } = synth((stack) => {
      const other = {
        name: "carrier",
        endpoints: { "eu-north-1": "https://stockholm.example.com", ...withEndpoints.endpoints },
      };
      breakers(stack, { dependencies: [other] }, "eu-west-1").protect(functionIn(stack, "eu-west-1"), ["carrier"]);
      const { "eu-west-1": _, ...elsewhere } = other.endpoints;
      new CircuitBreakers(stack, "elsewhere", {
        config: { dependencies: [{ ...other, endpoints: elsewhere, fallback: true }] },
        environment: "elsewhere",
        region: "eu-west-1",
        account,
        key,
      });
    });
    expect(at("aws_ssm_parameter.breakers_carrier-eu-west-1").name).toBe("/test/circuit-breakers/carrier.eu-west-1");
    expect(at("aws_ssm_parameter.elsewhere_carrier-eu-north-1").name).toBe(
      "/elsewhere/circuit-breakers/carrier.eu-north-1",
    );
  });

  test("synthesize the example", () => {
    const { addresses } = synth((stack) => {
      example(stack, key, functionIn(stack, "eu-west-1"));
    });
    expect(addresses).toContain("aws_ssm_parameter.circuit-breakers_carrier-eu-central-1");
  });

  test.each<[string, CircuitBreakersInput, RegExp]>([
    ["no dependency", { dependencies: [] }, /dependencies/],
    [
      "two of one name",
      { dependencies: [carrier, carrier] },
      /has the dependency "carrier" twice; give each another name/,
    ],
    [
      "a fallback without another region",
      { dependencies: [{ ...carrier, fallback: true }] },
      /dependencies\[0\]\.fallback: has no other region to ask; add the endpoints of two regions, or remove it/,
    ],
    [
      "a maximum below the first time",
      { dependencies: [{ ...carrier, openSeconds: 60, maxOpenSeconds: 30 }] },
      /maxOpenSeconds: is less than openSeconds, which is 60; use at least as many/,
    ],
    [
      "an endpoint that is not https",
      { dependencies: [{ ...carrier, endpoints: { "eu-west-1": "http://carrier.example.com" } }] },
      /endpoints\.eu-west-1: is not an https URL/,
    ],
    [
      "two rules at once",
      { dependencies: [{ ...carrier, failures: { consecutive: 5, percent: 50, calls: 10 } as never }] },
      /failures/,
    ],
  ])("refuse %s", (_, config, message) => {
    expect(() => synth((stack) => void breakers(stack, config))).toThrow(message);
  });

  test("refuse a dependency that is not declared, and a function of another region", () => {
    expect(() =>
      synth(
        (stack) => void breakers(stack, { dependencies: [carrier] }).protect(functionIn(stack, "eu-west-1"), ["tax"]),
      ),
    ).toThrow('has no dependency "tax"; use one of carrier, or declare it');
    expect(() =>
      synth(
        (stack) =>
          void breakers(stack, { dependencies: [carrier] }).protect(functionIn(stack, "eu-central-1"), ["carrier"]),
      ),
    ).toThrow('holds the breakers of "eu-west-1", which a function in "eu-central-1" must not use');
  });
});
