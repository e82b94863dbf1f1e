import type { ObjectValue } from "../../../simulator/protocol/values";
import { account, home, standby, TestCloud } from "./cloud";

const arnOf = (name: string, region = home) => `arn:aws:secretsmanager:${region}:${account}:secret:${name}-abcdef`;
const secret = (name: string, more: ObjectValue = {}): ObjectValue => ({
  id: arnOf(name),
  arn: arnOf(name),
  name,
  recovery_window_in_days: 30,
  ...more,
});
const copiedTo = (region: string, more: ObjectValue = {}): ObjectValue => ({ replica: [{ region, ...more }] });
const type = "aws_secretsmanager_secret";

describe("Secrets Manager refuses", () => {
  test("a second secret of one name", () => {
    const cloud = new TestCloud().has(type, secret("master"));
    expect(cloud.creating(type, secret("master"))).toMatch(
      /^creating Secrets Manager Secret \(master\): operation error Secrets Manager: CreateSecret, https response error StatusCode: 400, RequestID: …, ResourceExistsException: The operation failed because the secret master already exists\.\n/,
    );
    expect(cloud.in(standby).creating(type, secret("master"))).toBe("");
  });

  test("the name of a deleted secret for its recovery window, and not without one", () => {
    expect(new TestCloud().lost(type, secret("master")).creating(type, secret("master"))).toMatch(
      /InvalidRequestException: You can't create this secret because a secret with this name is already scheduled for deletion\.\n.*deleted; its name is taken until 20/,
    );
    const without = secret("master", { recovery_window_in_days: 0 });
    expect(new TestCloud().lost(type, without).creating(type, secret("master"))).toBe("");
  });

  test("the name of another secret's copy", () => {
    const cloud = new TestCloud().has(type, secret("master", copiedTo(standby)));
    expect(cloud.in(standby).creating(type, secret("master"))).toContain("ResourceExistsException");
  });

  test("no copy where the name is taken, so the simulated cloud does", () => {
    const cloud = new TestCloud();
    cloud.in(standby).has(type, secret("master", { id: arnOf("master", standby), arn: arnOf("master", standby) }));
    const fails = "its copy in eu-central-1 fails, because a secret of this name is there already";
    expect(cloud.creating(type, secret("master", copiedTo(standby)))).toContain(fails);
    expect(cloud.creating(type, secret("master", copiedTo("eu-west-2")))).toBe("");
    expect(cloud.changing(type, secret("master"), copiedTo(standby))).toContain(fails);
  });

  test("a copy in the secret's own region", () => {
    expect(new TestCloud().creating(type, secret("master", copiedTo(home)))).toContain("InvalidParameterException");
  });

  test("a key that cannot be used, for the secret or a copy in its region", () => {
    const keyArn = (region: string) => `arn:aws:kms:${region}:${account}:key/mrk-1`;
    const policy = JSON.stringify({
      Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "kms:*" }],
    });
    const cloud = new TestCloud().has("aws_kms_key", { id: "mrk-1", arn: keyArn(home), policy });
    const own = { kms_key_id: keyArn(home) };
    expect(cloud.creating(type, secret("a", own))).toBe("");
    expect(cloud.in(standby).creating(type, secret("a", own))).toContain("EncryptionFailure");
    const copy = copiedTo(standby, { kms_key_id: keyArn(standby) });
    expect(cloud.creating(type, secret("a", copy))).toMatch(
      /EncryptionFailure: .*key\/mrk-1 is available in eu-central-1/,
    );
    const off = { id: "mrk-1", arn: keyArn(standby), is_enabled: false, policy };
    cloud.in(standby).has("aws_kms_replica_key", { ...off, enabled: true, is_enabled: null });
    expect(cloud.creating(type, secret("a", copy))).toBe("");
    cloud.in(standby).has("aws_kms_replica_key", { ...off, enabled: false });
    expect(cloud.creating(type, secret("a", copy))).toContain("EncryptionFailure");
  });

  test("a value, policy or rotation of a secret that is gone or in another region", () => {
    const parts: [string, string][] = [
      ["aws_secretsmanager_secret_version", "secret_id"],
      ["aws_secretsmanager_secret_policy", "secret_arn"],
      ["aws_secretsmanager_secret_rotation", "secret_id"],
    ];
    for (const [part, attribute] of parts) {
      const values = { [attribute]: arnOf("master") };
      const there = new TestCloud().has(type, secret("master"));
      expect(there.creating(part, values)).toBe("");
      expect(there.in(standby).creating(part, values)).toContain("ResourceNotFoundException");
      expect(new TestCloud().lost(type, secret("master")).creating(part, values)).toContain(
        "InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion.",
      );
      expect(new TestCloud().creating(part, { [attribute]: "master" })).toContain("ResourceNotFoundException");
      expect(new TestCloud().creating(part, values)).toBe("");
    }
  });

  test("a policy for everybody where public ones are blocked", () => {
    const cloud = new TestCloud().has(type, secret("master"));
    const statement = { Effect: "Allow", Principal: "*", Action: "secretsmanager:*", Resource: "*" };
    const creating = (one: object, block_public_policy = true) =>
      cloud.creating("aws_secretsmanager_secret_policy", {
        secret_arn: arnOf("master"),
        policy: JSON.stringify({ Statement: one }),
        block_public_policy,
      });
    expect(creating(statement)).toContain("PublicPolicyException");
    expect(creating(statement, false)).toBe("");
    expect(creating({ ...statement, Effect: "Deny" })).toBe("");
    expect(creating({ ...statement, Condition: { Bool: {} } })).toBe("");
  });

  test("a rotation by a function that is not there, or does not let it in", () => {
    const cloud = new TestCloud().has(type, secret("master"));
    const rotation_lambda_arn = `arn:aws:lambda:${home}:${account}:function:rotate:live`;
    const creating = () =>
      cloud.creating("aws_secretsmanager_secret_rotation", { secret_id: arnOf("master"), rotation_lambda_arn });
    expect(creating()).toContain("AccessDeniedException");
    cloud.has("aws_lambda_function", { function_name: "rotate" });
    expect(creating()).toContain("AccessDeniedException: Secrets Manager cannot invoke the specified Lambda function.");
    const permission = { function_name: "rotate", principal: "secretsmanager.amazonaws.com" };
    cloud.has("aws_lambda_permission", { id: "1", ...permission });
    expect(creating()).toContain("AccessDeniedException");
    cloud.has("aws_lambda_permission", { id: "2", ...permission, qualifier: "live" });
    expect(creating()).toBe("");
  });
});

