import { defineEnvironment } from "../../config";
import { mysqlEnvironment } from "./mysql-environment";

/** Prod with one service, on Aurora MySQL, whose schema is migrated. */
export const mysqlMigrationsEnvironment = defineEnvironment({
  ...mysqlEnvironment.input,
  databases: (mysqlEnvironment.input.databases ?? []).map((database) => ({
    ...database,
    migrations: { folder: "services/stock/migrations" },
  })),
});
