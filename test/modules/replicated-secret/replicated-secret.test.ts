import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DeploymentStack, Grantee, PolicyStatement, RegionalKey } from "../../../modules/core";
import {
  ReplicatedSecret,
  type ReplicatedSecretInput,
  type ReplicatedSecretProps,
  type RotationFunction,
  SecretRotation,
  type SecretRotationInput,
} from "../../../modules/replicated-secret";
import { grantsIn, ref, resolve, synth } from "../../support/synth";
import { everyOption } from "./every-option";
import { build as example } from "./example";

const account = "123456789012";
const alarms = { topicArn: (region: string) => `arn:aws:sns:${region}:${account}:alerts` };
const key: RegionalKey = {
  arnIn: (region) => `arn:aws:kms:${region}:${account}:key/mrk-1`,
  grantUse: (grantee, service) =>
    grantee.addToRolePolicy({ actions: ["kms:Decrypt"], resources: [`${service} in ${grantee.region}`] }),
};
const home = "aws_secretsmanager_secret.login_secret";
const standbyArn = `arn:aws:secretsmanager:eu-central-1:${account}:secret:${ref(
  `element(split(":", ${home}.arn), 6)`,
)}`;

function secret(stack: DeploymentStack, props: Partial<ReplicatedSecretProps> = {}): ReplicatedSecret {
  return new ReplicatedSecret(stack, "login", {
    config: { description: "Login of orders" },
    name: "test-login-of-orders-database",
    account,
    home: "eu-west-1",
    replicas: [],
    key,
    ...props,
  });
}

function rotationFunction(region = "eu-west-1", granted: PolicyStatement[] = []): RotationFunction {
  return {
    region,
    aliasArn: `arn:aws:lambda:${region}:${account}:function:test-rotation:live`,
    permissionTarget: { functionName: "test-rotation", qualifier: "live" },
    addToRolePolicy: (statement) => granted.push(statement),
  };
}

const rotate = (stack: DeploymentStack, config: SecretRotationInput = {}, withAlarms = true) =>
  new SecretRotation(stack, "rotation", {
    config,
    secret: secret(stack),
    rotationFunction: rotationFunction(),
    ...(withAlarms ? { alarms } : {}),
  });

