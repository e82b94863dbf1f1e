import { awsRegions } from "../../values/availability/regions";
import { cloudFormationTypes } from "../../values/availability/resource-types";
import type { CfnLint } from "./cfn-lint";
import { type ConstantsFile, constantsFile } from "./constants-file";
import { servicePrefixesFile } from "./service-prefixes";

const folder = "values/data";

/** What cfn-lint knows of regions, versions and classes, as data of ours. */
export function regionalData(source: CfnLint): ConstantsFile[] {
  return [regionsFile(source), auroraFile(source), runtimesFile(source), servicePrefixesFile(source)];
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

const engine = "aurora-postgresql";
const isOurs = ({ if: { properties } }: Condition): boolean => properties.Engine?.const === engine;

/** `16.6`; cfn-lint also lists majors alone and special builds. */
const minorVersion = /^\d+\.\d+$/;

/** Versions of Aurora PostgreSQL, and its instance classes with the regions that lack them. */
function auroraFile(source: CfnLint): ConstantsFile {
  const known = (source.extension("aws_rds_dbcluster/engine_version") as Extension).allOf.find(
    (condition) => isOurs(condition) && condition.then?.properties?.EngineVersion,
  );
  const deprecated = (source.extension("aws_rds_dbcluster/engine_version_deprecated") as Extension).allOf.find(isOurs);
  const versions = (known?.then?.properties?.EngineVersion?.enum ?? []).filter((version) => minorVersion.test(version));
  const old = (deprecated?.if.properties.EngineVersion?.enum ?? []).filter((version) => minorVersion.test(version));
  if (versions.length === 0 || old.length === 0) throw new Error(`${source.source} has no versions of ${engine}`);
  const ordered = [...versions].sort(byNumbers);
  return constantsFile(
    `${folder}/aurora-postgresql.ts`,
    "auroraData",
    "Versions of Aurora PostgreSQL, and the regions that lack an instance class.",
    {
      source: source.source,
      available: ordered.filter((version) => !old.includes(version)).join(" "),
      deprecated: ordered.filter((version) => old.includes(version)).join(" "),
      without: classesWithout(source.extension("aws_rds_dbinstance/dbinstanceclass_enum") as Record<string, Extension>),
    },
  );
}

function classesWithout(byRegion: Readonly<Record<string, Extension>>): Record<string, string> {
  const classesIn = (region: string): readonly string[] =>
    byRegion[region]?.allOf.find(isOurs)?.then?.properties?.DBInstanceClass?.enum ?? [];
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

/** 9.6 before 10.1 before 10.10. */
function byNumbers(left: string, right: string): number {
  const [a = 0, b = 0] = left.split(".").map(Number);
  const [c = 0, d = 0] = right.split(".").map(Number);
  return a - c || b - d;
}
