import { onDemand } from "../../runtime/aws/on-demand.js";
import type { DatabaseAddress, DatabaseUsers } from "./database-users.js";

/** The users of a database, whose driver is loaded with the first step: one function rotates one engine. */
export function databaseUsers(
  engine: "aurora-postgresql" | "aurora-mysql",
  role: string,
  address: DatabaseAddress,
): DatabaseUsers {
  const users = onDemand(async (): Promise<DatabaseUsers> => {
    if (engine === "aurora-mysql") {
      const { connectMysqlWithTls, MysqlUsers } = await import("./mysql-users.js");
      return new MysqlUsers(connectMysqlWithTls(address), role);
    }
    const { connectWithTls, PostgresUsers } = await import("./postgres-users.js");
    return new PostgresUsers(connectWithTls(address), role);
  });
  return {
    accepts: async (step, login) => (await users()).accepts(step, login),
    usesTokens: async (step, administrator, username) => (await users()).usesTokens(step, administrator, username),
    set: async (step, administrator, login) => (await users()).set(step, administrator, login),
    test: async (step, login) => (await users()).test(step, login),
  };
}
