import { providerProblem } from "../core";

/**
 * The region sets for strong consistency: all regions of a table must be in the same set.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html#V2globaltables_HowItWorks.consistency-modes
 */
const regionSets = [
  ["us-east-1", "us-east-2", "us-west-2"],
  ["eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1"],
  ["ap-northeast-1", "ap-northeast-2", "ap-northeast-3"],
] as const;

/** The first version of the provider that supports the argument and the witness. */
const needed = "6.22";

/** The regions of a strongly consistent table. */
export interface StrongRegions {
  /** The regions that have the table, home first. */
  readonly regions: readonly string[];
  /** The witness region, instead of a third region with the table. */
  readonly witnessRegion?: string;
}

/** Why a table cannot be strongly consistent in these regions with this project's provider, and what to do. */
export function strongConsistencyProblem({
  regions,
  witnessRegion,
}: StrongRegions): { problem: string; remedy: string } | undefined {
  const lacking = providerProblem(needed, "use EVENTUAL");
  if (lacking) return lacking;
  const all = witnessRegion === undefined ? regions : [...regions, witnessRegion];
  if (new Set(all).size < all.length) {
    return { problem: "has its witness in a region of the table", remedy: "use a third region" };
  }
  if (all.length !== 3) {
    const count = `${regions.length} region${regions.length === 1 ? "" : "s"}${witnessRegion === undefined ? "" : " and a witness"}`;
    return {
      problem: `needs exactly 3 regions, or 2 and a witness, from the table's creation on, but has ${count}`,
      remedy: "list all of them before the table is created, with its replicas switched on",
    };
  }
  const set: readonly string[] = regionSets.find((members) => members.some((region) => region === all[0])) ?? [];
  if (all.every((region) => set.includes(region))) return undefined;
  return {
    problem: `cannot span ${all.join(", ")}`,
    remedy: `use regions of one set: ${regionSets.map((members) => members.join(", ")).join("; or ")}`,
  };
}

/** The replicas of a strongly consistent table: blocks of the table itself, created together with it. */
export function strongReplicaBlocks(
  { regions, witnessRegion }: StrongRegions,
  keyArnIn: (region: string) => string,
  isProtected: (region: string) => boolean,
): Record<string, unknown> {
  return {
    replica: regions.slice(1).map((region) => ({
      region_name: region,
      consistency_mode: "STRONG",
      kms_key_arn: keyArnIn(region),
      point_in_time_recovery: true,
      deletion_protection_enabled: isProtected(region),
      propagate_tags: true,
    })),
    ...(witnessRegion ? { global_table_witness: { region_name: witnessRegion } } : {}),
  };
}
