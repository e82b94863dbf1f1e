import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DeploymentStack } from "../../../modules/core";
import { PlainSettings, type PlainSettingsInput, type PlainSettingsProps } from "../../../modules/plain-settings";
import { grantsIn, synth } from "../../support/synth";
import { everyOption } from "./every-option";
import { build as example } from "./example";

const account = "123456789012";

function settings(stack: DeploymentStack, props: Partial<PlainSettingsProps> = {}): PlainSettings {
  return new PlainSettings(stack, "settings", {
    config: { settings: { "page-size": { value: "50" } } },
    path: "/test/orders",
    account,
    regions: ["eu-west-1"],
    ...props,
  });
}

const one = (name: string, setting: object): PlainSettingsInput =>
  ({ settings: { [name]: setting } }) as PlainSettingsInput;

describe("PlainSettings", () => {
  test("are standard parameters of type String, with the same name in each region", () => {
    const { at } = synth((stack) => settings(stack, { regions: ["eu-west-1", "eu-central-1"] }));
    for (const region of ["eu-west-1", "eu-central-1"]) {
      expect(at(`aws_ssm_parameter.settings_page-size-${region}`)).toMatchObject({
        provider: `aws.${region}`,
        name: "/test/orders/page-size",
        type: "String",
        tier: "Standard",
        insecure_value: "50",
      });
    }
  });

  test("may have a value of their own in a region", () => {
    const config = one("page-size", { value: "50", valueIn: { "eu-central-1": "20" } });
    const { at } = synth((stack) => settings(stack, { config, regions: ["eu-west-1", "eu-central-1"] }));
    expect(at("aws_ssm_parameter.settings_page-size-eu-west-1").insecure_value).toBe("50");
    expect(at("aws_ssm_parameter.settings_page-size-eu-central-1").insecure_value).toBe("20");
  });

  test("only add parameters for a further region", () => {
    const before = synth((stack) => settings(stack));
    const after = synth((stack) => settings(stack, { regions: ["eu-west-1", "eu-central-1"] }));
    const address = "aws_ssm_parameter.settings_page-size-eu-west-1";
    expect(after.at(address)).toEqual(before.at(address));
  });

  test("hold later changes by hand to the pattern, as a whole", () => {
    const config = one("share", { value: "0.5", allowedPattern: "0|1|0\\.\\d" });
    expect(
      synth((stack) => settings(stack, { config })).at("aws_ssm_parameter.settings_share-eu-west-1"),
    ).toMatchObject({
      allowed_pattern: "^(?:0|1|0\\.\\d)$",
    });
  });

  test("keep their addresses", () => {
    expect(synth(everyOption).addresses).toEqual([
      "aws_ssm_parameter.full_sample-rate-eu-central-1",
      "aws_ssm_parameter.full_sample-rate-eu-west-1",
      "aws_ssm_parameter.least_page-size-eu-west-1",
    ]);
  });

  test("let a reader read those of its own region, by name and by path", () => {
    const granted = grantsIn("eu-central-1", (stack, reader) =>
      settings(stack, { regions: ["eu-west-1", "eu-central-1"] }).grantRead(reader),
    );
    const arn = `arn:aws:ssm:eu-central-1:${account}:parameter/test/orders`;
    expect(granted).toEqual([
      {
        actions: ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"],
        resources: [arn, `${arn}/*`],
      },
    ]);
  });

  describe("refuse", () => {
    const secrets: [string, string, string][] = [
      ["a password by its name", "db-password", "hunter2"],
      ["an API key by its name", "api-key", "hunter2"],
      ["a token by its name", "payment-token", "hunter2"],
      ["an access key", "page", "AKIAIOSFODNN7EXAMPLE"],
      ["a private key", "page", "-----BEGIN RSA PRIVATE KEY-----"],
      ["a URL with a password", "page", "postgres://app:hunter2@db/orders"],
    ];
    test.each(secrets)("%s, without showing it", (_, name, value) => {
      const config = one(name, { value });
      const build = () => synth((stack) => settings(stack, { config }));
      expect(build).toThrow(
        /(is named|looks) like a secret.*; keep it in (a ReplicatedSecret|Secrets Manager).* \(received (\(hidden\)|nothing)\)/,
      );
      expect(build).not.toThrow(value);
    });

    test("a secret in the value of one region", () => {
      const config = one("page", { value: "x", valueIn: { "eu-west-1": "AKIAIOSFODNN7EXAMPLE" } });
      expect(() => synth((stack) => settings(stack, { config }))).toThrow("valueIn.eu-west-1: looks like a secret");
    });

    const configs: [string, object, string][] = [
      ["no settings at all", { settings: {} }, "settings: is empty; add a setting or remove the field"],
      ["an empty value", one("page", { value: "" }), "settings.page.value: is too small; use at least 1 character"],
      [
        "more than 4096 bytes, which are more than characters",
        one("page", { value: "ä".repeat(2049) }),
        "settings.page.value: has 4098 bytes, but a standard parameter allows 4096 bytes; keep large values in S3 or AppConfig",
      ],
      [
        "a reference to another parameter",
        one("page", { value: "{{ssm:other}}" }),
        "settings.page.value: contains {{...}}, which Parameter Store treats as a reference to another parameter",
      ],
      [
        "a value that does not match the pattern as a whole",
        one("page", { value: "50x", allowedPattern: "\\d+" }),
        'settings.page.value: does not match allowedPattern \\d+; change the value or the pattern (received "50x")',
      ],
      [
        "a pattern that is none",
        one("page", { value: "x", allowedPattern: "(" }),
        "settings.page.allowedPattern: is not a valid regular expression (missing closing )); correct it",
      ],
      ["a name in camel case", one("pageSize", { value: "x" }), "is not kebab-case"],
      ["a SecureString", one("page", { value: "x", type: "SecureString" }), "settings.page.type: unknown field"],
      ["an unknown region", one("page", { value: "x", valueIn: { "eu-west-9": "y" } }), "settings.page.valueIn"],
    ];
    test.each(configs)("%s", (_, config, message) => {
      expect(() => synth((stack) => settings(stack, { config: config as PlainSettingsInput }))).toThrow(message);
    });

    const props: [string, Partial<PlainSettingsProps>, string][] = [
      ["a path without a slash", { path: "test/orders" }, 'test/settings: "test/orders" is not a valid parameter path'],
      ["a path of AWS", { path: "/aws/orders" }, '"/aws/orders" is not a valid parameter path; start with a slash'],
      ["a path of Systems Manager", { path: "/SSM-orders" }, '"/SSM-orders" is not a valid parameter path'],
      ["more than 15 levels", { path: "/a".repeat(15) }, "the parameters would have 16 levels, but AWS allows 15"],
      [
        "a name that is too long",
        { path: `/${"a".repeat(1003)}` },
        "name would have 1014 characters, but AWS allows 1011",
      ],
      ["a region named twice", { regions: ["eu-west-1", "eu-west-1"] }, 'region "eu-west-1" is listed twice'],
      [
        "a value for a region without settings",
        { config: one("page", { value: "x", valueIn: { "eu-central-1": "y" } }) },
        'the setting "page" has a value in region "eu-central-1", which has no settings; use one of eu-west-1',
      ],
    ];
    test.each(props)("%s", (_, wrong, message) => {
      expect(() => synth((stack) => settings(stack, wrong))).toThrow(message);
    });

    test("a reader in a region without settings", () => {
      expect(() => grantsIn("eu-central-1", (stack, reader) => settings(stack).grantRead(reader))).toThrow(
        'test/settings: has no settings in region "eu-central-1", only in eu-west-1; add the region',
      );
    });
  });

  test("are shown in their README by an example that compiles and builds", () => {
    const readme = readFileSync(join(__dirname, "../../../modules/plain-settings/README.md"), "utf8");
    const source = readFileSync(join(__dirname, "example.ts"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function")).trim());
    const reader = { region: "eu-west-1", addToRolePolicy: () => undefined };
    expect(synth((stack) => example(stack, reader)).addresses).toContain(
      "aws_ssm_parameter.settings_sample-rate-eu-central-1",
    );
  });
});