describe("Parameter Store refuses", () => {
  test("a document of Systems Manager whose name is taken or reserved, and a runbook without steps", () => {
    const content = (of: object) => JSON.stringify({ schemaVersion: "0.3", mainSteps: [{ name: "wait" }], ...of });
    const runbook = (name: string, of: object = {}) => ({
      name,
      document_type: "Automation",
      document_format: "JSON",
      content: content(of),
    });
    const type = "aws_ssm_document";
    const cloud = new TestCloud().has(type, runbook("prod-a"));
    expect(cloud.creating(type, runbook("prod-b"))).toBe("");
    expect(cloud.creating(type, runbook("prod-a"))).toContain("DocumentAlreadyExists");
    for (const name of ["AWS-mine", "amazon-mine", "no", "with space"]) {
      expect(cloud.creating(type, runbook(name))).toContain("ValidationException");
    }
    for (const wrong of [{ mainSteps: [] }, { schemaVersion: "2.2" }]) {
      expect(cloud.creating(type, runbook("prod-c", wrong))).toContain("InvalidDocumentContent");
    }
    expect(cloud.creating(type, { ...runbook("prod-c"), content: "steps" })).toContain("InvalidDocumentContent");
    expect(cloud.creating(type, { ...runbook("prod-c"), document_type: "Command", content: "{}" })).toBe("");
  });

  test("a second parameter of one name, unless it overwrites", () => {
    const cloud = new TestCloud().has("aws_ssm_parameter", { name: "/a" });
    expect(cloud.creating("aws_ssm_parameter", { name: "/a" })).toMatch(
      /^creating SSM Parameter \(\/a\): .* ParameterAlreadyExists: The parameter already exists\./,
    );
    expect(cloud.creating("aws_ssm_parameter", { name: "/a", overwrite: true })).toContain("AWS would accept this");
    expect(cloud.creating("aws_ssm_parameter", { name: "a" })).toBe("");
  });
});
