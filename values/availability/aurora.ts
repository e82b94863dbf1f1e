import { auroraMysqlData } from "../data/aurora-mysql";
import { auroraData } from "../data/aurora-postgresql";
import type { Problem } from "../problem";

/** The engines that a global database may have, as AWS names them. */
export const auroraEngines = ["aurora-postgresql", "aurora-mysql"] as const;

export type AuroraEngine = (typeof auroraEngines)[number];

type Numbers = readonly [major: number, minor: number, patch: number];

/** What is known of an engine. */
interface Known {
  /** As AWS writes it in text. */
  readonly label: string;
  readonly source: string;
  readonly available: readonly string[];
  readonly deprecated: readonly string[];
  readonly regionsWithout: ReadonlyMap<string, ReadonlySet<string>>;
  /** The oldest major version that a global database of the toolkit can have. */
  readonly oldestMajor: number;
  readonly numbersOf: (version: string) => Numbers;
}

interface Data {
  readonly source: string;
  readonly available: string;
  readonly deprecated: string;
  readonly without: Readonly<Record<string, string>>;
}

const read = ({ source, available, deprecated, without }: Data) => ({
  source,
  available: available.split(" "),
  deprecated: deprecated.split(" "),
  regionsWithout: new Map(Object.entries(without).map(([name, regions]) => [name, new Set(regions.split(" "))])),
});

const numbers = (version: string): Numbers => {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  return [major, minor, patch];
};

const engines: Readonly<Record<AuroraEngine, Known>> = {
  "aurora-postgresql": { label: "Aurora PostgreSQL", ...read(auroraData), oldestMajor: 13, numbersOf: numbers },
  // `8.0.mysql_aurora.3.08.2` is version 3.08.2 of Aurora MySQL, which follows MySQL 8.0.
  "aurora-mysql": {
    label: "Aurora MySQL",
    ...read(auroraMysqlData),
    oldestMajor: 3,
    numbersOf: (version) => numbers(version.split("mysql_aurora.")[1] ?? ""),
  },
};

const defaultEngine: AuroraEngine = "aurora-postgresql";

/** The engine as AWS writes it in text, `Aurora MySQL`. */
export const engineLabel = (engine: AuroraEngine): string => engines[engine].label;

/** The engine that a version is of, by its form. */
export const engineOfVersion = (version: string): AuroraEngine =>
  version.includes("mysql") ? "aurora-mysql" : "aurora-postgresql";

/** The versions that AWS makes new clusters of, the oldest first. */
export function versionsOf(engine: AuroraEngine): readonly string[] {
  const { available, numbersOf, oldestMajor } = engines[engine];
  return available.filter((version) => numbersOf(version)[0] >= oldestMajor);
}

/** The versions of Aurora PostgreSQL that AWS makes new clusters of, `13.9` first. */
export const auroraVersions: readonly string[] = versionsOf("aurora-postgresql");

const isNewer = (one: Numbers, other: Numbers): boolean =>
  one[1] > other[1] || (one[1] === other[1] && one[2] > other[2]);

/** Whether a version is newer than the newest of its major that the data has, so that AWS may have made it since. */
export function isNewerThanKnown(version: string): boolean {
  const { available, numbersOf } = engines[engineOfVersion(version)];
  const own = numbersOf(version);
  const known = available.map(numbersOf).filter(([other]) => other === own[0]);
  if (known.length === 0) return available.every((other) => numbersOf(other)[0] < own[0]);
  return known.every((other) => isNewer(own, other));
}

/** A note on a version that the data does not have yet; undefined for one that it has. */
export function engineVersionNote(version: string): string | undefined {
  if (!isNewerThanKnown(version)) return undefined;
  const engine = engineOfVersion(version);
  const { label, source } = engines[engine];
  return (
    `${label} ${version} is newer than what is known here (${source.split(",")[0]}), and taken to exist. ` +
    `\`aws rds describe-db-engine-versions --engine ${engine}\` lists what a region has.`
  );
}

