import { defineEnvironment } from "../../config";
import prod from "../../environments/prod";
import { stockOf } from "./databases";

const [stock] = stockOf(prod.input);

/** Prod with nothing but its service on Aurora MySQL, whose standby regions forward writes here, and whose tables are there. */
export const mysqlEnvironment = defineEnvironment({
  ...prod.input,
  containers: undefined,
  containerNetwork: undefined,
  containerFlowLogs: undefined,
  existingLayers: [],
  chaos: undefined,
  tables: [],
  eventBuses: [],
  queues: [],
  dependencies: [],
  layers: [],
  databases: [{ ...stock, cluster: { ...stock.cluster, writeForwarding: true }, migrations: undefined }],
  services: prod.input.services?.filter(({ database }) => database?.name === stock.name),
});

/** The same with the other engine, which cannot be had by a change. */
export const postgresEnvironment = defineEnvironment({
  ...mysqlEnvironment.input,
  databases: (mysqlEnvironment.input.databases ?? []).map((database) => ({
    ...database,
    cluster: {
      ...database.cluster,
      engine: "aurora-postgresql" as const,
      engineVersion: "16.6",
      port: 3306,
      parameters: {},
    },
    proxy: {},
  })),
});
