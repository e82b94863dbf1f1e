import { CloudwatchEventArchive } from "@cdktf/provider-aws/lib/cloudwatch-event-archive";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { App, Testing } from "cdktf";
import { Construct } from "constructs";
import {
  DeploymentStack,
  deploymentStackOf,
  metricAlarm,
  type PolicyStatement,
  policyDocument,
  resourceName,
  ServiceRole,
  trustPolicy,
} from "../../../modules/core";
import { ref, testApp } from "../../support/synth";
import { temporaryFolder } from "../../support/temporary-folder";

const props = { regions: ["eu-west-1", "eu-central-1"], account: "111111111111", tags: { Team: "platform" } };

function synth(build: (stack: DeploymentStack) => void) {
  const stack = new DeploymentStack(testApp(), "test", props);
  build(stack);
  return JSON.parse(Testing.synth(stack));
}

describe("DeploymentStack", () => {
  test("pins Terraform and the provider's full source and exact version", () => {
    expect(synth(() => {}).terraform).toMatchObject({
      required_version: ">= 1.11.0, < 2.0.0",
      required_providers: { aws: { source: "hashicorp/aws", version: "5.100.0" } },
    });
  });

  test("has a provider for each region, with the account and the tags, and none without an alias", () => {
    const { aws } = synth(() => {}).provider;
    expect(aws.map(({ alias, region }: Record<string, string>) => [alias, region])).toEqual([
      ["eu-west-1", "eu-west-1"],
      ["eu-central-1", "eu-central-1"],
    ]);
    for (const provider of aws) {
      expect(provider).toMatchObject({
        allowed_account_ids: ["111111111111"],
        default_tags: [{ tags: { Team: "platform" } }],
      });
    }
  });

  test("makes addresses of construct ids, without a hash", () => {
    const { resource } = synth((stack) => {
      new KmsKey(new Construct(stack, "data"), "primary-key", { provider: stack.providers.in("eu-west-1") });
    });
    expect(Object.keys(resource.aws_kms_key)).toEqual(["data_primary-key"]);
  });

  test("leaves in AWS what it is told to forget", () => {
    const { removed } = synth((stack) => {
      const scope = new Construct(stack, "orders");
      stack.forget("aws_sqs_queue", scope, "dead-letters", "queue");
      stack.forget("aws_kms_key", stack, "old");
    });
    expect(removed).toEqual([
      { from: "aws_sqs_queue.orders_dead-letters_queue", lifecycle: [{ destroy: false }] },
      { from: "aws_kms_key.old", lifecycle: [{ destroy: false }] },
    ]);
  });

  test("refuses two resources that would share an address, where cdktf would drop one", () => {
    const build = (stack: DeploymentStack) => {
      const provider = stack.providers.in("eu-west-1");
      new KmsKey(new Construct(stack, "a"), "b", { provider });
      new KmsKey(stack, "a_b", { provider });
    };
    expect(() => synth(build)).toThrow('test: test/a/b and test/a_b would share the address "a_b"; rename one of them');
  });

  test("refuses a resource that names no provider", () => {
    const app = new App({ outdir: temporaryFolder() });
    new KmsKey(new DeploymentStack(app, "test", props), "key", {});
    expect(() => app.synth()).toThrow(
      /test\/key: has no provider, so its region would come from the caller's environment; pass providers\.in/,
    );
  });

  test("refuses a resource that its region lacks", () => {
    const app = new App({ outdir: temporaryFolder() });
    const stack = new DeploymentStack(app, "test", { ...props, regions: ["ca-west-1"] });
    new CloudwatchEventArchive(stack, "archive", {
      provider: stack.providers.in("ca-west-1"),
      name: "orders",
      eventSourceArn: "arn:aws:events:ca-west-1:123456789012:event-bus/orders",
    });
    expect(() => app.synth()).toThrow(
      /test\/archive: aws_cloudwatch_event_archive does not exist in ca-west-1; use a region that has it, such as us-west-2, /,
    );
  });

  test("refuses a region that it was not made for", () => {
    expect(() => synth((stack) => stack.providers.in("us-east-1"))).toThrow(
      'test: has no provider for region "us-east-1", only for eu-west-1, eu-central-1; add the region to the stack\'s regions',
    );
  });

  test("writes records by the role of the hosted zones, which is of another account, else as all else in the region", () => {
    const own = new DeploymentStack(testApp(), "test", props);
    expect(own.providers.forRecords("eu-central-1")).toBe(own.providers.in("eu-central-1"));
    const recordsRoleArn = "arn:aws:iam::999999999999:role/records";
    const { providers } = new DeploymentStack(testApp(), "test", { ...props, recordsRoleArn });
    expect(providers.forRecords("eu-central-1")).toMatchObject({
      alias: "hosted-zones",
      region: "eu-west-1",
      allowedAccountIds: ["999999999999"],
    });
    expect(providers.regions).toEqual(props.regions);
    expect(() => new DeploymentStack(testApp(), "test", { ...props, recordsRoleArn: "records" })).toThrow(
      'test: "records" is not the ARN of a role; pass that of a role as recordsRoleArn',
    );
  });

  test("is what deploymentStackOf finds, and nothing else", () => {
    const stack = new DeploymentStack(testApp(), "test", props);
    expect(deploymentStackOf(new Construct(stack, "inner"))).toBe(stack);
  });
});

