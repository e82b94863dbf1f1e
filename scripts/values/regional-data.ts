import { awsRegions } from "../../values/availability/regions";
import { cloudFormationTypes } from "../../values/availability/resource-types";
import type { CfnLint } from "./cfn-lint";
import { type ConstantsFile, constantsFile } from "./constants-file";
import { servicePrefixesFile } from "./service-prefixes";

const folder = "values/data";

/** What cfn-lint knows of regions, versions and classes, as data of ours. */
export function regionalData(source: CfnLint): ConstantsFile[] {
  return [
    regionsFile(source),
    ...auroraEngines.map((engine) => auroraFile(source, engine)),
    runtimesFile(source),
    servicePrefixesFile(source),
  ];
}

/** The types that the toolkit makes, with the regions that lack them. */
function regionsFile(source: CfnLint): ConstantsFile {
  const byRegion = source.typesByRegion();
  const missing = (type: string) => awsRegions.filter((region) => !byRegion.get(region)?.has(type));
  const types = [...new Set(Object.values(cloudFormationTypes))].sort();
  const unknown = types.filter((type) => missing(type).length === awsRegions.length);
  if (unknown.length > 0) throw new Error(`${source.source} knows no region with ${unknown.join(", ")}`);
  return constantsFile(
    `${folder}/regions.ts`,
    "regionData",
    "The regions that lack a CloudFormation type, of those types that the toolkit makes.",
    {
      source: source.source,
      regions: [...byRegion.keys()]
        .filter((region) => (awsRegions as readonly string[]).includes(region))
        .sort()
        .join(" "),
      without: Object.fromEntries(types.map((type) => [type, missing(type).join(" ")])),
    },
  );
}

interface Condition {
  readonly if: { readonly properties: Readonly<Record<string, { const?: string; enum?: string[] }>> };
  readonly then?: { readonly properties?: Readonly<Record<string, { readonly enum?: readonly string[] }>> };
}

interface Extension {
  readonly allOf: readonly Condition[];
}

interface AuroraEngine {
  readonly name: string;
  /** As AWS writes it in text. */
  readonly label: string;
  readonly constant: string;
  /** A version that a cluster can be asked for; cfn-lint also lists majors alone and special builds. */
  readonly version: RegExp;
}

const auroraEngines: readonly AuroraEngine[] = [
  { name: "aurora-postgresql", label: "Aurora PostgreSQL", constant: "auroraData", version: /^\d+\.\d+$/ },
  {
    name: "aurora-mysql",
    label: "Aurora MySQL",
    constant: "auroraMysqlData",
    version: /^\d+\.\d+\.mysql_aurora\.\d+\.\d+\.\d+$/,
  },
];

const isOf =
  (engine: AuroraEngine) =>
  ({ if: { properties } }: Condition): boolean =>
    properties.Engine?.const === engine.name;

/** Versions of an Aurora engine, and its instance classes with the regions that lack them. */
function auroraFile(source: CfnLint, engine: AuroraEngine): ConstantsFile {
  const isOurs = isOf(engine);
  const known = (source.extension("aws_rds_dbcluster/engine_version") as Extension).allOf.find(
    (condition) => isOurs(condition) && condition.then?.properties?.EngineVersion,
  );
  const deprecated = (source.extension("aws_rds_dbcluster/engine_version_deprecated") as Extension).allOf.find(isOurs);
  const isVersion = (version: string) => engine.version.test(version);
  const versions = (known?.then?.properties?.EngineVersion?.enum ?? []).filter(isVersion);
  const old = (deprecated?.if.properties.EngineVersion?.enum ?? []).filter(isVersion);
  if (versions.length === 0 || old.length === 0) throw new Error(`${source.source} has no versions of ${engine.name}`);
  const ordered = [...versions].sort(byNumbers);
  return constantsFile(
    `${folder}/${engine.name}.ts`,
    engine.constant,
    `Versions of ${engine.label}, and the regions that lack an instance class.`,
    {
      source: source.source,
      available: ordered.filter((version) => !old.includes(version)).join(" "),
      deprecated: ordered.filter((version) => old.includes(version)).join(" "),
      without: classesWithout(
        source.extension("aws_rds_dbinstance/dbinstanceclass_enum") as Record<string, Extension>,
        engine,
      ),
    },
  );
}

function classesWithout(byRegion: Readonly<Record<string, Extension>>, engine: AuroraEngine): Record<string, string> {
  const classesIn = (region: string): readonly string[] =>
    byRegion[region]?.allOf.find(isOf(engine))?.then?.properties?.DBInstanceClass?.enum ?? [];
  const all = [...new Set(awsRegions.flatMap(classesIn))].sort((left, right) =>
    left.localeCompare(right, "en", { numeric: true }),
  );
  return Object.fromEntries(
    all.map((name) => [name, awsRegions.filter((region) => !classesIn(region).includes(name)).join(" ")]),
  );
}

/** Names of runtimes, without those that were named before Lambda's names had versions. */
const isNamed = /^(nodejs\d+\.x|python3\.\d+|java\d+(\.al2)?|dotnet\d+|ruby\d+\.\d+|go1\.x|provided(\.al\d+)?)$/;

/** The runtimes of Lambda: until when they are kept up to date, and from when nothing can be created or updated. */
function runtimesFile(source: CfnLint): ConstantsFile {
  const runtimes = Object.entries(source.lambdaRuntimes()).filter(([name]) => isNamed.test(name));
  return constantsFile(
    `${folder}/lambda-runtimes.ts`,
    "lambdaRuntimeData",
    "Lambda runtimes: the day of their deprecation, the day from which AWS creates no function with them, and from which it updates none.",
    {
      source: source.source,
      days: Object.fromEntries(
        runtimes.map(([name, days]) => [name, [days.deprecated, days["create-block"], days["update-block"]].join(" ")]),
      ),
    },
  );
}

/** 9.6 before 10.1 before 10.10, and 8.0.mysql_aurora.3.04.0 before 8.0.mysql_aurora.3.10.0. */
function byNumbers(left: string, right: string): number {
  const numbers = (version: string) => (version.match(/\d+/g) ?? []).map(Number);
  const [ours, theirs] = [numbers(left), numbers(right)];
  for (const [at, number] of ours.entries()) {
    const difference = number - (theirs[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
