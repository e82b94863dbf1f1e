import { readFileSync } from "node:fs";
import { join } from "node:path";
import { awsProviderRequirement, type DeploymentStack, type Grantee, type RegionalKey } from "../../../modules/core";
import {
  ReplicatedTable,
  type ReplicatedTableInput,
  type ReplicatedTableProps,
} from "../../../modules/replicated-table";
import { grantsIn, ref, resolve, synth } from "../../support/synth";
import { everyOption } from "./every-option";
import { build as example } from "./example";

const account = "123456789012";
const keyArn = (region: string) => `arn:aws:kms:${region}:${account}:key/mrk-1`;
const key: RegionalKey = {
  arnIn: keyArn,
  grantUse: (grantee, service) => grantee.addToRolePolicy({ actions: [`kms for ${service}`], resources: [] }),
};
const alarms = { topicArn: (region: string) => `arn:aws:sns:${region}:${account}:alerts` };
const least: ReplicatedTableInput = { attributes: { pk: "S" }, partitionKey: "pk" };
const sorted: ReplicatedTableInput = { attributes: { pk: "S", sk: "S" }, partitionKey: "pk", sortKey: "sk" };

function table(stack: DeploymentStack, props: Partial<ReplicatedTableProps> = {}): ReplicatedTable {
  return new ReplicatedTable(stack, "orders", {
    config: least,
    name: "test-orders",
    home: "eu-west-1",
    replicas: [],
    key,
    contributorInsights: false,
    ...props,
  });
}

const replicated = { replicas: ["eu-central-1"] };
const built = (props: Partial<ReplicatedTableProps> = {}) => synth((stack) => table(stack, props));
const tableOf = (props: Partial<ReplicatedTableProps> = {}) => built(props).at("aws_dynamodb_table.orders_table");