describe("resourceName", () => {
  test("joins its parts", () => expect(resourceName(testApp(), ["prod", "orders"], 64)).toBe("prod-orders"));

  test("refuses a name that AWS would refuse", () => {
    expect(() => resourceName(new DeploymentStack(testApp(), "test", props), ["abc", "def"], 6)).toThrow(
      'test: the name "abc-def" has 7 characters, but AWS allows at most 6; shorten the name of the environment or of the resource',
    );
  });
});

describe("policyDocument", () => {
  test("writes the grammar of IAM", () => {
    expect(JSON.parse(policyDocument([{ sid: "Read", actions: ["s3:GetObject"], resources: ["a", "b"] }]))).toEqual({
      Version: "2012-10-17",
      Statement: [{ Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: ["a", "b"] }],
    });
  });
});

describe("trustPolicy", () => {
  test("lets principals assume a role, under conditions or none, and names no resource", () => {
    const conditions = { StringEquals: { "aws:SourceAccount": "111111111111" } };
    expect(trustPolicy({ Service: "lambda.amazonaws.com" }, conditions)).toBe(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},' +
        '"Action":"sts:AssumeRole","Condition":{"StringEquals":{"aws:SourceAccount":"111111111111"}}}]}',
    );
    expect(JSON.parse(trustPolicy({ Service: ["a.amazonaws.com", "b.amazonaws.com"] })).Statement).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: ["a.amazonaws.com", "b.amazonaws.com"] },
        Action: "sts:AssumeRole",
      },
    ]);
  });
});

describe("ServiceRole", () => {
  test("holds its own statements and what grants add, an equal one once, in one inline policy", () => {
    const read = { sid: "Read", actions: ["s3:GetObject"], resources: ["a"] };
    const { resource } = synth((stack) => {
      const role = new ServiceRole(stack, "access", {
        region: "eu-central-1",
        nameParts: ["test", "reader"],
        trust: trustPolicy({ Service: "lambda.amazonaws.com" }),
        policyName: "objects",
        statements: [read],
      });
      const pass = () => ({ sid: "Pass", actions: ["iam:PassRole"], resources: [role.roleArn] });
      for (const statement of [pass(), { ...read }, pass()]) role.addToRolePolicy(statement);
    });
    expect(resource.aws_iam_role.access_role).toMatchObject({ provider: "aws.eu-central-1", name: "test-reader" });
    const policy = resource.aws_iam_role_policy.access_policy;
    expect(policy).toMatchObject({ name: "objects", role: ref("aws_iam_role.access_role.name") });
    expect(JSON.parse(policy.policy).Statement).toEqual([
      { Sid: "Read", Effect: "Allow", Action: "s3:GetObject", Resource: "a" },
      { Sid: "Pass", Effect: "Allow", Action: "iam:PassRole", Resource: ref("aws_iam_role.access_role.arn") },
    ]);
  });
});

