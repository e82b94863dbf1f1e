/** How many zones most accounts see, in regions where it is not three. @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html */
const zoneCounts: Record<string, number> = { "us-east-1": 6, "us-west-1": 2, "us-west-2": 4, "ap-northeast-2": 4 };

/** The letters of a region's availability zones. */
export function zoneLetters(region: string): string[] {
  return [..."abcdef"].slice(0, zoneCounts[region] ?? 3);
}

/** The id of a region's zone by its position: `us-east-1` has `use1-az1`, …, `ap-northeast-1` has `apne1-az1`, …. */
export function zoneId(region: string, index: number): string {
  const words = region.split("-");
  const initials = words
    .slice(1, -1)
    .map((word) => word.slice(0, 1) + (/^(?:north|south)(east|west)$/.exec(word)?.[1]?.slice(0, 1) ?? ""));
  return `${words[0]}${initials.join("")}${words[words.length - 1]}-az${index + 1}`;
}
