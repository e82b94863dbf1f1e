import { z } from "zod";

/** The instance classes that an Aurora global database takes: memory-optimized ones from the fifth generation on. */
const globalClass = /^db\.(r5|r6g|r6i|r6gd|r6id|r7g|r7i|r8g)\.(large|xlarge|\d{1,2}xlarge)$/;

const capacityUnits = z.number().multipleOf(0.5).min(0.5).max(256);

/** How large the instances of a cluster are, in literal values. */
export const databaseCapacity = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("serverless"),
    minCapacity: capacityUnits.describe(
      "Least Aurora capacity units (ACU, 2 GiB each) of an instance, in steps of 0.5; from 2 on Performance Insights runs well.",
    ),
    maxCapacity: capacityUnits
      .min(1)
      .describe("Most ACU of an instance; decides max_connections, which takes a restart to follow."),
  }),
  z.strictObject({
    type: z.literal("provisioned"),
    instanceClass: z
      .string()
      .regex(
        globalClass,
        "is no class of an Aurora global database; use a memory-optimized one from db.r5 on, db.r7g.large",
      )
      .describe("Class of each instance, db.r7g.large."),
  }),
]);

export type DatabaseCapacity = z.output<typeof databaseCapacity>;

/** ACU and the max_connections that AWS documents for them, in ascending order. */
const documented: readonly (readonly [acu: number, connections: number])[] = [
  [1, 189],
  [4, 823],
  [8, 1669],
  [16, 3360],
  [32, 5000],
];

/** Below 1 ACU as the least capacity, Aurora caps the value here. */
const smallMinimumCap = 2000;
const largest = 5000;

/** What AWS documents for each size of the memory-optimized classes, rounded down; everything larger reaches the cap. */
const connectionsOfSize: Readonly<Record<string, number>> = { large: 1600, xlarge: 3200 };

/**
 * The default of max_connections of one instance: `LEAST({DBInstanceClassMemory/9531392}, 5000)`, where the memory is that of
 * the class, or of the greatest ACU. Between the values that AWS documents it is interpolated and rounded down.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.setting-capacity.html#aurora-serverless-v2.max-connections
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Managing.html
 */
export function maxConnections(capacity: DatabaseCapacity): number {
  if (capacity.type === "provisioned") {
    return connectionsOfSize[capacity.instanceClass.split(".")[2] ?? ""] ?? largest;
  }
  const ofMaximum = interpolated(capacity.maxCapacity);
  return capacity.minCapacity < 1 ? Math.min(ofMaximum, smallMinimumCap) : ofMaximum;
}

function interpolated(acu: number): number {
  const above = documented.findIndex(([known]) => acu <= known);
  const [highAcu, high] = documented[above] ?? [acu, largest];
  const [lowAcu, low] = documented[above - 1] ?? [highAcu, high];
  return highAcu === lowAcu ? high : Math.floor(low + ((acu - lowAcu) * (high - low)) / (highAcu - lowAcu));
}