describe("The policy of a ServiceRole", () => {
  const table = (at: number): PolicyStatement => ({
    actions: ["dynamodb:GetItem", "dynamodb:Query"],
    resources: [`arn:aws:dynamodb:eu-central-1:123456789012:table/orders-${at}`],
  });
  const roleWith = (stack: DeploymentStack, statements: readonly PolicyStatement[]) => {
    const role = new ServiceRole(stack, "access", {
      region: "eu-central-1",
      nameParts: ["test", "reader"],
      trust: trustPolicy({ Service: "lambda.amazonaws.com" }),
      policyName: "tables",
      statements: [{ sid: "Own", actions: ["logs:PutLogEvents"], resources: ["arn:aws:logs:*:*:log-group:own"] }],
    });
    for (const statement of statements) role.addToRolePolicy(statement);
    return role;
  };
  const policyWith = (statements: readonly PolicyStatement[]) => {
    const { resource } = synth((stack) => roleWith(stack, statements).node.validate());
    const text: string = resource.aws_iam_role_policy?.access_policy?.policy as string;
    return { text, statements: JSON.parse(text).Statement };
  };
  const many = (count: number) => Array.from({ length: count }, (_, at) => table(at));

  test("has one statement for each grant as long as they fit into 10,240 characters", () => {
    const { text, statements } = policyWith(many(60));
    expect(statements).toHaveLength(61);
    expect(text.length).toBeLessThanOrEqual(10_240);
  });

  test("joins statements that differ in their resources only, as soon as they do not fit", () => {
    const { text, statements } = policyWith([...many(80), { ...table(0), actions: ["dynamodb:PutItem"] }]);
    expect(statements.map(({ Sid, Action }: { Sid: string; Action: unknown }) => Sid ?? Action)).toEqual([
      "Own",
      ["dynamodb:GetItem", "dynamodb:Query"],
      "dynamodb:PutItem",
    ]);
    expect(statements[1].Resource).toEqual(many(80).flatMap(({ resources }) => resources));
    expect(text.length).toBeLessThanOrEqual(10_240);
  });

  test("measures references as what they stand for", () => {
    const withKeyOf = (length: number) => () =>
      synth((stack) => {
        const { arn } = new KmsKey(stack, "key", {});
        roleWith(stack, [{ ...table(0), resources: [arn], measuredAs: ["x".repeat(length)] }]).node.validate();
      });
    expect(withKeyOf(9000)).not.toThrow();
    expect(withKeyOf(10_100)).toThrow("but IAM allows 10240 in all inline policies of a role");
  });

  test("refuses what does not fit even so, and says how much it is and where", () => {
    expect(() => policyWith(many(200))).toThrow(
      /^test\/access: the role needs \d+ characters of permissions in eu-central-1, but IAM allows 10240 in all inline policies of a role; let the service use fewer/,
    );
  });
});

describe("metricAlarm", () => {
  test("reports both ways to the topic of its own region", () => {
    const { resource } = synth((stack) => {
      metricAlarm(
        stack,
        "alarm",
        stack.providers,
        { topicArn: (region) => `arn:${region}` },
        {
          region: "eu-central-1",
          alarmName: "x",
          alarmDescription: "y",
          comparisonOperator: "GreaterThanThreshold",
          evaluationPeriods: 1,
        },
      );
    });
    expect(resource.aws_cloudwatch_metric_alarm.alarm).toMatchObject({
      provider: "aws.eu-central-1",
      alarm_actions: ["arn:eu-central-1"],
      ok_actions: ["arn:eu-central-1"],
      treat_missing_data: "notBreaching",
    });
  });
});
