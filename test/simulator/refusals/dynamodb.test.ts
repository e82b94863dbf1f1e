import type { ObjectValue } from "../../../simulator/protocol/values";
import { account, home, standby, TestCloud } from "./cloud";

const arnOf = (name: string, region = home) => `arn:aws:dynamodb:${region}:${account}:table/${name}`;
const table = (more: ObjectValue = {}): ObjectValue => ({
  name: "orders",
  arn: arnOf("orders"),
  billing_mode: "PAY_PER_REQUEST",
  stream_enabled: true,
  stream_view_type: "NEW_AND_OLD_IMAGES",
  ...more,
});
const replica = (more: ObjectValue = {}): ObjectValue => ({
  id: "orders:eu-west-1",
  global_table_arn: arnOf("orders"),
  ...more,
});
const replicating = (source: ObjectValue, more: ObjectValue = {}) =>
  new TestCloud().has("aws_dynamodb_table", source).in(standby).creating("aws_dynamodb_table_replica", replica(more));

describe("DynamoDB refuses", () => {
  test("a second table of one name in a region, where a replica counts as well", () => {
    const cloud = new TestCloud().has("aws_dynamodb_table", table());
    expect(cloud.creating("aws_dynamodb_table", table())).toMatch(
      /^creating AWS DynamoDB Table \(orders\): operation error DynamoDB: CreateTable, .* ResourceInUseException: Table already exists: orders\n/,
    );
    expect(cloud.in(standby).creating("aws_dynamodb_table", table())).toBe("");
    cloud.in(standby).has("aws_dynamodb_table_replica", replica());
    expect(cloud.in(standby).creating("aws_dynamodb_table", table())).toContain("ResourceInUseException");
  });

  test("a replica where there is a table", () => {
    const cloud = new TestCloud().has("aws_dynamodb_table", table());
    cloud.in(standby).has("aws_dynamodb_table", table({ arn: arnOf("orders", standby) }));
    expect(cloud.in(standby).creating("aws_dynamodb_table_replica", replica())).toMatch(
      /^creating AWS DynamoDB Table Replica \(arn:aws:dynamodb:eu-west-1:111122223333:table\/orders\): operation error DynamoDB: UpdateTable, .* api error ValidationException: .*already existed as tables\./,
    );
  });

  test("a replica of a table that is not there or cannot replicate", () => {
    expect(replicating(table())).toBe("");
    expect(replicating(table({ arn: arnOf("others"), name: "others" }))).toMatch(
      / ResourceNotFoundException: Requested resource not found: Table: orders not found$/,
    );
    expect(replicating(table({ stream_enabled: false }))).toContain("must have streams enabled");
    expect(replicating(table({ stream_view_type: "KEYS_ONLY" }))).toContain("must have streams enabled");
  });

  test("a replica of a table whose writes are provisioned and do not scale", () => {
    const cloud = new TestCloud().has("aws_dynamodb_table", table({ billing_mode: "PROVISIONED" }));
    const creating = () => cloud.in(standby).creating("aws_dynamodb_table_replica", replica());
    expect(creating()).toMatch(
      /api error ValidationException: Table write capacity should either be Pay-Per-Request or AutoScaled\.$/,
    );
    cloud.has("aws_appautoscaling_target", {
      service_namespace: "dynamodb",
      resource_id: "table/orders",
      scalable_dimension: "dynamodb:table:WriteCapacityUnits",
    });
    expect(creating()).toBe("");
  });

  test("a replica without a key of its own where the table has one", () => {
    const keyArn = (region: string) => `arn:aws:kms:${region}:${account}:key/mrk-1`;
    const policy = JSON.stringify({
      Statement: [{ Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "kms:*" }],
    });
    const encrypted = table({ server_side_encryption: [{ enabled: true, kms_key_arn: keyArn(home) }] });
    const cloud = new TestCloud().has("aws_kms_key", { id: "mrk-1", arn: keyArn(home), policy });
    cloud.has("aws_dynamodb_table", encrypted);
    const creating = (more: ObjectValue) => cloud.in(standby).creating("aws_dynamodb_table_replica", replica(more));
    expect(creating({})).toContain("Replica must be encrypted with a customer managed key");
    expect(creating({ kms_key_arn: keyArn(home) })).toContain("NotFoundException");
    expect(creating({ kms_key_arn: keyArn(standby) })).toContain("NotFoundException");
    cloud.in(standby).has("aws_kms_replica_key", { id: "mrk-1", arn: keyArn(standby), policy });
    expect(creating({ kms_key_arn: keyArn(standby) })).toBe("");
  });

  test("to turn the stream of a replicated table off", () => {
    const cloud = new TestCloud().has("aws_dynamodb_table", table());
    const off = () => cloud.changing("aws_dynamodb_table", table(), { stream_enabled: false });
    expect(off()).toBe("");
    cloud.in(standby).has("aws_dynamodb_table_replica", replica());
    expect(off()).toMatch(/^updating AWS DynamoDB Table \(orders\): .*Stream cannot be disabled/);
  });

  test("to delete what is protected, or a table before its replicas", () => {
    const cloud = new TestCloud().has("aws_dynamodb_table", table());
    expect(cloud.deleting("aws_dynamodb_table", table())).toBe("");
    expect(cloud.deleting("aws_dynamodb_table", table({ deletion_protection_enabled: true }))).toMatch(
      /^deleting AWS DynamoDB Table \(orders\): .* api error ValidationException: Resource cannot be deleted as it is currently protected against deletion\./,
    );
    cloud.in(standby).has("aws_dynamodb_table_replica", replica());
    expect(cloud.deleting("aws_dynamodb_table", table())).toContain("has acted as a source region");
    const protectedReplica = replica({ deletion_protection_enabled: true });
    expect(cloud.in(standby).deleting("aws_dynamodb_table_replica", replica())).toBe("");
    expect(cloud.in(standby).deleting("aws_dynamodb_table_replica", protectedReplica)).toContain("protected");
  });

  test("insights of a table that is not in the region", () => {
    const cloud = new TestCloud().has("aws_dynamodb_table", table());
    const insights = (region: string) =>
      cloud.in(region).creating("aws_dynamodb_contributor_insights", { table_name: "orders" });
    expect(insights(home)).toBe("");
    expect(insights(standby)).toMatch(
      /^creating DynamoDB Contributor Insights for table \(orders\): .* ResourceNotFoundException: /,
    );
    cloud.in(standby).has("aws_dynamodb_table_replica", replica());
    expect(insights(standby)).toBe("");
  });
});
