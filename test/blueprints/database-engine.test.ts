import { databaseUse } from "../../blueprints/regional-service/database-use";
import type { DatabaseAccess } from "../../modules/global-database";
import { testApp } from "../support/synth";

const access: DatabaseAccess = {
  region: "eu-west-1",
  writerEndpoint: "writer.example.com",
  readerEndpoint: "reader.example.com",
  port: 3306,
  databaseName: "stock",
  authentication: "iam",
  forwardsWrites: true,
  caFile: "/var/runtime/ca-cert.pem",
  grantConnect: () => undefined,
};

const variablesOf = (more: Partial<DatabaseAccess>, rights: "read" | "read-write" = "read-write") =>
  databaseUse(testApp(), { database: { name: "stock", user: "stock_service", access: rights } } as never, {
    name: "stock",
    region: "eu-west-1",
    databases: {
      connection: () => ({
        access: { ...access, ...more },
        subnetIds: [],
        securityGroupIds: [],
        userSecret: () => undefined,
      }),
    },
  })?.variables;

describe("A service with a database", () => {
  test("is told the engine where it is not PostgreSQL, and how reads follow writes that it forwards itself", () => {
    expect(variablesOf({ engine: "aurora-mysql" })).toMatchObject({
      DATABASE_ENGINE: "aurora-mysql",
      DATABASE_READ_CONSISTENCY: "EVENTUAL",
      DATABASE_TARGET_SESSION_ATTRS: "any",
    });
    for (const more of [{ caFile: undefined }, { forwardsWrites: false }]) {
      expect(variablesOf({ engine: "aurora-mysql", ...more })).not.toHaveProperty("DATABASE_READ_CONSISTENCY");
    }
    expect(variablesOf({ engine: "aurora-mysql" }, "read")).not.toHaveProperty("DATABASE_READ_CONSISTENCY");
  });

  test("is told nothing more of PostgreSQL", () => {
    for (const more of [{}, { engine: "aurora-postgresql" as const }]) {
      const variables = variablesOf(more);
      expect(variables).not.toHaveProperty("DATABASE_ENGINE");
      expect(variables).not.toHaveProperty("DATABASE_READ_CONSISTENCY");
    }
  });
});