describe("ReplicatedTable", () => {
  test("is encrypted, recoverable, protected and streams from the first day, even in one region", () => {
    expect(tableOf()).toMatchObject({
      name: "test-orders",
      provider: "aws.eu-west-1",
      billing_mode: "PAY_PER_REQUEST",
      server_side_encryption: { enabled: true, kms_key_arn: keyArn("eu-west-1") },
      point_in_time_recovery: { enabled: true, recovery_period_in_days: 35 },
      deletion_protection_enabled: true,
      stream_enabled: true,
      stream_view_type: "NEW_AND_OLD_IMAGES",
    });
  });

  test("leaves replicas to resources of their own, each with its region's key and the same protection", () => {
    const { at } = built(replicated);
    const home = at("aws_dynamodb_table.orders_table");
    expect(home.lifecycle).toEqual({ ignore_changes: ["replica"] });
    expect(home.replica).toBeUndefined();
    expect(at("aws_dynamodb_table_replica.orders_replica-eu-central-1")).toMatchObject({
      provider: "aws.eu-central-1",
      global_table_arn: ref("aws_dynamodb_table.orders_table.arn"),
      kms_key_arn: keyArn("eu-central-1"),
      point_in_time_recovery: true,
      deletion_protection_enabled: true,
    });
  });

  test("only gains resources with a region, alarms and insights: the table itself stays as it was", () => {
    const before = built();
    const after = built({ ...replicated, alarms, contributorInsights: true });
    expect(after.addresses).toEqual(expect.arrayContaining([...before.addresses]));
    expect(after.at("aws_dynamodb_table.orders_table")).toEqual(before.at("aws_dynamodb_table.orders_table"));
  });

  test("keeps its addresses", () => {
    expect(synth(everyOption).addresses).toEqual(expectedAddresses());
  });

  test("describes keys and indexes in the provider's terms", () => {
    const config: ReplicatedTableInput = {
      attributes: { pk: "S", sk: "N", owner: "B" },
      partitionKey: "pk",
      sortKey: "sk",
      globalSecondaryIndexes: [{ name: "by-owner", partitionKey: "owner", sortKey: "sk", maxReadRequestUnits: 10 }],
      localSecondaryIndexes: [
        { name: "other", sortKey: "owner", projectionType: "INCLUDE", nonKeyAttributes: ["total", "state"] },
      ],
      timeToLiveAttribute: "expiresAt",
      maxWriteRequestUnits: 20,
    };
    expect(tableOf({ config })).toMatchObject({
      hash_key: "pk",
      range_key: "sk",
      attribute: [
        { name: "pk", type: "S" },
        { name: "sk", type: "N" },
        { name: "owner", type: "B" },
      ],
      global_secondary_index: [
        {
          name: "by-owner",
          hash_key: "owner",
          range_key: "sk",
          projection_type: "ALL",
          on_demand_throughput: { max_read_request_units: 10 },
        },
      ],
      local_secondary_index: [
        { name: "other", range_key: "owner", projection_type: "INCLUDE", non_key_attributes: ["total", "state"] },
      ],
      ttl: { enabled: true, attribute_name: "expiresAt" },
      on_demand_throughput: { max_write_request_units: 20 },
    });
  });

  test("fails every plan that changes the type of a key attribute, which the provider would not notice", () => {
    const { at } = built({ config: { ...sorted, attributes: { pk: "S", sk: "N" } } });
    expect(at("terraform_data.orders_attribute-sk")).toMatchObject({
      input: { type: "N" },
      lifecycle: {
        ignore_changes: ["input"],
        replace_triggered_by: ["aws_dynamodb_table.orders_table.id"],
        postcondition: [{ condition: ref('self.output.type == "N"'), error_message: expect.stringContaining('"sk"') }],
      },
    });
  });

  describe("with provisioned throughput", () => {
    const config: ReplicatedTableInput = {
      attributes: { pk: "S", owner: "S" },
      partitionKey: "pk",
      billingMode: "PROVISIONED",
      readCapacity: { minCapacity: 5, maxCapacity: 100, targetUtilization: 60 },
      writeCapacity: { minCapacity: 4, maxCapacity: 50 },
      globalSecondaryIndexes: [
        { name: "byOwner", partitionKey: "owner", readCapacity: { minCapacity: 1, maxCapacity: 20 } },
      ],
    };
    const { at } = built({ ...replicated, config });

    test("starts at the minimum and leaves the rest to scaling", () => {
      expect(at("aws_dynamodb_table.orders_table")).toMatchObject({
        read_capacity: 5,
        write_capacity: 4,
        lifecycle: { ignore_changes: ["replica", "read_capacity", "write_capacity"] },
        global_secondary_index: [{ name: "byOwner", read_capacity: 1, write_capacity: 4 }],
      });
    });

    test("leaves indexes alone when asked, because their units cannot be left alone by themselves", () => {
      const { lifecycle } = tableOf({ config: { ...config, ignoreIndexChanges: true } });
      expect(lifecycle).toEqual({
        ignore_changes: ["replica", "read_capacity", "write_capacity", "global_secondary_index"],
      });
    });

    test("scales table and index, reads and writes, in each region", () => {
      for (const region of ["eu-west-1", "eu-central-1"]) {
        expect(at(`aws_appautoscaling_target.orders_scaling-${region}_table-write`)).toMatchObject({
          provider: `aws.${region}`,
          resource_id: "table/test-orders",
          scalable_dimension: "dynamodb:table:WriteCapacityUnits",
          min_capacity: 4,
          max_capacity: 50,
        });
        expect(at(`aws_appautoscaling_target.orders_scaling-${region}_index-by-owner-read`)).toMatchObject({
          resource_id: "table/test-orders/index/byOwner",
          scalable_dimension: "dynamodb:index:ReadCapacityUnits",
          max_capacity: 20,
        });
      }
      expect(at("aws_appautoscaling_policy.orders_scaling-eu-west-1_table-read-policy")).toMatchObject({
        target_tracking_scaling_policy_configuration: {
          target_value: 60,
          predefined_metric_specification: { predefined_metric_type: "DynamoDBReadCapacityUtilization" },
        },
      });
    });

    test("lets replicas wait for the scaling of writes, without which DynamoDB refuses them", () => {
      expect(at("aws_dynamodb_table_replica.orders_replica-eu-central-1").depends_on).toContain(
        "aws_appautoscaling_policy.orders_scaling-eu-west-1_table-write-policy",
      );
    });
  });

  test("adds its replicas one after the other, in the order of the regions", () => {
    const regions = ["eu-west-1", "eu-central-1", "eu-west-2", "eu-north-1"];
    const { at } = synth((stack) => table(stack, { replicas: regions.slice(1) }), { regions });
    const waits = (region: string) => at(`aws_dynamodb_table_replica.orders_replica-${region}`).depends_on;
    expect(waits("eu-central-1")).toEqual([]);
    expect(waits("eu-west-2")).toEqual(["aws_dynamodb_table_replica.orders_replica-eu-central-1"]);
    expect(waits("eu-north-1")).toEqual(["aws_dynamodb_table_replica.orders_replica-eu-west-2"]);
  });

  describe("alarms", () => {
    const config = {
      ...least,
      attributes: { pk: "S", owner: "S" },
      globalSecondaryIndexes: [{ name: "byOwner", partitionKey: "owner" }],
      maxReadRequestUnits: 1000,
      alarmThresholds: { capacityPercent: 75, replicationLatencyMilliseconds: 30_000 },
    } satisfies ReplicatedTableInput;
    const { at, addresses } = built({ ...replicated, config, alarms });
    const alarm = (id: string) => at(`aws_cloudwatch_metric_alarm.orders_${id}`);

    test("report to the topic of their region", () => {
      for (const region of ["eu-west-1", "eu-central-1"]) {
        expect(alarm(`alarms-${region}_throttles`)).toMatchObject({
          provider: `aws.${region}`,
          alarm_actions: [`arn:aws:sns:${region}:${account}:alerts`],
          ok_actions: [`arn:aws:sns:${region}:${account}:alerts`],
        });
      }
    });

    test("watch each path of replication from the region that sends", () => {
      expect(alarm("alarms-eu-west-1_replication-to-eu-central-1")).toMatchObject({
        metric_name: "ReplicationLatency",
        dimensions: { TableName: "test-orders", ReceivingRegion: "eu-central-1" },
        threshold: 30_000,
      });
      expect(alarm("alarms-eu-central-1_replication-to-eu-west-1")).toMatchObject({
        dimensions: { ReceivingRegion: "eu-west-1" },
      });
    });

    test("count throttled reads and writes of the table and of each index", () => {
      const dimensionsOf = (id: string) =>
        (alarm(id).metric_query as { metric?: { metric_name: string; dimensions: object } }[]).flatMap(({ metric }) =>
          metric ? [[metric.metric_name, metric.dimensions]] : [],
        );
      expect(dimensionsOf("alarms-eu-west-1_throttles")).toEqual([
        ["ReadThrottleEvents", { TableName: "test-orders" }],
        ["WriteThrottleEvents", { TableName: "test-orders" }],
      ]);
      expect(dimensionsOf("alarms-eu-west-1_index-by-owner-throttles")[0]).toEqual([
        "ReadThrottleEvents",
        { TableName: "test-orders", GlobalSecondaryIndexName: "byOwner" },
      ]);
    });

    test("add up the system errors of all operations, within the ten metrics that an alarm takes", () => {
      const metrics = (alarm("alarms-eu-west-1_system-errors").metric_query as { metric?: object }[]).filter(
        ({ metric }) => metric,
      );
      expect(metrics).toHaveLength(10);
      expect(metrics[0]).toMatchObject({ metric: { metric_name: "SystemErrors", namespace: "AWS/DynamoDB" } });
    });

    test("compare a minute's use with the maximum per second, where one is set", () => {
      expect(alarm("alarms-eu-west-1_read-capacity")).toMatchObject({
        metric_name: "ConsumedReadCapacityUnits",
        statistic: "Sum",
        period: 60,
        threshold: 1000 * 60 * 0.75,
      });
      expect(addresses.filter((address) => address.includes("write-capacity"))).toEqual([]);
    });

    test("are not built without a target", () => {
      expect(built({ ...replicated, config }).resource.aws_cloudwatch_metric_alarm).toBeUndefined();
    });
  });

  test("has contributor insights on the table and its indexes, in each region, when asked", () => {
    const config = { ...sorted, globalSecondaryIndexes: [{ name: "bySort", partitionKey: "sk" }] };
    const { at } = built({ ...replicated, config, contributorInsights: true });
    expect(at("aws_dynamodb_contributor_insights.orders_insights-eu-central-1-index-by-sort")).toMatchObject({
      provider: "aws.eu-central-1",
      table_name: "test-orders",
      index_name: "bySort",
      depends_on: ["aws_dynamodb_table_replica.orders_replica-eu-central-1"],
    });
  });

  describe("references", () => {
    test("are the table, the replica and their streams", () => {
      const { data } = synth((stack) => {
        const orders = table(stack, replicated);
        const streams = ["eu-west-1", "eu-central-1", "eu-central-1"].map((region) => orders.streamArnIn(region));
        expect(resolve(stack, [orders.arnIn("eu-west-1"), orders.arnIn("eu-central-1"), ...streams])).toEqual([
          ref("aws_dynamodb_table.orders_table.arn"),
          ref("aws_dynamodb_table_replica.orders_replica-eu-central-1.arn"),
          ref("aws_dynamodb_table.orders_table.stream_arn"),
          ref("data.aws_dynamodb_table.orders_stream-eu-central-1.stream_arn"),
          ref("data.aws_dynamodb_table.orders_stream-eu-central-1.stream_arn"),
        ]);
      });
      expect(data?.aws_dynamodb_table?.["orders_stream-eu-central-1"]).toMatchObject({
        provider: "aws.eu-central-1",
        name: ref('element(split("/", aws_dynamodb_table_replica.orders_replica-eu-central-1.arn), 1)'),
      });
    });

    test("to a region without the table are refused", () => {
      synth((stack) => {
        expect(() => table(stack).arnIn("us-east-1")).toThrow(
          'test/orders: has no table in region "us-east-1", only in eu-west-1; add the region to the table\'s replicas',
        );
      });
    });
  });

  describe("grants", () => {
    const indexed = { ...sorted, globalSecondaryIndexes: [{ name: "bySort", partitionKey: "sk" }] };
    const replica = ref("aws_dynamodb_table_replica.orders_replica-eu-central-1.arn");
    const granted = (
      give: (orders: ReplicatedTable, grantee: Grantee) => void,
      config: ReplicatedTableInput = indexed,
    ) => measured(give, config).map(({ measuredAs: _, ...statement }) => statement);
    const measured = (
      give: (orders: ReplicatedTable, grantee: Grantee) => void,
      config: ReplicatedTableInput = indexed,
    ) => grantsIn("eu-central-1", (stack, grantee) => give(table(stack, { ...replicated, config }), grantee));
    const forKey = { actions: ["kms for dynamodb"], resources: [] };

    test("read items of the principal's own region, with the indexes and the key, and without scans", () => {
      expect(granted((orders, grantee) => orders.grantRead(grantee))).toEqual([
        {
          actions: ["dynamodb:BatchGetItem", "dynamodb:ConditionCheckItem", "dynamodb:GetItem", "dynamodb:Query"],
          resources: [replica, `${replica}/index/*`],
        },
        forKey,
      ]);
      const [withoutIndexes] = granted((orders, grantee) => orders.grantRead(grantee), least);
      expect(withoutIndexes?.resources).toEqual([replica]);
    });

    test("say how long their resources are in AWS", () => {
      const arn = "arn:aws:dynamodb:eu-central-1:000000000000:table/test-orders";
      const statements = measured((orders, grantee) => {
        orders.grantReadWrite(grantee);
        orders.grantStreamRead(grantee);
      });
      expect(statements.flatMap(({ measuredAs }) => measuredAs ?? [])).toEqual([
        arn,
        `${arn}/index/*`,
        arn,
        `${arn}/stream/*`,
      ]);
    });

    test("scan only when asked", () => {
      const [read] = granted((orders, grantee) => orders.grantRead(grantee, { scan: true }));
      expect(read?.actions).toContain("dynamodb:Scan");
    });

    test("write single items, and never change the table", () => {
      expect(granted((orders, grantee) => orders.grantWrite(grantee))).toEqual([
        {
          actions: [
            "dynamodb:BatchWriteItem",
            "dynamodb:ConditionCheckItem",
            "dynamodb:DeleteItem",
            "dynamodb:PutItem",
            "dynamodb:UpdateItem",
          ],
          resources: [replica],
        },
        forKey,
      ]);
    });

    test("do both, held to the items of some partition keys", () => {
      const all = granted((orders, grantee) => orders.grantReadWrite(grantee, { leadingKeys: ["tenant#42*"] }));
      const onItems = all.filter(({ actions }) => actions.some((action) => action.startsWith("dynamodb:")));
      expect(onItems).toHaveLength(2);
      for (const { conditions } of onItems) {
        expect(conditions).toEqual({ "ForAllValues:StringLike": { "dynamodb:LeadingKeys": ["tenant#42*"] } });
      }
    });

    test("refuse a scan that would pass by the partition keys", () => {
      expect(() =>
        granted((orders, grantee) => orders.grantRead(grantee, { scan: true, leadingKeys: ["a*"] })),
      ).toThrow("test/orders: a scan has no leading key to check, so both cannot be granted; remove one of them");
    });

    test("read the stream", () => {
      expect(granted((orders, grantee) => orders.grantStreamRead(grantee))).toEqual([
        {
          actions: [
            "dynamodb:DescribeStream",
            "dynamodb:GetRecords",
            "dynamodb:GetShardIterator",
            "dynamodb:ListStreams",
          ],
          resources: [`${replica}/stream/*`],
        },
        forKey,
      ]);
    });
  });

  describe("refuses", () => {
    const capacity = { minCapacity: 1, maxCapacity: 2 };
    const gsi = (name: string, more: object = {}) => ({ name, partitionKey: "sk", ...more });
    const lsi = (name: string, more: object = {}) => ({ name, sortKey: "sk", ...more });
    const many = (count: number) => Array.from({ length: count }, (_, at) => `index-${at}`);
    const configs: [string, object, string][] = [
      [
        "a partition key that is not declared",
        { ...least, partitionKey: "id" },
        'partitionKey: uses the attribute "id", which is not declared; add it to attributes with its type (received "id")',
      ],
      [
        "a sort key that is not declared",
        { ...least, sortKey: "sk" },
        'sortKey: uses the attribute "sk", which is not declared',
      ],
      [
        "an index key that is not declared",
        { ...sorted, globalSecondaryIndexes: [gsi("bySort", { sortKey: "at" })] },
        'globalSecondaryIndexes[0].sortKey: uses the attribute "at", which is not declared',
      ],
      [
        "a local index key that is not declared",
        { ...sorted, localSecondaryIndexes: [lsi("other", { sortKey: "at" })] },
        'localSecondaryIndexes[0].sortKey: uses the attribute "at", which is not declared',
      ],
      [
        "an attribute that is not part of any key",
        { ...least, attributes: { pk: "S", total: "N" } },
        'attributes.total: is not part of any key; remove it, because DynamoDB only takes declarations of key attributes (received "N")',
      ],
      [
        "a type that keys cannot have",
        { ...least, attributes: { pk: "BOOL" } },
        "attributes.pk: is not one of the allowed values; ",
      ],
      [
        "two attributes with one address",
        { ...sorted, attributes: { pk: "S", PK: "S" }, sortKey: "PK" },
        'attributes.PK: shares its Terraform address with "pk"; use names that differ in more than case and punctuation',
      ],
      [
        "one attribute as both keys",
        { ...least, sortKey: "pk" },
        "sortKey: is also the partition key; use another attribute or remove the field",
      ],
      [
        "one attribute as both keys of an index",
        { ...sorted, globalSecondaryIndexes: [gsi("bySort", { sortKey: "sk" })] },
        "globalSecondaryIndexes[0].sortKey: is also the partition key; use another attribute or remove the field",
      ],
      [
        "a local index on a table without a sort key",
        { ...least, attributes: { pk: "S", sk: "S" }, localSecondaryIndexes: [lsi("other")] },
        "localSecondaryIndexes: needs a table with a sort key; add sortKey, or use global secondary indexes",
      ],
      [
        "a local index sorted by the partition key",
        { ...sorted, localSecondaryIndexes: [lsi("other", { sortKey: "pk" })] },
        "localSecondaryIndexes[0].sortKey: is the table's partition key; use another attribute",
      ],
      [
        "a sixth local index",
        { ...sorted, localSecondaryIndexes: many(6).map((name) => lsi(name)) },
        "localSecondaryIndexes: is too large; use at most 5 entries",
      ],
      [
        "a 21st global index",
        { ...sorted, globalSecondaryIndexes: many(21).map((name) => gsi(name)) },
        "globalSecondaryIndexes: is too large; use at most 20 entries",
      ],
      [
        "two indexes of one name",
        { ...sorted, globalSecondaryIndexes: [gsi("bySort")], localSecondaryIndexes: [lsi("bySort")] },
        'localSecondaryIndexes[0].name: is already the name of another index; give each index its own name (received "bySort")',
      ],
      [
        "two indexes with one address",
        { ...sorted, globalSecondaryIndexes: [gsi("bySort"), gsi("by-sort")] },
        "globalSecondaryIndexes[1].name: shares its Terraform address with another index",
      ],
      [
        "an index name that breaks the pattern",
        { ...sorted, globalSecondaryIndexes: [gsi("by sort")] },
        "globalSecondaryIndexes[0].name: is not a valid index name; use 3 to 255 letters",
      ],
      [
        "a time to live in the table's key",
        { ...sorted, timeToLiveAttribute: "sk" },
        "timeToLiveAttribute: is part of a key; keep the expiry time in a separate attribute",
      ],
      [
        "a time to live in an index key",
        {
          attributes: { pk: "S", at: "N" },
          partitionKey: "pk",
          globalSecondaryIndexes: [{ name: "byTime", partitionKey: "at" }],
          timeToLiveAttribute: "at",
        },
        "timeToLiveAttribute: is part of a key",
      ],
      [
        "INCLUDE without attributes",
        { ...sorted, globalSecondaryIndexes: [gsi("bySort", { projectionType: "INCLUDE" })] },
        "globalSecondaryIndexes[0].nonKeyAttributes: is required with projectionType INCLUDE; list the attributes to project, or use KEYS_ONLY",
      ],
      [
        "attributes to copy without INCLUDE",
        { ...sorted, localSecondaryIndexes: [lsi("other", { nonKeyAttributes: ["total"] })] },
        "localSecondaryIndexes[0].nonKeyAttributes: has no effect with projectionType ALL; remove it, or set projectionType to INCLUDE",
      ],
      [
        "an attribute to copy that is listed twice",
        {
          ...sorted,
          globalSecondaryIndexes: [gsi("bySort", { projectionType: "INCLUDE", nonKeyAttributes: ["a", "a"] })],
        },
        "globalSecondaryIndexes[0].nonKeyAttributes: lists an attribute twice; remove the duplicate",
      ],
      [
        "more than 20 attributes to copy in an index",
        {
          ...sorted,
          globalSecondaryIndexes: [gsi("bySort", { projectionType: "INCLUDE", nonKeyAttributes: many(21) })],
        },
        "globalSecondaryIndexes[0].nonKeyAttributes: is too large; use at most 20 entries",
      ],
      [
        "more than 100 attributes to copy in all",
        {
          ...sorted,
          globalSecondaryIndexes: many(6).map((name) =>
            gsi(name, { projectionType: "INCLUDE", nonKeyAttributes: many(17) }),
          ),
        },
        "globalSecondaryIndexes: projects 102 attributes over all indexes, but DynamoDB allows 100; project fewer, or use ALL",
      ],
      [
        "provisioned units on demand",
        { ...least, readCapacity: capacity },
        "readCapacity: is only for provisioned tables; remove it or set billingMode to PROVISIONED",
      ],
      [
        "provisioned units of an index on demand",
        { ...sorted, globalSecondaryIndexes: [gsi("bySort", { writeCapacity: capacity })] },
        "globalSecondaryIndexes[0].writeCapacity: is only for provisioned tables",
      ],
      [
        "provisioned throughput without units",
        { ...least, billingMode: "PROVISIONED", readCapacity: capacity },
        "writeCapacity: is required with billingMode PROVISIONED; add it with minCapacity and maxCapacity",
      ],
      [
        "a maximum of requests with provisioned units",
        {
          ...least,
          billingMode: "PROVISIONED",
          readCapacity: capacity,
          writeCapacity: capacity,
          maxReadRequestUnits: 5,
        },
        "maxReadRequestUnits: is only for on-demand tables; set maxCapacity in readCapacity or writeCapacity instead, or set billingMode to PAY_PER_REQUEST",
      ],
      [
        "a minimum above the maximum",
        {
          ...least,
          billingMode: "PROVISIONED",
          readCapacity: { minCapacity: 3, maxCapacity: 2 },
          writeCapacity: capacity,
        },
        "readCapacity.minCapacity: is above maxCapacity (2); lower it or raise maxCapacity (received 3)",
      ],
      [
        "a target that scaling cannot track",
        {
          ...least,
          billingMode: "PROVISIONED",
          readCapacity: { ...capacity, targetUtilization: 95 },
          writeCapacity: capacity,
        },
        "readCapacity.targetUtilization: is too large; use at most 90",
      ],
      [
        "ignored index changes on demand",
        { ...least, ignoreIndexChanges: true },
        "ignoreIndexChanges: is only for provisioned tables; remove it",
      ],
      [
        "a recovery period above 35 days",
        { ...least, pointInTimeRecoveryDays: 36 },
        "pointInTimeRecoveryDays: is too large; use at most 35",
      ],
      [
        "a table class that does not exist",
        { ...least, tableClass: "INFREQUENT" },
        "tableClass: is not one of the allowed values; ",
      ],
      ["replicas within the table", { ...least, replica: [] }, "replica: unknown field; "],
      ["no stream", { ...least, streamEnabled: false }, "streamEnabled: unknown field; "],
      ["another view of changes", { ...least, streamViewType: "KEYS_ONLY" }, "streamViewType: unknown field; "],
      ["no recovery", { ...least, pointInTimeRecovery: false }, "pointInTimeRecovery: unknown field; "],
      ["a field that does not exist", { ...least, timeToLive: "at" }, "timeToLive: unknown field; "],
    ];
    test.each(configs)("%s", (_, config, message) => {
      expect(() => built({ config: config as ReplicatedTableInput })).toThrow(message);
    });

    test("several mistakes at once", () => {
      const config = { ...least, partitionKey: "id", pointInTimeRecoveryDays: 0, timeToLiveAttribute: "id" };
      expect(() => built({ config })).toThrow("test/orders: 4 mistakes");
    });

    const props: [string, Partial<ReplicatedTableProps>, string][] = [
      [
        "a name that is too short",
        { name: "ab" },
        'test/orders: name: 1 mistake\n  (root): is not a valid table name; use 3 to 255 letters, digits, underscores, hyphens and dots (received "ab")',
      ],
      ["a name that breaks the pattern", { name: "test/orders" }, "is not a valid table name"],
      [
        "a replica in the home region",
        { replicas: ["eu-west-1"] },
        'test/orders: region "eu-west-1" is listed twice; list home and each replica once',
      ],
      [
        "a replica in a region without a provider",
        { replicas: ["eu-north-1"] },
        'test: has no provider for region "eu-north-1"',
      ],
    ];
    test.each(props)("%s", (_, wrong, message) => {
      expect(() => built(wrong)).toThrow(message);
    });
  });

  describe("With strong consistency", () => {
    const strong: ReplicatedTableInput = { ...least, consistencyMode: "STRONG" };
    const three = ["eu-west-1", "eu-central-1", "eu-west-3"];
    const inThree = (props: Partial<ReplicatedTableProps> = {}) =>
      synth((stack) => table(stack, { config: strong, replicas: three.slice(1), ...props }), { regions: three });

    test("is refused by a provider that has none", () => {
      expect(() => built({ config: strong, replicas: ["eu-central-1"] })).toThrow(
        "test/orders: consistency mode STRONG needs hashicorp/aws 6.22 or later, but this project uses 5.100.0; use EVENTUAL, or upgrade the provider and its bindings first",
      );
    });

    describe("and a provider that has it", () => {
      beforeEach(() => {
        jest.replaceProperty(awsProviderRequirement as { version: string }, "version", "6.22.0");
      });
      afterEach(() => {
        jest.restoreAllMocks();
      });

      test("has its replicas as blocks of the table, each with its region's key, and no replica resources", () => {
        const { at, addresses } = inThree();
        expect(at("aws_dynamodb_table.orders_table")).toMatchObject({
          lifecycle: { ignore_changes: [] },
          replica: three.slice(1).map((region) =>
            expect.objectContaining({
              region_name: region,
              consistency_mode: "STRONG",
              kms_key_arn: keyArn(region),
              point_in_time_recovery: true,
              deletion_protection_enabled: true,
            }),
          ),
        });
        expect(addresses.filter((address) => address.startsWith("aws_dynamodb_table_replica."))).toEqual([]);
      });

      test("has a witness in place of a third replica", () => {
        const config = { ...strong, witnessRegion: "eu-west-2" };
        const home = built({ config, replicas: ["eu-central-1"] }).at("aws_dynamodb_table.orders_table");
        expect(home).toMatchObject({ global_table_witness: { region_name: "eu-west-2" } });
        expect(home.replica).toHaveLength(1);
      });

      test("grants access to the table of the grantee's region, and has no alarm on a delay that there is not", () => {
        const { addresses } = inThree({ alarms });
        expect(addresses.filter((address) => address.includes("replication"))).toEqual([]);
        expect(addresses).toContain("aws_cloudwatch_metric_alarm.orders_alarms-eu-west-3_throttles");
      });

      const wrong: [string, Partial<ReplicatedTableProps>, string][] = [
        [
          "a single region",
          { config: strong },
          "needs exactly 3 regions, or 2 and a witness, from the table's creation on, but has 1 region; list all of them before the table is created",
        ],
        [
          "three regions and a witness",
          { config: { ...strong, witnessRegion: "eu-west-2" }, replicas: three.slice(1) },
          "but has 3 regions and a witness; ",
        ],
        [
          "a witness in a region of the table",
          { config: { ...strong, witnessRegion: "eu-central-1" }, replicas: ["eu-central-1"] },
          "has its witness in a region of the table; use a third region",
        ],
        [
          "regions of two sets",
          { config: { ...strong, witnessRegion: "us-east-1" }, replicas: ["eu-central-1"] },
          "cannot span eu-west-1, eu-central-1, us-east-1; use regions of one set: us-east-1, us-east-2, us-west-2; or eu-west-1, ",
        ],
        [
          "a region of no set",
          { config: { ...strong, witnessRegion: "eu-north-1" }, replicas: ["eu-central-1"] },
          "cannot span eu-west-1, eu-central-1, eu-north-1; ",
        ],
      ];
      test.each(wrong)("refuses %s", (_, props, message) => {
        expect(() => inThree({ replicas: [], ...props })).toThrow(message);
      });
    });

    test.each<[string, ReplicatedTableInput, string]>([
      [
        "a time to live",
        { ...strong, timeToLiveAttribute: "expiresAt" },
        "timeToLiveAttribute: is not supported with consistencyMode STRONG; remove it, or use EVENTUAL",
      ],
      [
        "a local secondary index",
        {
          ...sorted,
          attributes: { ...sorted.attributes, at: "S" },
          consistencyMode: "STRONG",
          localSecondaryIndexes: [{ name: "by-time", sortKey: "at" }],
        },
        "localSecondaryIndexes: is not supported with consistencyMode STRONG; use global secondary indexes, or EVENTUAL",
      ],
      [
        "a witness without it",
        { ...least, witnessRegion: "eu-west-2" },
        "witnessRegion: is only for strongly consistent tables; remove it or set consistencyMode to STRONG",
      ],
    ])("refuses %s", (_, config, message) => {
      expect(() => built({ config })).toThrow(message);
    });
  });

  test("is shown in its README by an example that compiles and builds", () => {
    const readme = readFileSync(join(__dirname, "../../../modules/replicated-table/README.md"), "utf8");
    const source = readFileSync(join(__dirname, "example.ts"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function")).trim());
    const reader: Grantee = { region: "eu-west-1", addToRolePolicy: () => undefined };
    expect(synth((stack) => example(stack, key, alarms, reader)).addresses).toContain(
      "aws_dynamodb_table.orders_table",
    );
  });
});

/** Every address of `everyOption`, from the pattern that the README documents. */
function expectedAddresses(): string[] {
  const regions = ["eu-central-1", "eu-west-1"];
  const tables = [
    {
      id: "on-demand",
      attributes: ["created-at", "customer-id", "pk", "sk", "state"],
      indexes: ["by-customer", "by-state"],
    },
    { id: "provisioned", attributes: ["id", "owner"], indexes: ["by-owner"] },
  ];
  const replicatedTables = tables.flatMap(({ id, attributes, indexes }) => [
    `aws_dynamodb_table.${id}_table`,
    `aws_dynamodb_table_replica.${id}_replica-eu-central-1`,
    ...attributes.map((name) => `terraform_data.${id}_attribute-${name}`),
    ...regions.flatMap((region) => [
      `aws_dynamodb_contributor_insights.${id}_insights-${region}`,
      ...indexes.map((index) => `aws_dynamodb_contributor_insights.${id}_insights-${region}-index-${index}`),
      ...[
        "throttles",
        "system-errors",
        "read-capacity",
        "write-capacity",
        `replication-to-${regions.find((other) => other !== region)}`,
        ...indexes.map((index) => `index-${index}-throttles`),
      ].map((alarm) => `aws_cloudwatch_metric_alarm.${id}_alarms-${region}_${alarm}`),
    ]),
  ]);
  const scaling = regions.flatMap((region) =>
    ["table-read", "table-write", "index-by-owner-read", "index-by-owner-write"].flatMap((target) => [
      `aws_appautoscaling_target.provisioned_scaling-${region}_${target}`,
      `aws_appautoscaling_policy.provisioned_scaling-${region}_${target}-policy`,
    ]),
  );
  return [
    ...replicatedTables,
    ...scaling,
    "aws_dynamodb_table.least_table",
    "terraform_data.least_attribute-pk",
  ].sort();
}
