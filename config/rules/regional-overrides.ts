import { type BaseEnvironment, functionIn, type Rule } from "../../contract";
import type { Report } from "../../modules/core";

/** Where an environment says that a region differs: the region, and the path of what it says. */
interface Override {
  readonly region: string;
  readonly path: readonly PropertyKey[];
}

function overridesOf({ services, databases }: BaseEnvironment): Override[] {
  return [
    ...services.flatMap(({ regions }, index) =>
      Object.keys(regions ?? {}).map((region) => ({ region, path: ["services", index, "regions", region] })),
    ),
    ...databases.flatMap(({ cluster }, index) =>
      Object.keys(cluster?.capacityIn ?? {}).map((region) => ({
        region,
        path: ["databases", index, "cluster", "capacityIn", region],
      })),
    ),
  ];
}

export const regionalOverrideRules: readonly Rule[] = [
  {
    id: "overrides-are-of-the-regions",
    statement: "What is different in a region is of a region of the environment.",
    check(environment, report) {
      const { home, standby } = environment.regions;
      const known: readonly string[] = [home, ...standby];
      for (const { region, path } of overridesOf(environment)) {
        if (known.includes(region)) continue;
        report([...path], `is not a region of this environment; use one of ${known.join(", ")}`);
      }
    },
  },
];

/** The environment as it is in one region, with what is different there in its usual place. */
function inRegion(environment: BaseEnvironment, region: string): BaseEnvironment {
  return {
    ...environment,
    services: environment.services.map((service) => ({
      ...service,
      function: functionIn(service, region),
      regions: {},
    })),
    databases: environment.databases.map((database) => {
      const { capacity, capacityIn } = database.cluster;
      const own = (capacityIn as Readonly<Record<string, typeof capacity | undefined>>)[region];
      return { ...database, cluster: { ...database.cluster, capacity: own ?? capacity, capacityIn: {} } };
    }),
  };
}

type Check = (environment: BaseEnvironment, report: Report) => void;

/**
 * All rules for each region that differs: what is wrong there only is told at what is different there, or where it is, with
 * the region.
 */
export function inEveryRegion(checks: readonly Check[]): Check {
  return (environment, report) => {
    const regions = new Set(overridesOf(environment).map(({ region }) => region));
    if (regions.size === 0) return;
    const everywhere = new Set(problemsOf(checks, environment).map(textOf));
    for (const region of regions) {
      const told = new Set<string>();
      for (const problem of problemsOf(checks, inRegion(environment, region))) {
        const path = overridden(environment, region, problem.path);
        const text = textOf({ ...problem, path });
        if (everywhere.has(textOf(problem)) || told.has(text)) continue;
        told.add(text);
        report([...path], path === problem.path ? `${problem.message} (in ${region})` : problem.message);
      }
    }
  };
}

interface Problem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

const textOf = ({ path, message }: Problem): string => `${path.map(String).join("\0")}\0${message}`;

function problemsOf(checks: readonly Check[], environment: BaseEnvironment): Problem[] {
  const problems: Problem[] = [];
  for (const check of checks) check(environment, (path, message) => problems.push({ path, message }));
  return problems;
}

/** The path of an override, if the part at a path is one; otherwise the path itself. */
function overridden(
  environment: BaseEnvironment,
  region: string,
  path: readonly PropertyKey[],
): readonly PropertyKey[] {
  const [list, index, part, field, ...rest] = path;
  if (list === "services" && part === "function" && field !== undefined) {
    const own = environment.services[Number(index)]?.regions as Readonly<Record<string, { function: object }>>;
    if (own?.[region] && field in own[region].function)
      return [list, Number(index), "regions", region, part, field, ...rest];
  }
  if (list === "databases" && part === "cluster" && field === "capacity") {
    const own = environment.databases[Number(index)]?.cluster.capacityIn ?? {};
    if (region in own) return [list, Number(index), part, "capacityIn", region, ...rest];
  }
  return path;
}
