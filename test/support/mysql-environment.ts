import { defineEnvironment } from "../../config";
import prod from "../../environments/prod";

/** Prod with one service, on Aurora MySQL. */
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
  databases: [
    {
      name: "stock",
      cluster: {
        engine: "aurora-mysql",
        engineVersion: "8.0.mysql_aurora.3.08.2",
        databaseName: "stock",
        capacity: { type: "serverless", minCapacity: 0.5, maxCapacity: 16 },
        writeForwarding: true,
        parameters: { server_audit_logging: "1", server_audit_events: "CONNECT" },
      },
      proxy: { initQuery: "SET time_zone = '+00:00'", sessionPinningFilters: ["EXCLUDE_VARIABLE_SETS"] },
      network: { cidrBlock: "10.66.0.0/20", interfaceEndpoints: ["secretsmanager", "xray"] },
      users: ["stock_service"],
    },
  ],
  services: [
    {
      name: "stock",
      function: {
        entry: "services/stock/handler.ts",
        memoryMb: 512,
        timeoutSeconds: 10,
        reservedConcurrency: 100,
        logRetentionDays: 30,
      },
      database: { name: "stock", user: "stock_service" },
    },
  ],
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
