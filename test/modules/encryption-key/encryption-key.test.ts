import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DeploymentStack } from "../../../modules/core";
import {
  EncryptionKey,
  type EncryptionKeyInput,
  type EncryptionKeyProps,
  type KeyUser,
} from "../../../modules/encryption-key";
import { grantsIn, ref, resolve, synth } from "../../support/synth";
import { everyOption } from "./every-option";
import { build as example } from "./example";

const account = "123456789012";
const alarms = { topicArn: (region: string) => `arn:aws:sns:${region}:${account}:alerts` };

function key(stack: DeploymentStack, props: Partial<EncryptionKeyProps> = {}): EncryptionKey {
  return new EncryptionKey(stack, "data", {
    config: {},
    name: "test-data",
    account,
    home: "eu-west-1",
    replicas: [],
    users: ["dynamodb"],
    ...props,
  });
}

interface Statement {
  Sid: string;
  Principal: Record<string, string | string[]>;
  Action: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

function statements(props: Partial<EncryptionKeyProps>, address = "aws_kms_key.data_primary"): Map<string, Statement> {
  const { policy } = synth((stack) => key(stack, props)).at(address);
  const { Statement } = JSON.parse(policy as string) as { Statement: Statement[] };
  return new Map(Statement.map((statement) => [statement.Sid, statement]));
}

const actionsOf = (statement: Statement | undefined) => [statement?.Action ?? []].flat();
const crypto = /^kms:(Decrypt|Encrypt|ReEncrypt|GenerateDataKey|CreateGrant|Sign|\*)/;

describe("EncryptionKey", () => {
  test("is a multi-Region primary with rotation from the first day, even in one region", () => {
    expect(synth((stack) => key(stack)).at("aws_kms_key.data_primary")).toMatchObject({
      provider: "aws.eu-west-1",
      multi_region: true,
      enable_key_rotation: true,
      rotation_period_in_days: 365,
      deletion_window_in_days: 30,
      bypass_policy_lockout_safety_check: false,
    });
  });

  test("only adds resources for a further region, and never replaces the replica when the primary moves", () => {
    const one = synth((stack) => key(stack));
    const two = synth((stack) => key(stack, { replicas: ["eu-central-1"] }));
    expect(two.addresses).toEqual(expect.arrayContaining([...one.addresses]));
    expect(two.at("aws_kms_key.data_primary")).toEqual(one.at("aws_kms_key.data_primary"));
    expect(two.at("aws_kms_replica_key.data_replica-eu-central-1")).toMatchObject({
      provider: "aws.eu-central-1",
      primary_key_arn: ref("aws_kms_key.data_primary.arn"),
      lifecycle: { ignore_changes: ["primary_key_arn"] },
      bypass_policy_lockout_safety_check: false,
    });
  });

  test("leaves to KMS what replicas share, and has them deleted before the primary, each after its window", () => {
    const { at } = synth((stack) => key(stack, { replicas: ["eu-central-1"], config: { deletionWindowDays: 14 } }));
    const replica = at("aws_kms_replica_key.data_replica-eu-central-1");
    expect(Object.keys(replica).sort()).toEqual([
      "bypass_policy_lockout_safety_check",
      "deletion_window_in_days",
      "description",
      "lifecycle",
      "policy",
      "primary_key_arn",
      "provider",
    ]);
    // The reference is what makes Terraform delete the replica first.
    expect(replica.primary_key_arn).toBe(ref("aws_kms_key.data_primary.arn"));
    expect([replica, at("aws_kms_key.data_primary")].map((each) => each.deletion_window_in_days)).toEqual([14, 14]);
  });

  test("has an alias of one name in each region", () => {
    const { at } = synth((stack) => key(stack, { replicas: ["eu-central-1"] }));
    for (const region of ["eu-west-1", "eu-central-1"]) {
      expect(at(`aws_kms_alias.data_alias-${region}`)).toMatchObject({
        name: "alias/test-data",
        provider: `aws.${region}`,
      });
    }
  });

  test("keeps its addresses", () => {
    expect(synth(everyOption).addresses).toEqual([
      "aws_cloudwatch_event_rule.full_alarms-eu-central-1_calls",
      "aws_cloudwatch_event_rule.full_alarms-eu-central-1_events",
      "aws_cloudwatch_event_rule.full_alarms-eu-west-1_calls",
      "aws_cloudwatch_event_rule.full_alarms-eu-west-1_events",
      "aws_cloudwatch_event_target.full_alarms-eu-central-1_calls-topic",
      "aws_cloudwatch_event_target.full_alarms-eu-central-1_events-topic",
      "aws_cloudwatch_event_target.full_alarms-eu-west-1_calls-topic",
      "aws_cloudwatch_event_target.full_alarms-eu-west-1_events-topic",
      "aws_kms_alias.full_alias-eu-central-1",
      "aws_kms_alias.full_alias-eu-west-1",
      "aws_kms_alias.least_alias-eu-west-1",
      "aws_kms_key.full_primary",
      "aws_kms_key.least_primary",
      "aws_kms_replica_key.full_replica-eu-central-1",
    ]);
  });

  describe("policy", () => {
    test("lets the account administer the key, and nobody reach data by that", () => {
      const admin = statements({}).get("AdministrationThroughIam");
      expect(admin?.Principal).toEqual({ AWS: `arn:aws:iam::${account}:root` });
      expect(actionsOf(admin)).toEqual(expect.arrayContaining(["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"]));
      expect(actionsOf(admin).filter((action) => crypto.test(action))).toEqual([]);
    });

    test("names administrators beside the account, never instead of it", () => {
      const role = `arn:aws:iam::${account}:role/key-administrator`;
      const policy = statements({ config: { administrators: [role] } });
      expect(policy.get("Administrators")?.Principal).toEqual({ AWS: [role] });
      expect(actionsOf(policy.get("Administrators")).filter((action) => crypto.test(action))).toEqual([]);
      expect(policy.has("AdministrationThroughIam")).toBe(true);
    });

    test("gives no use to anybody when no service uses the key", () => {
      const used = [...statements({ users: [] }).values()].flatMap(actionsOf).filter((action) => crypto.test(action));
      expect(used).toEqual([]);
    });

    test("lets callers use the key through the services only, and grants only for them", () => {
      const policy = statements({ users: ["s3", "lambda", "dynamodb"] });
      const through = (...services: string[]) => ({
        StringEquals: { "kms:CallerAccount": account },
        StringLike: { "kms:ViaService": services },
      });
      expect(policy.get("UseThroughServices")?.Condition).toEqual(
        through("dynamodb.*.amazonaws.com", "lambda.eu-west-1.amazonaws.com", "s3.eu-west-1.amazonaws.com"),
      );
      expect(policy.get("GrantsOfServices")).toMatchObject({
        Action: "kms:CreateGrant",
        Condition: {
          ...through("dynamodb.*.amazonaws.com", "lambda.eu-west-1.amazonaws.com"),
          Bool: { "kms:GrantIsForAWSResource": "true" },
        },
      });
    });

    test("lets roles make and open data keys themselves where that is asked for, for the messages of some service", () => {
      expect(statements({ users: ["dynamodb"] }).has("DirectUse")).toBe(false);
      const props = { directUse: true, replicas: ["eu-central-1"] };
      for (const address of ["aws_kms_key.data_primary", "aws_kms_replica_key.data_replica-eu-central-1"]) {
        expect(statements(props, address).get("DirectUse")).toMatchObject({
          Principal: { AWS: `arn:aws:iam::${account}:root` },
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Condition: {
            StringEquals: { "kms:CallerAccount": account },
            Null: { "kms:EncryptionContext:service": "false", "kms:ViaService": "true" },
          },
        });
      }
    });

    test("never shuts out the role that replicates tables, where a table uses the key", () => {
      expect(statements({ users: ["dynamodb"] }).get("ReplicationOfTables")).toMatchObject({
        Principal: { AWS: "*" },
        Condition: {
          StringEquals: { "kms:CallerAccount": account },
          StringLike: { "kms:ViaService": "dynamodb.*.amazonaws.com" },
          ArnEquals: {
            "aws:PrincipalArn": `arn:aws:iam::${account}:role/aws-service-role/replication.dynamodb.amazonaws.com/AWSServiceRoleForDynamoDBReplication`,
          },
        },
      });
      expect(statements({ users: ["logs"] }).has("ReplicationOfTables")).toBe(false);
    });

    test("holds log groups to the account and region", () => {
      const replica = { users: ["logs"] as KeyUser[], replicas: ["eu-central-1"] };
      const policy = statements(replica, "aws_kms_replica_key.data_replica-eu-central-1");
      expect(policy.get("LogGroups")).toMatchObject({
        Principal: { Service: "logs.eu-central-1.amazonaws.com" },
        Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": `arn:aws:logs:eu-central-1:${account}:*` } },
      });
    });

    test("asks publishers for the source account, except EventBridge, which sends none", () => {
      const policy = statements({ users: ["cloudwatch", "events", "budgets"] });
      const ofOurTopics = {
        ArnLike: { "kms:EncryptionContext:aws:sns:topicArn": `arn:aws:sns:eu-west-1:${account}:*` },
      };
      expect(policy.get("TopicPublishers")).toMatchObject({
        Principal: { Service: ["cloudwatch.amazonaws.com", "budgets.amazonaws.com"] },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Condition: { ...ofOurTopics, StringEquals: { "aws:SourceAccount": account } },
      });
      expect(policy.get("TopicPublishersWithoutSourceAccount")?.Principal).toEqual({
        Service: ["events.amazonaws.com"],
      });
      expect(policy.get("TopicPublishersWithoutSourceAccount")?.Condition).toEqual(ofOurTopics);
    });

    test("lets the account use it for schedules, by the context that EventBridge Scheduler sends", () => {
      const policy = statements({ users: ["scheduler"] });
      expect(policy.get("Schedules")).toMatchObject({
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Condition: {
          StringEquals: { "kms:CallerAccount": account },
          ArnLike: {
            "kms:EncryptionContext:aws:scheduler:schedule:arn": `arn:aws:scheduler:eu-west-1:${account}:schedule/*`,
          },
        },
      });
      expect(policy.get("DescriptionForSchedules")).toMatchObject({
        Action: "kms:DescribeKey",
        Condition: { StringLike: { "kms:ViaService": "scheduler.eu-west-1.amazonaws.com" } },
      });
      expect(statements({ users: ["sqs"] }).has("Schedules")).toBe(false);
    });

    test("says the same for each region", () => {
      const props = {
        users: ["dynamodb", "logs", "sqs", "events", "scheduler"] as KeyUser[],
        replicas: ["eu-central-1"],
      };
      const { at } = synth((stack) => key(stack, props));
      const home = at("aws_kms_key.data_primary").policy as string;
      expect(at("aws_kms_replica_key.data_replica-eu-central-1").policy).toBe(
        home.replaceAll("eu-west-1", "eu-central-1"),
      );
    });
  });

  describe("references", () => {
    test("are the key of the asked region", () => {
      synth((stack) => {
        const data = key(stack, { replicas: ["eu-central-1"] });
        expect(resolve(stack, [data.arnIn("eu-west-1"), data.arnIn("eu-central-1"), data.keyId])).toEqual([
          ref("aws_kms_key.data_primary.arn"),
          ref("aws_kms_replica_key.data_replica-eu-central-1.arn"),
          ref("aws_kms_key.data_primary.key_id"),
        ]);
        expect(resolve(stack, data.aliasArnIn("eu-central-1"))).toBe(ref("aws_kms_alias.data_alias-eu-central-1.arn"));
      });
    });

    test("to a region without the key are refused", () => {
      const refused =
        'test/data: has no key in region "us-east-1", only in eu-west-1; add the region to the key\'s replicas';
      synth((stack) => {
        expect(() => key(stack).arnIn("us-east-1")).toThrow(refused);
      });
      synth((stack) => {
        expect(() => key(stack).aliasArnIn("us-east-1")).toThrow(refused);
      });
    });
  });

  describe("grantUse", () => {
    const grant = (viaService: string) =>
      grantsIn("eu-central-1", (stack, grantee) =>
        key(stack, { replicas: ["eu-central-1"] }).grantUse(grantee, viaService),
      );

    test("lets a principal use the key of its own region, through the one service", () => {
      expect(grant("dynamodb")).toEqual([
        {
          actions: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
          resources: [ref("aws_kms_replica_key.data_replica-eu-central-1.arn")],
          conditions: { StringEquals: { "kms:ViaService": "dynamodb.eu-central-1.amazonaws.com" } },
        },
      ]);
    });

    test("refuses a service that the key policy does not let in", () => {
      expect(() => grant("sqs")).toThrow(
        'test/data: the key policy does not allow sqs to use the key, so a grant to its callers would have no effect; add "sqs" to the key\'s users',
      );
    });
  });

  describe("grants of direct use", () => {
    type Grant = "grantEncryptDecrypt" | "grantDecrypt";
    const grant = (name: Grant, region: string, props: Partial<EncryptionKeyProps> = { directUse: true }) =>
      grantsIn(region, (stack, grantee) =>
        key(stack, { replicas: ["eu-central-1"], ...props })[name](grantee, "orders"),
      );

    test.each([
      ["eu-west-1", "aws_kms_key.data_primary"],
      ["eu-central-1", "aws_kms_replica_key.data_replica-eu-central-1"],
    ])("give data keys of the key in %s, for the messages of one service, through no service", (region, address) => {
      expect(grant("grantEncryptDecrypt", region)).toEqual([
        {
          actions: ["kms:Decrypt", "kms:GenerateDataKey"],
          resources: [ref(`${address}.arn`)],
          conditions: { StringEquals: { "kms:EncryptionContext:service": "orders" } },
        },
      ]);
    });

    test("give a reader no data keys of its own", () => {
      expect(grant("grantDecrypt", "eu-central-1")).toMatchObject([{ actions: ["kms:Decrypt"] }]);
    });

    test.each(["grantEncryptDecrypt", "grantDecrypt"] as const)(
      "%s is refused by a key that only services use",
      (name) => {
        expect(() => grant(name, "eu-west-1", {})).toThrow(
          "test/data: the key policy only allows use through services, so a direct grant to a function would have no effect; set directUse",
        );
      },
    );

    test("are refused in a region without the key", () => {
      expect(() => grant("grantEncryptDecrypt", "eu-central-1", { directUse: true, replicas: [] })).toThrow(
        'has no key in region "eu-central-1"',
      );
    });
  });

  describe("alarms", () => {
    const { at } = synth((stack) => key(stack, { replicas: ["eu-central-1"] }).addAlarms(alarms));

    test("tell of disabling and scheduled deletion of this key, in its region", () => {
      const rule = at("aws_cloudwatch_event_rule.data_alarms-eu-central-1_calls");
      expect(rule).toMatchObject({ provider: "aws.eu-central-1", name: "test-data-key-calls" });
      const pattern = JSON.parse(rule.event_pattern as string);
      expect(pattern["detail-type"]).toEqual(["AWS API Call via CloudTrail"]);
      expect(pattern.detail.eventName).toEqual(expect.arrayContaining(["DisableKey", "ScheduleKeyDeletion"]));
      expect(pattern.detail.resources).toEqual({ ARN: [ref("aws_kms_replica_key.data_replica-eu-central-1.arn")] });
    });

    test("tell of rotation and deletion, which KMS reports by itself", () => {
      const { event_pattern: pattern } = at("aws_cloudwatch_event_rule.data_alarms-eu-west-1_events");
      expect(JSON.parse(pattern as string)).toEqual({
        source: ["aws.kms"],
        "detail-type": ["KMS CMK Deletion", "KMS CMK Rotation"],
        resources: [ref("aws_kms_key.data_primary.arn")],
      });
    });

    test("send a sentence to the topic of the region, each of whose placeholders has a path", () => {
      const target = at("aws_cloudwatch_event_target.data_alarms-eu-central-1_calls-topic");
      expect(target.arn).toBe(`arn:aws:sns:eu-central-1:${account}:alerts`);
      const { input_paths: paths, input_template: template } = target.input_transformer as {
        input_paths: Record<string, string>;
        input_template: string;
      };
      const text = JSON.parse(template) as string;
      expect(text).toContain("KMS key test-data in eu-central-1: <event> by <user>");
      expect([...text.matchAll(/<(\w+)>/g)].map((match) => match[1]).sort()).toEqual(Object.keys(paths).sort());
    });
  });

  describe("refuses", () => {
    const configs: [string, EncryptionKeyInput | object, string][] = [
      [
        "a rotation period below 90 days",
        { rotationPeriodDays: 89 },
        "rotationPeriodDays: is too small; use at least 90 (received 89)",
      ],
      [
        "a rotation period above 2560 days",
        { rotationPeriodDays: 2561 },
        "rotationPeriodDays: is too large; use at most 2560 (received 2561)",
      ],
      [
        "a deletion window below 7 days",
        { deletionWindowDays: 6 },
        "deletionWindowDays: is too small; use at least 7 (received 6)",
      ],
      [
        "a deletion window above 30 days",
        { deletionWindowDays: 31 },
        "deletionWindowDays: is too large; use at most 30 (received 31)",
      ],
      [
        "an administrator that is a wildcard",
        { administrators: ["*"] },
        'administrators[0]: is not the ARN of an IAM role; write arn:aws:iam::<account>:role/<name>, without wildcards (received "*")',
      ],
      [
        "an administrator that is a user",
        { administrators: [`arn:aws:iam::${account}:user/eve`] },
        "administrators[0]: is not the ARN of an IAM role",
      ],
      [
        "an administrator named twice",
        { administrators: [`arn:aws:iam::${account}:role/a`, `arn:aws:iam::${account}:role/a`] },
        "administrators: lists a role twice; remove the duplicate",
      ],
      ["to stay in one region", { multiRegion: false }, "multiRegion: unknown field; "],
      ["to keep its material for ever", { enableKeyRotation: false }, "enableKeyRotation: unknown field; "],
      [
        "a field that does not exist",
        { rotation: 90 },
        "rotation: unknown field; use one of description, rotationPeriodDays",
      ],
    ];
    test.each(configs)("%s", (_, config, message) => {
      expect(() => synth((stack) => key(stack, { config: config as EncryptionKeyInput }))).toThrow(message);
    });

    const props: [string, Partial<EncryptionKeyProps>, string][] = [
      [
        "a name that no alias can have",
        { name: "aws/mine" },
        'test/data: "aws/mine" is not a valid alias name; use 1 to 250',
      ],
      [
        "a replica in the home region",
        { replicas: ["eu-west-1"] },
        'test/data: region "eu-west-1" is listed twice; list home and each replica once',
      ],
      [
        "a replica in another partition",
        { replicas: ["cn-north-1"] },
        'test/data: "cn-north-1" is in a different partition than "eu-west-1"',
      ],
      [
        "a region that the stack has no provider for",
        { replicas: ["eu-north-1"] },
        'test: has no provider for region "eu-north-1"',
      ],
    ];
    test.each(props)("%s", (_, wrong, message) => {
      expect(() => synth((stack) => key(stack, wrong))).toThrow(message);
    });

    test("a name that makes the alarm rule's too long", () => {
      expect(() => synth((stack) => key(stack, { name: "k".repeat(60) }).addAlarms(alarms))).toThrow(
        "has 70 characters, but AWS allows at most 64",
      );
    });
  });

  test("is shown in its README by an example that compiles and builds", () => {
    const readme = readFileSync(join(__dirname, "../../../modules/encryption-key/README.md"), "utf8");
    const source = readFileSync(join(__dirname, "example.ts"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function")).trim());
    expect(synth((stack) => example(stack, alarms)).addresses).toContain("aws_kms_key.data_primary");
  });
});
