import { z } from "zod";
import { withRule } from "../core";
import { checkTable } from "./config-rules";

/** The pattern that names of tables and indexes share. */
const dynamodbName = /^[a-zA-Z0-9_.-]{3,255}$/;

/** The name of a table in AWS. @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html */
export const tableName = z
  .string()
  .regex(dynamodbName, "is no name for a table; use 3 to 255 letters, digits, underscores, hyphens and dots")
  .describe("Name of the table, 3 to 255 letters, digits, underscores, hyphens and dots.");

const indexName = z
  .string()
  .regex(dynamodbName, "is no name for an index; use 3 to 255 letters, digits, underscores, hyphens and dots")
  .describe("Name of the index, 3 to 255 letters, digits, underscores, hyphens and dots; never changes.");

const attribute = z
  .string()
  .max(255)
  .regex(/[a-zA-Z0-9]/, "is no name for an attribute; use up to 255 characters with a letter or digit among them");

const projection = {
  projectionType: z
    .enum(["ALL", "KEYS_ONLY", "INCLUDE"])
    .default("ALL")
    .describe("What the index copies of each item: all, its keys, or its keys and the attributes in nonKeyAttributes."),
  nonKeyAttributes: z
    .array(attribute)
    .min(1)
    .max(20)
    .optional()
    .describe("With INCLUDE: the attributes to copy, at most 20 per index and 100 over all indexes of the table."),
};

const requestUnits = z.int().min(1);

const capacity = withRule(
  z.strictObject({
    minCapacity: z.int().min(1).describe("Units that are always there."),
    maxCapacity: z.int().min(1).describe("Units that scaling stops at."),
    targetUtilization: z
      .int()
      .min(20)
      .max(90)
      .default(70)
      .describe("Percent of the units that scaling keeps in use; the rest takes the peaks until it has caught up."),
  }),
  ({ minCapacity, maxCapacity }, report) => {
    if (minCapacity > maxCapacity) {
      report(["minCapacity"], `is above maxCapacity (${maxCapacity}); lower it or raise maxCapacity`);
    }
  },
);

const throughput = {
  maxReadRequestUnits: requestUnits
    .optional()
    .describe("On demand only: reads per second beyond which requests are throttled, a limit on cost."),
  maxWriteRequestUnits: requestUnits
    .optional()
    .describe("On demand only: writes per second beyond which requests are throttled, a limit on cost."),
  readCapacity: capacity.optional().describe("Provisioned only: read units per second and how they scale."),
  writeCapacity: capacity.optional().describe("Provisioned only: write units per second and how they scale."),
};

const globalSecondaryIndex = z.strictObject({
  name: indexName,
  partitionKey: attribute.describe("Attribute that the index is partitioned by; declared in attributes."),
  sortKey: attribute.optional().describe("Attribute that the index is sorted by; declared in attributes."),
  ...projection,
  ...throughput,
});

const localSecondaryIndex = z.strictObject({
  name: indexName,
  sortKey: attribute.describe("Attribute that sorts the items of a partition instead of the table's sort key."),
  ...projection,
});

/**
 * What a table lets its owner decide. Keys and local indexes are fixed when the table is created; all else changes in place.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
 */
export const replicatedTableConfig = withRule(
  z.strictObject({
    attributes: z
      .record(attribute, z.enum(["S", "N", "B"]))
      .describe("Type of each attribute that is part of a key: S text, N number, B bytes. Types never change."),
    partitionKey: attribute.describe("Attribute that items are distributed by; never changes."),
    sortKey: attribute.optional().describe("Attribute that items of one partition are sorted by; never changes."),
    globalSecondaryIndexes: z
      .array(globalSecondaryIndex)
      .max(20)
      .default([])
      .describe("Indexes with a key of their own, at most 20; can be added and removed later."),
    localSecondaryIndexes: z
      .array(localSecondaryIndex)
      .max(5)
      .default([])
      .describe("Other orders within a partition, at most 5, only with a sort key; fixed with the table's creation."),
    timeToLiveAttribute: attribute
      .optional()
      .describe("Attribute with the time, in seconds since 1970, after which DynamoDB deletes the item."),
    consistencyMode: z
      .enum(["EVENTUAL", "STRONG"])
      .default("EVENTUAL")
      .describe(
        "STRONG: a write is in another region before it succeeds. In 3 regions of one set, or 2 and a witness, from the table's creation on; never changes.",
      ),
    witnessRegion: z
      .string()
      .optional()
      .describe("With STRONG in 2 regions: the third, which keeps count of writes but holds no table; never changes."),
    billingMode: z
      .enum(["PAY_PER_REQUEST", "PROVISIONED"])
      .default("PAY_PER_REQUEST")
      .describe("Pay per request, or for units per second that scale between limits."),
    ...throughput,
    ignoreIndexChanges: z
      .boolean()
      .default(false)
      .describe(
        "Provisioned only: leaves global indexes alone, so that no deployment sets scaled units back; false to change them.",
      ),
    pointInTimeRecoveryDays: z
      .int()
      .min(1)
      .max(35)
      .default(35)
      .describe("Days that the table in the home region can be restored to any second of; replicas always keep 35."),
    deletionProtection: z
      .boolean()
      .default(true)
      .describe("Refuses to delete the table and its replicas; false only where data may be lost, as in a sandbox."),
    tableClass: z
      .enum(["STANDARD", "STANDARD_INFREQUENT_ACCESS"])
      .default("STANDARD")
      .describe("Price class: infrequent access pays less for storage and more for requests."),
    alarmThresholds: z
      .strictObject({
        throttleEvents: z.int().min(1).default(10).describe("Throttled requests in 5 minutes."),
        systemErrors: z.int().min(1).default(10).describe("Requests in 5 minutes that failed within DynamoDB."),
        replicationLatencyMilliseconds: z
          .int()
          .min(1000)
          .default(60_000)
          .describe("Average delay of replication, over 5 minutes, in milliseconds."),
        capacityPercent: z.int().min(1).max(100).default(80).describe("Percent of the maximum throughput in use."),
      })
      .prefault({})
      .describe("When the alarms of each region go off."),
  }),
  checkTable,
);

export type ReplicatedTableConfig = z.output<typeof replicatedTableConfig>;
export type ReplicatedTableInput = z.input<typeof replicatedTableConfig>;
export type GlobalSecondaryIndexConfig = z.output<typeof globalSecondaryIndex>;
export type CapacityConfig = z.output<typeof capacity>;