/**
 * What is wrong with a version of Aurora, written as `16.6` or `8.0.mysql_aurora.3.08.2`. One that is newer than the data is taken to exist.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/aurorapostgresql-release-calendar.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraMySQLReleaseNotes/AuroraMySQL.release-calendars.html
 */
export function engineVersionProblem(version: string): Problem | undefined {
  const engine = engineOfVersion(version);
  const { label, source, deprecated } = engines[engine];
  if (versionsOf(engine).includes(version) || isNewerThanKnown(version)) return undefined;
  const use = `use ${nearestVersions(version, engine).join(", ")}`;
  if (deprecated.includes(version)) return `is a version of ${label} that AWS has deprecated; ${use}`;
  return `is not a version of ${label} (as of ${source.split(",")[0]}); ${use}`;
}

/** The newer versions of the same major, the nearest first; then the newest of each later major, or of each if there is none. */
function nearestVersions(version: string, engine: AuroraEngine): string[] {
  const { numbersOf } = engines[engine];
  const versions = versionsOf(engine);
  const own = numbersOf(version);
  const [major] = own;
  const same = versions.filter((other) => numbersOf(other)[0] === major);
  const newer = same.filter((other) => isNewer(numbersOf(other), own));
  const majors = [...new Set(versions.map((other) => numbersOf(other)[0]))];
  const later = majors.filter((other) => other > major);
  const newest = (later.length > 0 || same.length > 0 ? later : majors).flatMap(
    (other) => versions.filter((candidate) => numbersOf(candidate)[0] === other).at(-1) ?? [],
  );
  return [...(newer.length > 0 ? newer : same.slice(-1)), ...newest];
}

/** Whether a region has an instance class for an engine; `db.serverless` is Aurora Serverless v2. */
export function hasInstanceClass(name: string, region: string, engine: AuroraEngine = defaultEngine): boolean {
  const without = engines[engine].regionsWithout.get(name);
  return without !== undefined && !without.has(region);
}

/** Whether there is such a class in any region. */
export const isInstanceClass = (name: string, engine: AuroraEngine = defaultEngine): boolean =>
  engines[engine].regionsWithout.has(name);

/** The classes that all of some regions have: those of the same size first, then those of the same family. */
export function classesLike(name: string, regions: readonly string[], engine: AuroraEngine = defaultEngine): string[] {
  const [, family, size] = name.split(".");
  const everywhere = [...engines[engine].regionsWithout.keys()].filter((other) =>
    regions.every((region) => hasInstanceClass(other, region, engine)),
  );
  const sized = everywhere.filter((other) => other.split(".")[2] === size);
  const related = everywhere.filter((other) => other.split(".")[1] === family);
  return [...new Set([...sized, ...related])].filter((other) => other !== name);
}

/**
 * The first minor versions of Aurora PostgreSQL that know a family of classes, by major; later majors know all.
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
  // Which version of Aurora MySQL knows which family is not written down here: AWS says no by itself.
  if (engineOfVersion(version) === "aurora-mysql") return undefined;
  const family = name.split(".")[1] ?? "";
  const [major, minor] = numbers(version);
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
  if (engineOfVersion(version) === "aurora-mysql") return capacityOfMysqlProblem(units, version);
  const [major, minor] = numbers(version);
  const first = ({ 13: 13, 14: 10, 15: 5 } as Readonly<Record<number, number>>)[major] ?? 0;
  if (units <= 128 || minor >= first) return undefined;
  return `is above the 128 capacity units of Aurora PostgreSQL ${version}; use at most 128, or upgrade to ${major}.${first} or newer`;
}

/** From 3.06 on it is 256. */
function capacityOfMysqlProblem(units: number, version: string): Problem | undefined {
  const [major, minor] = engines["aurora-mysql"].numbersOf(version);
  if (units <= 128 || major > 3 || minor >= 6) return undefined;
  return `is above the 128 capacity units of Aurora MySQL ${version}; use at most 128, or upgrade to 8.0.mysql_aurora.3.08.0 or newer`;
}
