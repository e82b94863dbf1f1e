import type { MysqlMigration } from "../../handlers/schema-migration/mysql/migration";
import { readMigrations } from "../../modules/schema-migration";
import type { MysqlServer } from "../runtime/mysql/mysql-server";

const { bundled } = readMigrations("services/stock/migrations", { engine: "aurora-mysql" });
const migrations = bundled as readonly MysqlMigration[];

/** Makes the database of the stock service and its user, as the function that runs migrations and whoever makes users do. */
export async function makeStockDatabase(server: MysqlServer, password: string): Promise<void> {
  const statements = migrations.flatMap((migration) => migration.statements.map(({ sql }) => sql));
  await server.run("CREATE DATABASE stock", "USE stock", "CREATE ROLE stock_service_role", ...statements);
  await server.run(
    `CREATE USER stock_service@'%' IDENTIFIED BY '${password}' REQUIRE SSL`,
    "GRANT stock_service_role TO stock_service@'%'",
    `SET DEFAULT ROLE stock_service_role ${server.isMariaDb ? "FOR" : "TO"} stock_service@'%'`,
  );
}
