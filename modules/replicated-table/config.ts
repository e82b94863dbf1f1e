import { z } from "zod";
import { strictObject, withRule } from "../core";
import { tableRules } from "./config-rules";

export type * from "./input";

/** The pattern for names of tables and indexes. */
const dynamodbName = /^[a-zA-Z0-9_.-]{3,255}$/;

/** The name of a table in AWS. @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html */
export const tableName = z
  .string()
  .regex(dynamodbName, "is not a valid table name; use 3 to 255 letters, digits, underscores, hyphens and dots")
  .describe("Name of the table, 3 to 255 letters, digits, underscores, hyphens and dots.");

const indexName = z
  .string()
  .regex(dynamodbName, "is not a valid index name; use 3 to 255 letters, digits, underscores, hyphens and dots")
  .describe("Name of the index, 3 to 255 letters, digits, underscores, hyphens and dots. Cannot change.");

const attribute = z
  .string()
  .max(255)
  .regex(/[a-zA-Z0-9]/, "is not a valid attribute name; use up to 255 characters, including a letter or digit");

const projection = {
  projectionType: z
    .enum(["ALL", "KEYS_ONLY", "INCLUDE"])
    .default("ALL")
    .describe("What the index copies of each item: all attributes, only the keys, or the keys and nonKeyAttributes."),
  nonKeyAttributes: z
    .array(attribute)
    .min(1)
    .max(20)
    .optional()
    .describe("With INCLUDE: the attributes to copy, at most 20 per index and 100 over all indexes of the table."),
};

const requestUnits = z.int().min(1);

const capacity = withRule(
  strictObject(() => ({
    minCapacity: z.int().min(1).describe("Minimum capacity units."),
    maxCapacity: z.int().min(1).describe("Maximum capacity units."),
    targetUtilization: z
      .int()
      .min(20)
      .max(90)
      .default(70)
      .describe(
        "Target utilization of the capacity units, in percent. The rest absorbs peaks until scaling catches up.",
      ),
  })),
  ({ minCapacity, maxCapacity }, report) => {
    if (minCapacity > maxCapacity) {
      report(["minCapacity"], `is above maxCapacity (${maxCapacity}); lower it or raise maxCapacity`);
    }
  },
);

const throughput = {
  maxReadRequestUnits: requestUnits
    .optional()
    .describe("On-demand only: read request units per second above which requests are throttled, to limit cost."),
  maxWriteRequestUnits: requestUnits
    .optional()
    .describe("On-demand only: write request units per second above which requests are throttled, to limit cost."),
  readCapacity: capacity.optional().describe("Provisioned only: read capacity units per second and how they scale."),
  writeCapacity: capacity.optional().describe("Provisioned only: write capacity units per second and how they scale."),
};

const globalSecondaryIndex = strictObject(() => ({
  name: indexName,
  partitionKey: attribute.describe("Partition key of the index. Must be declared in attributes."),
  sortKey: attribute.optional().describe("Sort key of the index. Must be declared in attributes."),
  ...projection,
  ...throughput,
}));

const localSecondaryIndex = strictObject(() => ({
  name: indexName,
  sortKey: attribute.describe("Sort key of the index, used instead of the table's sort key."),
  ...projection,
}));

/**
 * The settings of a table. Keys and local indexes are fixed at creation; everything else can be changed in place.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
 */
export const replicatedTableConfig = withRule(
  strictObject(() => ({
    attributes: z
      .record(attribute, z.enum(["S", "N", "B"]))
      .describe(
        "Type of each attribute that is part of a key: S (string), N (number) or B (binary). Types cannot change.",
      ),
    partitionKey: attribute.describe("Partition key. Cannot change."),
    sortKey: attribute.optional().describe("Sort key. Cannot change."),
    globalSecondaryIndexes: z
      .array(globalSecondaryIndex)
      .max(20)
      .default([])
      .describe("Global secondary indexes, at most 20. They can be added and removed later."),
    localSecondaryIndexes: z
      .array(localSecondaryIndex)
      .max(5)
      .default([])
      .describe("Local secondary indexes, at most 5. They need a table with a sort key and are fixed at creation."),
    timeToLiveAttribute: attribute
      .optional()
      .describe("Attribute with the expiry time, in seconds since 1970, after which DynamoDB deletes the item."),
    consistencyMode: z
      .enum(["EVENTUAL", "STRONG"])
      .default("EVENTUAL")
      .describe(
        "STRONG: a write is in another region before it succeeds. Needs 3 regions of one set, or 2 and a witness, from the table's creation on. Cannot change.",
      ),
    witnessRegion: z
      .string()
      .optional()
      .describe("With STRONG in 2 regions: the third region, which tracks writes but has no table. Cannot change."),
    billingMode: z
      .enum(["PAY_PER_REQUEST", "PROVISIONED"])
      .default("PAY_PER_REQUEST")
      .describe("Pay per request, or for provisioned capacity units that scale between limits."),
    ...throughput,
    ignoreIndexChanges: z
      .boolean()
      .default(false)
      .describe(
        "Provisioned only: ignores changes to global indexes, so that deployments do not reset scaled units. Set it to false to change indexes.",
      ),
    pointInTimeRecoveryDays: z
      .int()
      .min(1)
      .max(35)
      .default(35)
      .describe("Days of point-in-time recovery for the table in the home region. Replicas always have 35."),
    deletionProtection: z
      .boolean()
      .default(true)
      .describe(
        "Prevents deletion of the table and its replicas. Set it to false only where data may be lost, as in a sandbox.",
      ),
    tableClass: z
      .enum(["STANDARD", "STANDARD_INFREQUENT_ACCESS"])
      .default("STANDARD")
      .describe("Table class. Infrequent access costs less for storage and more for requests."),
    alarmThresholds: strictObject(() => ({
      throttleEvents: z.int().min(1).default(10).describe("Throttled requests, in 5 minutes."),
      systemErrors: z.int().min(1).default(10).describe("Requests that failed inside DynamoDB, in 5 minutes."),
      replicationLatencyMilliseconds: z
        .int()
        .min(1000)
        .default(60_000)
        .describe("Average replication latency over 5 minutes, in milliseconds."),
      capacityPercent: z
        .int()
        .min(1)
        .max(100)
        .default(80)
        .describe("Consumed throughput, as a percentage of the maximum."),
    }))
      .prefault({})
      .describe("Alarm thresholds, for each region."),
  })),
  ...tableRules,
);

export type ReplicatedTableConfig = z.output<typeof replicatedTableConfig>;
export type GlobalSecondaryIndexConfig = z.output<typeof globalSecondaryIndex>;
export type CapacityConfig = z.output<typeof capacity>;
