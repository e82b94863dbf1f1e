import type { BaseEnvironment, ContainerOfEnvironment, EnabledCapabilities, Rule, Service } from "../../contract";
import type { Report } from "../../modules/core";
import { parseArn } from "../../values/languages";

interface Existing {
  readonly name: string;
  readonly arns: Readonly<Record<string, string>>;
}

const busesOf = ({ subscriptions }: Pick<Service, "subscriptions">): string[] =>
  Object.values(subscriptions).map(({ bus }) => bus);

const lists = [
  {
    list: "existingTables",
    made: "tables",
    uses: ({ tables, streams }: Service) => Object.keys({ ...tables, ...streams }),
  },
  {
    list: "existingBuses",
    made: "eventBuses",
    uses: (service: Service) => [...Object.keys(service.publishes), ...busesOf(service)],
  },
] as const;

/** The same of a container. */
const usesOfContainer = {
  existingTables: ({ tables }: ContainerOfEnvironment): string[] => Object.keys(tables),
  existingBuses: ({ publishes }: ContainerOfEnvironment): string[] => Object.keys(publishes),
};

/** Every ARN is of the region that it stands for, and every region in which services use the thing has one. */
function checkArns(
  at: readonly PropertyKey[],
  arns: Existing["arns"],
  needed: readonly string[],
  report: Report,
): void {
  for (const region of needed) {
    if (region in arns) continue;
    report([...at, region], `is required, as services use it in ${region}; add the ARN of the one there`);
  }
  for (const [region, arn] of Object.entries(arns)) {
    const found = parseArn(arn)?.region;
    if (found !== undefined && found !== region) report([...at, region], `is in ${found}; use the one in ${region}`);
  }
}

const regionsOf = ({ regions: { home, standby } }: BaseEnvironment, { comes }: EnabledCapabilities): string[] =>
  comes("standbyServices") ? [home, ...standby] : [home];

export const existingDataRules: readonly Rule[] = [
  {
    id: "existing-data-is-where-services-use-it",
    statement: "An existing table or bus is in each region in which services use it, now or at a later stage.",
    check(environment, report, enabled) {
      const regions = regionsOf(environment, enabled);
      for (const { list, uses } of lists) {
        environment[list].forEach(({ name, arns }, index) => {
          const used =
            environment.services.some((service) => uses(service).includes(name)) ||
            environment.containers.some((container) => usesOfContainer[list](container).includes(name)) ||
            (list === "existingBuses" && environment.queues.some((queue) => busesOf(queue).includes(name)));
          checkArns([list, index, "arns"], arns, used ? regions : [], report);
        });
      }
      environment.existingTables.forEach(({ arns, keyArns, streamArns = {} }, index) => {
        if (keyArns) checkArns(["existingTables", index, "keyArns"], keyArns, Object.keys(arns), report);
        const streamsAt = ["existingTables", index, "streamArns"];
        checkArns(streamsAt, streamArns, [], report);
        for (const [region, stream] of Object.entries(streamArns)) {
          const table = (arns as Readonly<Record<string, string | undefined>>)[region];
          if (table !== undefined && stream.startsWith(`${table}/stream/`)) continue;
          report([...streamsAt, region], "is not a stream of the table in arns; copy LatestStreamArn of that table");
        }
        const names = new Set(Object.values(arns).flatMap((arn) => arn.split(":table/").slice(1)));
        if (names.size < 2) return;
        report(["existingTables", index, "arns"], "are tables of different names; name a table and its replicas");
      });
    },
  },
  {
    id: "existing-data-has-names-of-its-own",
    statement: "No existing table or bus has the name of another one of the environment.",
    check(environment, report) {
      for (const { list, made } of lists) {
        const names = environment[made].map(({ name }) => name);
        for (const [index, { name }] of environment[list].entries()) {
          if (names.includes(name))
            report([list, index, "name"], `is the name of one in ${made} or before; give each its own`);
          names.push(name);
        }
      }
    },
  },
];
