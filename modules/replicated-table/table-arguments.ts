import type { DynamodbTableConfig, DynamodbTableGlobalSecondaryIndex } from "@cdktf/provider-aws/lib/dynamodb-table";
import type { GlobalSecondaryIndexConfig, ReplicatedTableConfig } from "./config";

/** The arguments of `aws_dynamodb_table` that only depend on the configuration. */
export function tableArguments(config: ReplicatedTableConfig): Omit<DynamodbTableConfig, "name"> {
  const provisioned = config.billingMode === "PROVISIONED";
  return {
    billingMode: config.billingMode,
    ...(provisioned ? capacityArguments(config) : maximumArguments(config)),
    tableClass: config.tableClass,
    hashKey: config.partitionKey,
    rangeKey: config.sortKey,
    attribute: Object.entries(config.attributes).map(([name, type]) => ({ name, type })),
    globalSecondaryIndex: config.globalSecondaryIndexes.map((index) => indexArguments(index, config)),
    localSecondaryIndex: config.localSecondaryIndexes.map(({ name, sortKey, projectionType, nonKeyAttributes }) => ({
      name,
      rangeKey: sortKey,
      projectionType,
      nonKeyAttributes,
    })),
    // Also when it is off: without the block nothing would be planned, and items would go on expiring.
    ttl: config.timeToLiveAttribute ? { enabled: true, attributeName: config.timeToLiveAttribute } : { enabled: false },
    // Always on, because replication needs it, and explicit, because otherwise every plan would turn it off.
    streamEnabled: true,
    streamViewType: "NEW_AND_OLD_IMAGES",
    pointInTimeRecovery: { enabled: true, recoveryPeriodInDays: config.pointInTimeRecoveryDays },
    deletionProtectionEnabled: config.deletionProtection,
    lifecycle: { ignoreChanges: ignoredChanges(config) },
    // Filling a new index or re-encrypting can take hours for a large table.
    timeouts: { create: "30m", update: "3h", delete: "30m" },
  };
}

/**
 * Changes to ignore: replicas are separate resources, and scaling controls the provisioned units. The units of an index
 * cannot be ignored individually, only the whole block, so that is up to the owner.
 */
function ignoredChanges(config: ReplicatedTableConfig): string[] {
  // With strong consistency, replicas are blocks of the table and managed with it.
  const replicas = config.consistencyMode === "STRONG" ? [] : ["replica"];
  if (config.billingMode !== "PROVISIONED") return replicas;
  const indexes = config.ignoreIndexChanges ? ["global_secondary_index"] : [];
  return [...replicas, "read_capacity", "write_capacity", ...indexes];
}

function indexArguments(
  index: GlobalSecondaryIndexConfig,
  table: ReplicatedTableConfig,
): DynamodbTableGlobalSecondaryIndex {
  const throughput =
    table.billingMode === "PROVISIONED"
      ? capacityArguments({
          readCapacity: index.readCapacity ?? table.readCapacity,
          writeCapacity: index.writeCapacity ?? table.writeCapacity,
        })
      : maximumArguments(index);
  return {
    name: index.name,
    hashKey: index.partitionKey,
    rangeKey: index.sortKey,
    projectionType: index.projectionType,
    nonKeyAttributes: index.nonKeyAttributes,
    ...throughput,
  };
}

function capacityArguments({
  readCapacity,
  writeCapacity,
}: Pick<ReplicatedTableConfig, "readCapacity" | "writeCapacity">): { readCapacity?: number; writeCapacity?: number } {
  return { readCapacity: readCapacity?.minCapacity, writeCapacity: writeCapacity?.minCapacity };
}

function maximumArguments({
  maxReadRequestUnits,
  maxWriteRequestUnits,
}: Pick<ReplicatedTableConfig, "maxReadRequestUnits" | "maxWriteRequestUnits">): Pick<
  DynamodbTableConfig,
  "onDemandThroughput"
> {
  return maxReadRequestUnits === undefined && maxWriteRequestUnits === undefined
    ? {}
    : { onDemandThroughput: { maxReadRequestUnits, maxWriteRequestUnits } };
}
