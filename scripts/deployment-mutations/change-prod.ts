import type { EnvironmentInput } from "../../config";
import prod from "../../environments/prod";

type Of<K extends "tables" | "services" | "databases" | "eventBuses"> = NonNullable<EnvironmentInput[K]>[number];

const { input } = prod;

/** Prod with one of its tables changed. */
export const table = (name: string, change: Partial<Of<"tables">>): Partial<EnvironmentInput> => ({
  tables: changed(input.tables, name, change),
});

/** Prod with one of its services changed, by what it has now. */
export const service = (
  name: string,
  change: (service: Of<"services">) => Partial<Of<"services">>,
): Partial<EnvironmentInput> => ({
  services: input.services?.map((one) => (one.name === name ? { ...one, ...change(one) } : one)),
});

/** Prod with the function of one of its services changed. */
export const functionOf = (name: string, change: Partial<Of<"services">["function"]>): Partial<EnvironmentInput> =>
  service(name, (one) => ({ function: { ...one.function, ...change } }));

/** Prod with the API of one of its services changed. */
export const apiOf = (name: string, change: Partial<NonNullable<Of<"services">["api"]>>): Partial<EnvironmentInput> =>
  service(name, ({ api }) => {
    if (!api) throw new Error(`${name} has an API`);
    return { api: { ...api, ...change } };
  });

/** Prod with its edge site changed. */
export const edge = (change: Partial<NonNullable<Of<"services">["edge"]>>): Partial<EnvironmentInput> =>
  service("storefront", (one) => {
    if (!one.edge) throw new Error("the storefront has an edge");
    return { edge: { ...one.edge, ...change } };
  });

/** Prod with its database changed. */
export const database = (change: Partial<Of<"databases">>): Partial<EnvironmentInput> => ({
  databases: changed(input.databases, "ledger", change),
});

/** Prod with the cluster of its database changed. */
export const cluster = (change: Partial<Of<"databases">["cluster"]>): Partial<EnvironmentInput> => {
  const [ledger] = input.databases ?? [];
  if (!ledger) throw new Error("prod has a database");
  return database({ cluster: { ...ledger.cluster, ...change } });
};

/** Prod with its event bus changed. */
export const bus = (change: Partial<Of<"eventBuses">>): Partial<EnvironmentInput> => ({
  eventBuses: changed(input.eventBuses, "orders", change),
});

/** What a table, a service, a database or a bus of prod has. */
export const without = <T extends { readonly name: string }>(list: readonly T[] | undefined, name: string): T[] =>
  (list ?? []).filter((one) => one.name !== name);

function changed<T extends { readonly name: string }>(
  list: readonly T[] | undefined,
  name: string,
  change: Partial<T>,
): T[] {
  return (list ?? []).map((one) => (one.name === name ? { ...one, ...change } : one));
}
