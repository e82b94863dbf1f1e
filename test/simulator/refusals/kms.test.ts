import type { ObjectValue } from "../../../simulator/protocol/values";
import { account, home, standby, TestCloud } from "./cloud";

const root = { AWS: `arn:aws:iam::${account}:root` };
const policy = (...statements: object[]) => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const administration = { Effect: "Allow", Principal: root, Action: ["kms:PutKeyPolicy", "kms:Create*"], Resource: "*" };
const everything = { Effect: "Allow", Principal: root, Action: "kms:*", Resource: "*" };

const arnOf = (id: string, region = home) => `arn:aws:kms:${region}:${account}:key/${id}`;
const key = (id: string, more: ObjectValue = {}): ObjectValue => ({
  id,
  key_id: id,
  arn: arnOf(id),
  multi_region: true,
  is_enabled: true,
  policy: policy(everything),
  ...more,
});
const replicaOf = (id: string): ObjectValue => ({
  id,
  key_id: id,
  arn: arnOf(id, standby),
  primary_key_arn: arnOf(id),
  policy: policy(everything),
});

describe("KMS refuses", () => {
  test("a policy that nobody can change again", () => {
    const cloud = new TestCloud();
    expect(cloud.creating("aws_kms_key", key("k", { policy: policy(administration) }))).toBe("");
    const locked = key("k", { policy: policy({ ...administration, Action: "kms:Decrypt" }) });
    expect(cloud.creating("aws_kms_key", locked)).toMatch(
      /^creating KMS Key: operation error KMS: CreateKey, .* MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in the future\.$/,
    );
    expect(cloud.creating("aws_kms_key", { ...locked, bypass_policy_lockout_safety_check: true })).toBe("");
    expect(cloud.changing("aws_kms_key", key("k"), { policy: locked.policy ?? null })).toContain(
      "updating KMS Key (k) policy",
    );
    expect(cloud.changing("aws_kms_key", locked, { description: "another" })).toBe("");
  });

  test("a replica of a key that is no enabled multi-Region key of another region", () => {
    const creating = (primary: ObjectValue, region = standby) =>
      new TestCloud().has("aws_kms_key", primary).in(region).creating("aws_kms_replica_key", replicaOf("mrk-1"));
    expect(creating(key("mrk-1"))).toBe("");
    expect(creating(key("mrk-1", { multi_region: false }))).toMatch(
      /^creating KMS Replica Key: operation error KMS: ReplicateKey, .* UnsupportedOperationException: .*key\/mrk-1 is not a multi-Region primary key\.$/,
    );
    expect(creating(key("mrk-1", { is_enabled: false }))).toContain("DisabledException");
    expect(creating(key("mrk-1"), home)).toContain("AlreadyExistsException");
  });

  test("a replica of a key that waits for its deletion", () => {
    const cloud = new TestCloud().lost("aws_kms_key", key("mrk-1")).in(standby);
    expect(cloud.creating("aws_kms_replica_key", replicaOf("mrk-1"))).toMatch(
      /KMSInvalidStateException: .*key\/mrk-1 is pending deletion\.$/,
    );
  });

  test("a second replica in one region, also while the first waits for its deletion", () => {
    const cloud = new TestCloud().has("aws_kms_key", key("mrk-1")).in(standby);
    cloud.has("aws_kms_replica_key", replicaOf("mrk-1"));
    expect(cloud.creating("aws_kms_replica_key", replicaOf("mrk-1"))).toContain("AlreadyExistsException");
    cloud.lost("aws_kms_replica_key", replicaOf("mrk-1"));
    expect(cloud.creating("aws_kms_replica_key", replicaOf("mrk-1"))).toMatch(
      /AlreadyExistsException: .*\n.*its name is taken until/,
    );
  });

  test("a second alias of one name", () => {
    const alias = { name: "alias/a", arn: `arn:aws:kms:${home}:${account}:alias/a`, target_key_id: "k" };
    const cloud = new TestCloud().has("aws_kms_key", key("k"));
    expect(cloud.creating("aws_kms_alias", alias)).toBe("");
    expect(cloud.has("aws_kms_alias", alias).creating("aws_kms_alias", alias)).toMatch(
      /^creating KMS Alias \(alias\/a\): .* AlreadyExistsException: An alias with the name arn:aws:kms:eu-west-1:111122223333:alias\/a already exists\n/,
    );
  });

  test("an alias of a key that is in another region or waits for its deletion", () => {
    const creating = (cloud: TestCloud, target: string) =>
      cloud.creating("aws_kms_alias", { name: "alias/a", target_key_id: target });
    const there = new TestCloud().has("aws_kms_key", key("k"));
    expect(creating(there, "k")).toBe("");
    expect(creating(there, arnOf("k"))).toBe("");
    expect(creating(there.in(standby), "k")).toMatch(/NotFoundException: Key '.*eu-central-1.*' does not exist$/);
    expect(creating(new TestCloud().lost("aws_kms_key", key("k")), "k")).toContain("KMSInvalidStateException");
  });

  test("nothing that names a key from outside", () => {
    const given = { name: "alias/a", target_key_id: "11111111-2222-3333-4444-555555555555" };
    expect(new TestCloud().creating("aws_kms_alias", given)).toBe("");
  });
});