describe("ReplicatedSecret", () => {
  test("is encrypted with the key of its region and can be restored", () => {
    expect(synth((stack) => secret(stack)).at(home)).toMatchObject({
      provider: "aws.eu-west-1",
      name: "test-login-of-orders-database",
      kms_key_id: `arn:aws:kms:eu-west-1:${account}:key/mrk-1`,
      recovery_window_in_days: 30,
      force_overwrite_replica_secret: false,
    });
  });

  test("only changes in place for a further region, whose replica has the key of that region", () => {
    const one = synth((stack) => secret(stack));
    const two = synth((stack) => secret(stack, { replicas: ["eu-central-1"] }));
    expect(two.addresses).toEqual(one.addresses);
    const { replica, ...rest } = two.at(home);
    expect(rest).toEqual(one.at(home));
    expect(replica).toEqual([{ region: "eu-central-1", kms_key_id: `arn:aws:kms:eu-central-1:${account}:key/mrk-1` }]);
  });

  test("has no value that Terraform could see", () => {
    const { addresses, resource } = synth(everyOption);
    expect(addresses.filter((address) => address.startsWith("aws_secretsmanager_secret_version"))).toEqual([]);
    expect(JSON.stringify(resource)).not.toMatch(/secret_string|secret_binary/);
  });

  test("denies requests without TLS and other accounts, allows nobody, and lets no policy open it to the public", () => {
    const policy = synth((stack) => secret(stack)).at("aws_secretsmanager_secret_policy.login_policy");
    expect(policy).toMatchObject({ block_public_policy: true, secret_arn: ref(`${home}.arn`) });
    const { Statement } = JSON.parse(policy.policy as string) as { Statement: { Effect: string; Condition: object }[] };
    expect(Statement.map(({ Effect }) => Effect)).toEqual(["Deny", "Deny"]);
    expect(Statement.map(({ Condition }) => Condition)).toEqual([
      { Bool: { "aws:SecureTransport": "false" } },
      {
        StringNotEquals: { "aws:PrincipalAccount": account },
        Bool: { "aws:PrincipalIsAWSService": "false" },
      },
    ]);
  });

  test("keeps its addresses", () => {
    expect(synth(everyOption).addresses).toEqual([
      "aws_cloudwatch_event_rule.full-rotation_age-schedule",
      "aws_cloudwatch_event_rule.full_alarms-eu-central-1_calls",
      "aws_cloudwatch_event_rule.full_alarms-eu-central-1_rotation",
      "aws_cloudwatch_event_rule.full_alarms-eu-west-1_calls",
      "aws_cloudwatch_event_rule.full_alarms-eu-west-1_rotation",
      "aws_cloudwatch_event_target.full-rotation_age-target",
      "aws_cloudwatch_event_target.full_alarms-eu-central-1_calls-topic",
      "aws_cloudwatch_event_target.full_alarms-eu-central-1_rotation-topic",
      "aws_cloudwatch_event_target.full_alarms-eu-west-1_calls-topic",
      "aws_cloudwatch_event_target.full_alarms-eu-west-1_rotation-topic",
      "aws_cloudwatch_metric_alarm.full-rotation_age",
      "aws_lambda_permission.full-rotation_invoke",
      "aws_lambda_permission.full-rotation_invoke-age",
      "aws_lambda_permission.least-rotation_invoke",
      "aws_secretsmanager_secret.full_secret",
      "aws_secretsmanager_secret.least_secret",
      "aws_secretsmanager_secret_policy.full_policy",
      "aws_secretsmanager_secret_policy.least_policy",
      "aws_secretsmanager_secret_rotation.full-rotation_rotation",
      "aws_secretsmanager_secret_rotation.least-rotation_rotation",
    ]);
  });

  describe("arnIn", () => {
    test("keeps the suffix that AWS adds and changes the region alone, even if the name has the region in it", () => {
      synth((stack) => {
        const login = secret(stack, { name: "eu-west-1-login-of-database", replicas: ["eu-central-1"] });
        expect(resolve(stack, [login.arnIn("eu-west-1"), login.arnIn("eu-central-1")])).toEqual([
          ref(`${home}.arn`),
          standbyArn,
        ]);
      });
    });

    test("refuses a region without the secret", () => {
      synth((stack) => {
        expect(() => secret(stack).arnIn("eu-central-1")).toThrow(
          'test/login: has no secret in region "eu-central-1", only in eu-west-1; add the region to the secret\'s replicas',
        );
      });
    });
  });

  test("lets a reader read the replica of its own region, with the key of that region", () => {
    const granted = grantsIn("eu-central-1", (stack, reader) =>
      secret(stack, { replicas: ["eu-central-1"] }).grantRead(reader),
    );
    expect(granted).toEqual([
      { actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"], resources: [standbyArn] },
      { actions: ["kms:Decrypt"], resources: ["secretsmanager in eu-central-1"] },
    ]);
  });

  test("lets a rotation function write versions of this secret alone, in the home region", () => {
    const granted = grantsIn("eu-west-1", (stack, rotator) => secret(stack).grantRotate(rotator));
    expect(granted).toContainEqual({
      actions: ["secretsmanager:PutSecretValue", "secretsmanager:UpdateSecretVersionStage"],
      resources: [ref(`${home}.arn`)],
    });
  });

  describe("alarms", () => {
    const { at } = synth((stack) => secret(stack, { replicas: ["eu-central-1"], alarms }));

    test("tell of rotations of this secret that fail or are abandoned", () => {
      const rule = at("aws_cloudwatch_event_rule.login_alarms-eu-west-1_rotation");
      expect(rule.name).toBe("test-login-of-orders-database-secret-rotation");
      expect(JSON.parse(rule.event_pattern as string)).toEqual({
        source: ["aws.secretsmanager"],
        "detail-type": ["AWS Service Event via CloudTrail"],
        detail: {
          eventSource: ["secretsmanager.amazonaws.com"],
          eventName: ["RotationFailed", "TestRotationFailed", "RotationAbandoned"],
          additionalEventData: { SecretId: [ref(`${home}.arn`)] },
        },
      });
      const standby = at("aws_cloudwatch_event_rule.login_alarms-eu-central-1_rotation");
      expect(standby.provider).toBe("aws.eu-central-1");
      expect(standby.event_pattern).toContain(standbyArn);
    });

    test("tell of calls that delete the secret, stop its rotation or replication, or open it, named either way", () => {
      const { event_pattern: pattern } = at("aws_cloudwatch_event_rule.login_alarms-eu-west-1_calls");
      const { detail } = JSON.parse(pattern as string);
      expect(detail.eventName).toEqual(
        expect.arrayContaining([
          "DeleteSecret",
          "CancelRotateSecret",
          "PutResourcePolicy",
          "RemoveRegionsFromReplication",
        ]),
      );
      expect(detail.requestParameters).toEqual({ secretId: [ref(`${home}.arn`), "test-login-of-orders-database"] });
    });

    test("send a sentence to the topic of the region, each of whose placeholders has a path", () => {
      const target = at("aws_cloudwatch_event_target.login_alarms-eu-central-1_calls-topic");
      expect(target.arn).toBe(`arn:aws:sns:eu-central-1:${account}:alerts`);
      const { input_paths: paths, input_template: template } = target.input_transformer as {
        input_paths: Record<string, string>;
        input_template: string;
      };
      const placeholders = [...(JSON.parse(template) as string).matchAll(/<(\w+)>/g)].map((match) => match[1]);
      expect(placeholders.sort()).toEqual(Object.keys(paths).sort());
    });

    test("are not built without a target", () => {
      expect(synth((stack) => secret(stack)).addresses).toEqual([
        home,
        "aws_secretsmanager_secret_policy.login_policy",
      ]);
    });
  });

  describe("refuses", () => {
    const configs: [string, ReplicatedSecretInput | object, string][] = [
      [
        "a recovery window below 7 days, 0 included, which deletes at once",
        { description: "x", recoveryWindowDays: 6 },
        "recoveryWindowDays: is too small; use at least 7 (received 6)",
      ],
      [
        "a recovery window above 30 days",
        { description: "x", recoveryWindowDays: 31 },
        "recoveryWindowDays: is too large; use at most 30 (received 31)",
      ],
      ["no description", {}, "description: is required; add a string"],
      ["a value", { description: "x", secretString: "hunter2" }, "secretString: unknown field; use one of description"],
    ];
    test.each(configs)("%s", (_, config, message) => {
      expect(() => synth((stack) => secret(stack, { config: config as ReplicatedSecretInput }))).toThrow(message);
    });

    const props: [string, Partial<ReplicatedSecretProps>, string][] = [
      ["a name with a space", { name: "prod orders" }, "is not a valid secret name; use 1 to 512 letters, digits"],
      [
        "a name that ends like the suffix AWS adds",
        { name: "prod-orders" },
        'ends with a hyphen and six characters, like the suffix that Secrets Manager adds in the ARN; use another ending, such as -database (received "prod-orders")',
      ],
      [
        "a replica in the home region",
        { replicas: ["eu-west-1"] },
        'test/login: region "eu-west-1" is listed twice; list home and each replica once',
      ],
      [
        "a replica in another partition",
        { replicas: ["cn-north-1"] },
        'test/login: "cn-north-1" is in a different partition than "eu-west-1"',
      ],
      [
        "a name that makes the rules' names too long",
        { name: "s".repeat(60), alarms },
        "has 76 characters, but AWS allows at most 64; shorten the name",
      ],
    ];
    test.each(props)("%s", (_, wrong, message) => {
      expect(() => synth((stack) => secret(stack, wrong))).toThrow(message);
    });

    test("a mistake without showing what was received for a secret value", () => {
      const config = { description: "x", secretString: "hunter2" } as unknown as ReplicatedSecretInput;
      const messageOf = (build: () => unknown): string => {
        try {
          build();
        } catch (error) {
          return (error as Error).message;
        }
        return "nothing was refused";
      };
      const message = messageOf(() => synth((stack) => secret(stack, { config })));
      expect(message).toContain("secretString: unknown field");
      expect(message).not.toContain("hunter2");
    });

    test("a rotation function outside the home region", () => {
      const standby = { region: "eu-central-1", addToRolePolicy: () => undefined } as Grantee;
      expect(() => synth((stack) => secret(stack, { replicas: ["eu-central-1"] }).grantRotate(standby))).toThrow(
        'test/login: cannot be rotated from "eu-central-1", because replicas are read-only; use a function in "eu-west-1"',
      );
    });
  });

  test("is shown in its README by an example that compiles and builds", () => {
    const readme = readFileSync(join(__dirname, "../../../modules/replicated-secret/README.md"), "utf8");
    const source = readFileSync(join(__dirname, "example.ts"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function")).trim());
    const build = (stack: DeploymentStack) => example(stack, key, alarms, rotationFunction(), rotationFunction());
    expect(synth(build).addresses).toContain("aws_secretsmanager_secret.orders-database_secret");
  });
});

describe("SecretRotation", () => {
  test("rotates by the function's alias, at once for the first value, after it may be invoked", () => {
    const { at } = synth((stack) => rotate(stack));
    expect(at("aws_secretsmanager_secret_rotation.rotation_rotation")).toMatchObject({
      provider: "aws.eu-west-1",
      secret_id: ref(`${home}.arn`),
      rotation_lambda_arn: `arn:aws:lambda:eu-west-1:${account}:function:test-rotation:live`,
      rotate_immediately: true,
      rotation_rules: { automatically_after_days: 30 },
      depends_on: ["aws_lambda_permission.rotation_invoke"],
    });
    expect(at("aws_lambda_permission.rotation_invoke")).toMatchObject({
      function_name: "test-rotation",
      qualifier: "live",
      principal: "secretsmanager.amazonaws.com",
      source_account: account,
    });
  });

  test("keeps to a window of hours where it has one", () => {
    const { at } = synth((stack) => rotate(stack, { afterDays: 1, windowHours: 2 }));
    expect(at("aws_secretsmanager_secret_rotation.rotation_rotation").rotation_rules).toEqual({
      automatically_after_days: 1,
      duration: "2h",
    });
  });

  test("gives the function what it needs for this secret", () => {
    const granted: PolicyStatement[] = [];
    synth((stack) => {
      new SecretRotation(stack, "rotation", {
        config: {},
        secret: secret(stack),
        rotationFunction: rotationFunction("eu-west-1", granted),
      });
    });
    expect(granted.flatMap(({ actions }) => actions).sort()).toEqual([
      "kms:Decrypt",
      "secretsmanager:DescribeSecret",
      "secretsmanager:GetSecretValue",
      "secretsmanager:PutSecretValue",
      "secretsmanager:UpdateSecretVersionStage",
    ]);
  });

  test("reports a rotation that is overdue, by the age that the function measures on a schedule", () => {
    const { at } = synth((stack) => rotate(stack, { afterDays: 7, alarms: { overdueDays: 3 } }));
    expect(at("aws_cloudwatch_metric_alarm.rotation_age")).toMatchObject({
      namespace: "Evenkeel/Secrets",
      metric_name: "RotationAgeDays",
      dimensions: { Name: "test-login-of-orders-database" },
      statistic: "Maximum",
      comparison_operator: "GreaterThanThreshold",
      threshold: 10,
    });
    expect(at("aws_cloudwatch_event_target.rotation_age-target")).toMatchObject({
      rule: ref("aws_cloudwatch_event_rule.rotation_age-schedule.name"),
      input: JSON.stringify({ Step: "measureAge", SecretId: ref(`${home}.arn`) }),
    });
    expect(at("aws_lambda_permission.rotation_invoke-age")).toMatchObject({
      principal: "events.amazonaws.com",
      source_arn: ref("aws_cloudwatch_event_rule.rotation_age-schedule.arn"),
    });
  });

  test("measures nothing without a target for alarms", () => {
    const { addresses } = synth((stack) => rotate(stack, {}, false));
    expect(addresses.filter((address) => /rotation_(invoke-)?age/.test(address))).toEqual([]);
  });

  const refused: [string, object, string][] = [
    ["0 days between rotations", { afterDays: 0 }, "afterDays: is too small; use at least 1 (received 0)"],
    ["more than 1000 days", { afterDays: 1001 }, "afterDays: is too large; use at most 1000 (received 1001)"],
    ["a window above a day", { windowHours: 25 }, "windowHours: is too large; use at most 24 (received 25)"],
    ["a field that does not exist", { schedule: "rate(1 day)" }, "schedule: unknown field; use one of afterDays"],
  ];
  test.each(refused)("refuses %s", (_, config, message) => {
    expect(() => synth((stack) => rotate(stack, config as SecretRotationInput))).toThrow(message);
  });
});
