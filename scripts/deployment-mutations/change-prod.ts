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

/** Prod with one of its databases changed, that of PostgreSQL unless another one is named. */
export const database = (change: Partial<Of<"databases">>, name = "ledger"): Partial<EnvironmentInput> => ({
  databases: changed(input.databases, name, change),
});

/** Prod with the cluster of one of its databases changed, that of PostgreSQL unless another one is named. */
export const cluster = (change: Partial<Of<"databases">["cluster"]>, name = "ledger"): Partial<EnvironmentInput> => {
  const found = input.databases?.find((one) => one.name === name);
  if (!found) throw new Error(`prod has a database ${name}`);
  return database({ cluster: { ...found.cluster, ...change } }, name);
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
