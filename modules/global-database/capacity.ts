import { z } from "zod";
import { strictObject } from "../core/strict-object";

/** The instance classes that an Aurora global database supports: memory-optimized, fifth generation or newer. */
const globalClass = /^db\.(r5|r6g|r6i|r6gd|r6id|r7g|r7i|r8g)\.(large|xlarge|\d{1,2}xlarge)$/;

const capacityUnits = z.number().multipleOf(0.5).min(0.5).max(256);

/** The size of a cluster's instances, as literal values. */
export const databaseCapacity = z.discriminatedUnion("type", [
  strictObject(() => ({
    type: z.literal("serverless").describe("Instances that scale between two limits (Aurora Serverless v2)."),
    minCapacity: capacityUnits.describe(
      "Minimum Aurora capacity units (ACU, 2 GiB each) of an instance, in steps of 0.5. Performance Insights needs at least 2 to run well.",
    ),
    maxCapacity: capacityUnits
      .min(1)
      .describe("Maximum ACU of an instance. It determines max_connections, which only changes after a restart."),
  })),
  strictObject(() => ({
    type: z.literal("provisioned").describe("Instances of one fixed class."),
    instanceClass: z
      .string()
      .regex(
        globalClass,
        "is not an instance class for an Aurora global database; use a memory-optimized class, db.r5 or newer, such as db.r7g.large",
      )
      .describe("Class of each instance, such as db.r7g.large."),
  })),
]);

export type DatabaseCapacity = z.output<typeof databaseCapacity>;

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
