import { auroraData } from "../data/aurora-postgresql";
import type { Problem } from "../problem";

const available = auroraData.available.split(" ");
const deprecated = auroraData.deprecated.split(" ");
const classes: Readonly<Record<string, string>> = auroraData.without;
const regionsWithout = new Map(Object.entries(classes).map(([name, regions]) => [name, new Set(regions.split(" "))]));

/** The oldest major version that a global database of the toolkit can have. */
const oldestMajor = 13;

type Numbers = readonly [major: number, minor: number];

const numbersOf = (version: string): Numbers => {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return [major, minor];
};

/** The versions that AWS makes new clusters of, `13.9` first. */
export const auroraVersions: readonly string[] = available.filter((version) => numbersOf(version)[0] >= oldestMajor);

/** Whether a version is newer than the newest of its major that the data has, so that AWS may have made it since. */
export function isNewerThanKnown(version: string): boolean {
  const [major, minor] = numbersOf(version);
  const known = available.map(numbersOf).filter(([other]) => other === major);
  if (known.length === 0) return available.every((other) => numbersOf(other)[0] < major);
  return known.every(([, other]) => other < minor);
}

/** A note on a version that the data does not have yet; undefined for one that it has. */
export function engineVersionNote(version: string): string | undefined {
  if (!isNewerThanKnown(version)) return undefined;
  return (
    `Aurora PostgreSQL ${version} is newer than what is known here (${auroraData.source.split(",")[0]}), and taken to exist. ` +
    "`aws rds describe-db-engine-versions --engine aurora-postgresql` lists what a region has."
  );
}

/**
 * What is wrong with a version of Aurora PostgreSQL, written as major and minor. One that is newer than the data is taken to exist.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/aurorapostgresql-release-calendar.html
 */
export function engineVersionProblem(version: string): Problem | undefined {
  if (auroraVersions.includes(version) || isNewerThanKnown(version)) return undefined;
  const use = `use ${nearestVersions(version).join(", ")}`;
  if (deprecated.includes(version)) return `is a version of Aurora PostgreSQL that AWS has deprecated; ${use}`;
  return `is not a version of Aurora PostgreSQL (as of ${auroraData.source.split(",")[0]}); ${use}`;
}

/** The newer versions of the same major, the nearest first; then the newest of each later major, or of each if there is none. */
function nearestVersions(version: string): string[] {
  const [major, minor] = numbersOf(version);
  const same = auroraVersions.filter((other) => numbersOf(other)[0] === major);
  const newer = same.filter((other) => numbersOf(other)[1] > minor);
  const majors = [...new Set(auroraVersions.map((other) => numbersOf(other)[0]))];
  const later = majors.filter((other) => other > major);
  const newest = (later.length > 0 || same.length > 0 ? later : majors).flatMap(
    (other) => auroraVersions.filter((candidate) => numbersOf(candidate)[0] === other).at(-1) ?? [],
  );
  return [...(newer.length > 0 ? newer : same.slice(-1)), ...newest];
}

/** Whether a region has an instance class for Aurora PostgreSQL; `db.serverless` is Aurora Serverless v2. */
export const hasInstanceClass = (name: string, region: string): boolean =>
  regionsWithout.has(name) && !regionsWithout.get(name)?.has(region);

/** Whether there is such a class in any region. */
export const isInstanceClass = (name: string): boolean => regionsWithout.has(name);

/** The classes that all of some regions have: those of the same size first, then those of the same family. */
export function classesLike(name: string, regions: readonly string[]): string[] {
  const [, family, size] = name.split(".");
  const everywhere = Object.keys(classes).filter((other) => regions.every((region) => hasInstanceClass(other, region)));
  const sized = everywhere.filter((other) => other.split(".")[2] === size);
  const related = everywhere.filter((other) => other.split(".")[1] === family);
  return [...new Set([...sized, ...related])].filter((other) => other !== name);
}

/**
 * The first minor versions that know a family of classes, by major; later majors know all.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.SupportAurora.html
 */
const firstOfFamily: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  r7g: { 13: 10, 14: 7, 15: 2 },
  r7i: { 13: 10, 14: 7, 15: 2 },
  r8g: { 13: 10, 14: 7, 15: 2 },
  // Optimized Reads.
  r6gd: { 13: Number.POSITIVE_INFINITY, 14: 9, 15: 4 },
  r6id: { 13: Number.POSITIVE_INFINITY, 14: 9, 15: 4 },
};

/** What is wrong with an instance class for a version. */
export function classOfVersionProblem(name: string, version: string): Problem | undefined {
  const family = name.split(".")[1] ?? "";
  const [major, minor] = numbersOf(version);
  const first = firstOfFamily[family]?.[major];
  if (first === undefined || minor >= first) return undefined;
  const from = Object.entries(firstOfFamily[family] ?? {}).flatMap(([known, least]) =>
    Number.isFinite(least) ? `${known}.${least}` : [],
  );
  return `needs Aurora PostgreSQL ${from.join(", ")} or newer, not ${version}; upgrade, or use a class such as ${name.replace(family, "r6g")}`;
}

/**
 * What is wrong with the most capacity units of Aurora Serverless v2 for a version: before these versions it was 128.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2.how-it-works.html#aurora-serverless-v2.how-it-works.capacity
 */
export function capacityOfVersionProblem(units: number, version: string): Problem | undefined {
  const [major, minor] = numbersOf(version);
  const first = ({ 13: 13, 14: 10, 15: 5 } as Readonly<Record<number, number>>)[major] ?? 0;
  if (units <= 128 || minor >= first) return undefined;
  return `is above the 128 capacity units of Aurora PostgreSQL ${version}; use at most 128, or upgrade to ${major}.${first} or newer`;
}