describe("A key that a service cannot use", () => {
  const table = (more: ObjectValue): ObjectValue => ({
    name: "orders",
    server_side_encryption: [{ enabled: true, kms_key_arn: arnOf("k"), ...more }],
  });
  const through = (service: string, more: object = {}) => ({
    Effect: "Allow",
    Principal: root,
    Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:CreateGrant"],
    Resource: "*",
    Condition: { StringLike: { "kms:ViaService": `${service}.*.amazonaws.com` }, ...more },
  });
  const creating = (state: ObjectValue, region = home) =>
    new TestCloud().has("aws_kms_key", key("k", state)).in(region).creating("aws_dynamodb_table", table({}));

  test.each<[string, ObjectValue, string]>([
    ["is disabled", { is_enabled: false }, "DisabledException"],
    ["lets nobody but its administrators in", { policy: policy(administration) }, "AccessDeniedException"],
    ["lets callers of another service in", { policy: policy(administration, through("sqs")) }, "AccessDeniedException"],
    [
      "lets callers of another account in",
      { policy: policy(through("dynamodb", { StringEquals: { "kms:CallerAccount": "999999999999" } })) },
      "AccessDeniedException",
    ],
    [
      "lets the service's own role in alone",
      {
        policy: policy({
          ...through("dynamodb", {
            ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/aws-service-role/r/AWSServiceRoleForX` },
          }),
          Principal: { AWS: "*" },
        }),
      },
      "AccessDeniedException",
    ],
    ["denies it", { policy: policy(everything, { ...through("dynamodb"), Effect: "Deny" }) }, "AccessDeniedException"],
  ])("because it %s is refused", (_why, state, code) => {
    expect(creating(state)).toContain(code);
  });

  test("because it is in another region, or waits for its deletion, is refused", () => {
    expect(creating({}, standby)).toContain("NotFoundException");
    const gone = new TestCloud().lost("aws_kms_key", key("k"));
    expect(gone.creating("aws_dynamodb_table", table({}))).toContain("KMSInvalidStateException");
  });

  test("is not one that lets the account or callers of the service in", () => {
    expect(creating({})).toBe("");
    expect(creating({ policy: policy(administration, through("dynamodb")) })).toBe("");
    const bool = { Bool: { "kms:GrantIsForAWSResource": "true" } };
    expect(creating({ policy: policy(administration, through("dynamodb", bool)) })).toBe("");
  });

  test("is found through its alias", () => {
    const cloud = new TestCloud().has("aws_kms_key", key("k")).has("aws_kms_key", key("off", { is_enabled: false }));
    cloud.has("aws_kms_alias", { name: "alias/k", target_key_id: "k" });
    cloud.has("aws_kms_alias", { name: "alias/off", target_key_id: "off" });
    const creating = (key_id: string) =>
      cloud.creating("aws_ssm_parameter", { name: "p", type: "SecureString", key_id });
    expect(creating("alias/k")).toBe("");
    expect(creating("alias/aws/ssm")).toBe("");
    for (const name of ["alias/off", "alias/none"]) {
      expect(creating(name)).toMatch(
        /^creating SSM Parameter \(p\): .* InvalidKeyId: Invalid keyId alias\/(off|none)$/,
      );
    }
  });
});
