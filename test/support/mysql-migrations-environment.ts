import { defineEnvironment } from "../../config";
import prod from "../../environments/prod";
import { stockOf } from "./databases";
import { mysqlEnvironment } from "./mysql-environment";

const [{ migrations }] = stockOf(prod.input);

/** Prod with one service, on Aurora MySQL, whose schema is migrated. */
export const mysqlMigrationsEnvironment = defineEnvironment({
  ...mysqlEnvironment.input,
  databases: (mysqlEnvironment.input.databases ?? []).map((database) => ({
    ...database,
    migrations,
  })),
});
