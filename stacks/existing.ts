import type { RegionalEventBuses } from "../blueprints/regional-service";
import type { Deployment } from "../contract";
import { ExistingBus } from "../modules/event-bus";
import { ExistingTable, type UsableTable } from "../modules/replicated-table";

/** The tables that services use: those of the environment, and those that are there already. */
export function withExistingTables(
  tables: ReadonlyMap<string, UsableTable>,
  { config, homeRegion }: Deployment,
): ReadonlyMap<string, UsableTable> {
  const existing = config.existingTables.map(({ name, arns, indexes, keyArns, streamArns }) => {
    const { [homeRegion as keyof typeof arns]: home, ...others } = arns;
    const table = new ExistingTable({
      arns: { ...(home && { [homeRegion]: home }), ...others },
      hasIndexes: indexes,
      keyArns,
      streamArns,
    });
    return [name, table] as const;
  });
  return new Map<string, UsableTable>([...tables, ...existing]);
}

/** The buses that services use: those of the environment, and those that are there already. */
export function withExistingBuses(
  buses: RegionalEventBuses | undefined,
  { config: { existingBuses } }: Deployment,
): RegionalEventBuses | undefined {
  if (existingBuses.length === 0) return buses;
  const found = (name: string) => existingBuses.find((bus) => bus.name === name);
  return {
    bus(name, region) {
      const existing = found(name);
      if (!existing) return buses?.bus(name, region);
      const arn = (existing.arns as Readonly<Record<string, string | undefined>>)[region];
      return arn === undefined ? undefined : new ExistingBus(region, arn);
    },
    endpoint: (name) => (found(name) ? undefined : buses?.endpoint(name)),
  };
}
