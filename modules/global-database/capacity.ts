import { z } from "zod";

/** The instance classes that an Aurora global database supports: memory-optimized, fifth generation or newer. */
const globalClass = /^db\.(r5|r6g|r6i|r6gd|r6id|r7g|r7i|r8g)\.(large|xlarge|\d{1,2}xlarge)$/;

const capacityUnits = z.number().multipleOf(0.5).min(0.5).max(256);

/** The size of a cluster's instances, as literal values. */
export const databaseCapacity = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("serverless").describe("Instances that scale between two limits (Aurora Serverless v2)."),
    minCapacity: capacityUnits.describe(
      "Minimum Aurora capacity units (ACU, 2 GiB each) of an instance, in steps of 0.5. Performance Insights needs at least 2 to run well.",
    ),
    maxCapacity: capacityUnits
      .min(1)
      .describe("Maximum ACU of an instance. It determines max_connections, which only changes after a restart."),
  }),
  z.strictObject({
    type: z.literal("provisioned").describe("Instances of one fixed class."),
    instanceClass: z
      .string()
      .regex(
        globalClass,
        "is not an instance class for an Aurora global database; use a memory-optimized class, db.r5 or newer, such as db.r7g.large",
      )
      .describe("Class of each instance, such as db.r7g.large."),
  }),
]);

export type DatabaseCapacity = z.output<typeof databaseCapacity>;

/** The max_connections that AWS documents for each ACU value, in ascending order. */
const documented: readonly (readonly [acu: number, connections: number])[] = [
  [1, 189],
  [4, 823],
  [8, 1669],
  [16, 3360],
  [32, 5000],
];

/** Aurora caps max_connections at this value if the minimum capacity is below 1 ACU. */
const smallMinimumCap = 2000;
const largest = 5000;

/** The max_connections that AWS documents for memory-optimized sizes, rounded down. Larger sizes reach the cap. */
const connectionsOfSize: Readonly<Record<string, number>> = { large: 1600, xlarge: 3200 };

/**
 * The default max_connections of one instance: `LEAST({DBInstanceClassMemory/9531392}, 5000)`, with the memory of the
 * class or of the maximum ACU. Values between those that AWS documents are interpolated and rounded down.
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

/**
 * Memory of a memory-optimized class, in MiB: 16 GiB of `large`, twice that of `xlarge`, and so on.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.Summary.html
 */
export function memoryMebibytes(instanceClass: string): number | undefined {
  const size = instanceClass.split(".")[2] ?? "";
  if (size === "large") return 16 * 1024;
  const times = /^(\d{0,2})xlarge$/.exec(size);
  return times ? Number(times[1] || 1) * 32 * 1024 : undefined;
}
