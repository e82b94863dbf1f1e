import { RegionalService, regionalServiceConfig } from "../../blueprints/regional-service";
import { parseConfig, type RegionalKey } from "../../modules/core";
import { synth } from "../support/synth";

const account = "123456789012";
const key: RegionalKey = {
  arnIn: (region) => `arn:aws:kms:${region}:${account}:key/mrk-1`,
  grantUse: () => undefined,
};

/** A service of one region, with or without settings of which one has a value of its own in each region. */
const serviceIn = (region: string, withSettings = true) =>
  synth((stack) => {
    new RegionalService(stack, "orders", {
      config: parseConfig(
        regionalServiceConfig,
        {
          function: { entry: "services/orders/handler.ts", reservedConcurrency: null },
          ...(withSettings
            ? {
                settings: {
                  "page-size": { value: "20", allowedPattern: "\\d+" },
                  partner: { value: "https://eu.example.com", valueIn: { "eu-central-1": "https://de.example.com" } },
                },
              }
            : {}),
        },
        "orders",
      ),
      environment: "test",
      name: "orders",
      region,
      account,
      key,
      tables: new Map(),
      tracing: false,
      ownsDomainValidation: false,
    });
  });

const variables = ({ at }: ReturnType<typeof synth>) =>
  (at("aws_lambda_function.orders_function_function").environment as { variables: Record<string, string> }).variables;
const policy = ({ at }: ReturnType<typeof synth>) =>
  at("aws_iam_role_policy.orders_function_execution_policy").policy as string;

describe("A RegionalService with settings", () => {
  test("makes those of its own region, below a path of its own, at lasting addresses", () => {
    const standby = serviceIn("eu-central-1");
    expect(standby.addresses.filter((address) => address.startsWith("aws_ssm"))).toEqual([
      "aws_ssm_parameter.orders_settings_page-size-eu-central-1",
      "aws_ssm_parameter.orders_settings_partner-eu-central-1",
    ]);
    expect(standby.at("aws_ssm_parameter.orders_settings_page-size-eu-central-1")).toMatchObject({
      provider: "aws.eu-central-1",
      name: "/test/orders/page-size",
      insecure_value: "20",
    });
  });

  test("uses the value of its region, where there is one", () => {
    const values = ["eu-west-1", "eu-central-1"].map(
      (region) => serviceIn(region).at(`aws_ssm_parameter.orders_settings_partner-${region}`).insecure_value,
    );
    expect(values).toEqual(["https://eu.example.com", "https://de.example.com"]);
  });

  test("tells its function the path, and lets it read there", () => {
    const service = serviceIn("eu-west-1");
    expect(variables(service).SETTINGS_PATH).toBe("/test/orders");
    expect(policy(service)).toContain(`arn:aws:ssm:eu-west-1:${account}:parameter/test/orders/*`);
  });

  test("needs none", () => {
    const service = serviceIn("eu-west-1", false);
    expect(variables(service)).not.toHaveProperty("SETTINGS_PATH");
    expect(policy(service)).not.toContain("ssm:");
  });
});
