import { auroraMysql } from "../../modules/global-database/engines/aurora-mysql";
import { engineVersionNote, engineVersionProblem, versionsOf } from "../../values/availability";
import { auroraMysqlData } from "../../values/data/aurora-mysql";
import { type Loose, mistakesOf } from "../support/mistakes";
import { mysqlEnvironment } from "../support/mysql-environment";

const mistakes = (change: (database: Loose, environment: Loose) => void) =>
  mistakesOf((environment) => change(environment.databases[0], environment), mysqlEnvironment);

describe("A database of Aurora MySQL", () => {
  test("is accepted as it is, with its own port, and one that is written", () => {
    expect(mistakes(() => undefined)).toEqual([]);
    expect(
      mistakes((d) => {
        d.cluster.port = 3307;
        d.network.port = 3307;
      }),
    ).toEqual([]);
  });

  test.each<[string, (d: Loose, e: Loose) => void, string, string]>([
    [
      "a version of PostgreSQL",
      (d) => {
        d.cluster.engineVersion = "16.6";
      },
      "databases[0].cluster.engineVersion",
      'is a version of Aurora PostgreSQL, but the engine is Aurora MySQL; use one of Aurora MySQL, or engine: "aurora-postgresql"',
    ],
    [
      "a version of the other engine",
      (d) => {
        d.cluster.engine = "aurora-postgresql";
      },
      "databases[0].cluster.engineVersion",
      "is a version of Aurora MySQL, but the engine is Aurora PostgreSQL",
    ],
    [
      "a deprecated version",
      (d) => {
        d.cluster.engineVersion = "8.0.mysql_aurora.3.05.2";
      },
      "databases[0].cluster.engineVersion",
      "is a version of Aurora MySQL that AWS has deprecated; use 8.0.mysql_aurora.3.08.0",
    ],
    [
      "version 2",
      (d) => {
        d.cluster.engineVersion = "5.7.mysql_aurora.2.12.5";
      },
      "databases[0].cluster.engineVersion",
      "is not a version of Aurora; write",
    ],
    [
      "a bound of the recovery point",
      (d) => {
        d.cluster.maxRecoveryPointSeconds = 60;
      },
      "databases[0].cluster.maxRecoveryPointSeconds",
      "rds.global_db_rpo, which Aurora MySQL does not have",
    ],
    [
      "PgBouncer",
      (d, e) => {
        d.pgbouncer = {
          image: `${e.account}.dkr.ecr.eu-west-1.amazonaws.com/pgbouncer@sha256:${"0123456789abcdef".repeat(4)}`,
          domainName: "a.example.com",
          certificateSecretArn: `arn:aws:secretsmanager:eu-west-1:${e.account}:secret:pool-certificate-AbCdEf`,
        };
        d.proxy = undefined;
      },
      "databases[0].pgbouncer",
      "speaks the protocol of PostgreSQL only",
    ],
    [
      "a canary of logins",
      (d) => {
        d.rotation = { canary: {} };
      },
      "databases[0].rotation.canary",
      "does not work with RDS Proxy",
    ],
    [
      "a name of MySQL's own",
      (d) => {
        d.cluster.databaseName = "mysql";
      },
      "databases[0].cluster.databaseName",
      "is reserved by Aurora MySQL",
    ],
    [
      "a user whose clone has no room",
      (d) => {
        d.users = ["stock_service", "a_service_with_a_long_name_x"];
      },
      "databases[0].users[1]",
      "MySQL takes users of 32",
    ],
    [
      "another port of its network",
      (d) => {
        d.network.port = 5432;
      },
      "databases[0].network.port",
      "differs from cluster.port, 3306",
    ],
    [
      "more capacity than its version has",
      (d) => {
        d.cluster.engineVersion = "8.0.mysql_aurora.3.04.6";
        d.cluster.capacity.maxCapacity = 256;
      },
      "databases[0].cluster.capacity.maxCapacity",
      "is above the 128 capacity units of Aurora MySQL",
    ],
    [
      "a class that MySQL does not have",
      (d) => {
        d.cluster.capacity = { type: "provisioned", instanceClass: "db.r6gd.xlarge" };
      },
      "databases[0].cluster.capacity.instanceClass",
      "is not a class of Aurora MySQL",
    ],
    [
      "logins by Vault",
      (_, e) => {
        e.services[0].database.login = {
          provider: "vault",
          connection: "stock",
          creationStatements: ["{{name}} {{password}} {{expiration}}"],
        };
      },
      "services[0].database.login",
      "does not work with the database stock, which is Aurora MySQL",
    ],
    [
      "too few connections for its functions",
      (d) => {
        d.cluster.capacity = { type: "serverless", minCapacity: 0.5, maxCapacity: 2 };
      },
      "databases[0].cluster.capacity",
      "connections, of which 80 percent are free",
    ],
    [
      "text in place of the engine",
      (d) => {
        d.cluster.engine = "mysql";
      },
      "databases[0].cluster.engine",
      "aurora-mysql",
    ],
  ])("is refused with %s", (_title, change, path, message) => {
    const all = mistakes(change);
    const found = all.find((issue) => issue.startsWith(`${path}: `) && issue.includes(message));
    expect({ all, found: found !== undefined }).toEqual({ all, found: true });
    expect(found).toMatch(/: .+; .+/s);
  });

  test.each(Object.keys(auroraMysql.reserved))("keeps its own value of %s", (name) => {
    expect(
      mistakes((d) => {
        d.cluster.parameters = { [name.toUpperCase()]: "1" };
      }),
    ).toEqual([expect.stringMatching(new RegExp(`parameters.${name.toUpperCase()}: is set by the toolkit; `))]);
  });

  test.each([
    ["tls_version", "TLSv1.1,TLSv1.2"],
    ["general_log", "1"],
    ["local_infile", "ON"],
    ["innodb_flush_log_at_trx_commit", "2"],
    ["foreign_key_checks", "0"],
    ["unique_checks", "OFF"],
    ["log_output", "TABLE"],
    ["sql_mode", "NO_ENGINE_SUBSTITUTION"],
    ["sql_mode", "STRICT_TRANS_TABLES,NO_BACKSLASH_ESCAPES"],
  ])("is not weakened by %s = %s", (name, value) => {
    expect(
      mistakes((d) => {
        d.cluster.parameters = { [name]: value };
      }),
    ).toEqual([expect.stringMatching(`parameters.${name}: `)]);
  });

  test("refuses parameters that Aurora Serverless v2 moves by itself, unless an instance is provisioned", () => {
    const withPool = (capacity?: object) =>
      mistakes((d) => {
        d.cluster.parameters = { Table_Open_Cache: "4000" };
        if (capacity) d.cluster.capacityIn = { "eu-central-1": capacity };
      });
    expect(withPool()).toEqual([
      "databases[0].cluster.parameters.Table_Open_Cache: has no effect, because Aurora Serverless v2 moves it with the capacity; remove it, or use provisioned capacity",
    ]);
    expect(withPool({ type: "provisioned", instanceClass: "db.r6g.4xlarge" })).toEqual([]);
  });

  test("takes parameters that weaken nothing", () => {
    const parameters = {
      tls_version: "TLSv1.2,TLSv1.3",
      sql_mode: "STRICT_TRANS_TABLES",
      Binlog_Format: "ROW",
      local_infile: "0",
      log_output: "FILE",
    };
    expect(
      mistakes((d) => {
        d.cluster.parameters = parameters;
      }),
    ).toEqual([]);
  });
});

test("A database of Aurora PostgreSQL has no filters of pinning", () => {
  const found = mistakes((d) => {
    d.cluster = { ...d.cluster, engine: "aurora-postgresql", engineVersion: "16.6", parameters: {} };
  });
  expect(found).toEqual([expect.stringMatching("proxy.sessionPinningFilters: is taken for Aurora MySQL only; ")]);
});

describe("A version of Aurora MySQL", () => {
  test.each(versionsOf("aurora-mysql"))("%s is taken", (version) =>
    expect(engineVersionProblem(version)).toBeUndefined(),
  );

  test.each(auroraMysqlData.deprecated.split(" "))("%s is refused, as AWS has deprecated it", (version) => {
    expect(engineVersionProblem(version)).toMatch(/^is a version of Aurora MySQL that AWS has deprecated; use 8\.0/);
  });

  test("is taken to exist where it is newer than the data, which a note says", () => {
    for (const version of ["8.0.mysql_aurora.3.99.0", "8.0.mysql_aurora.3.12.9"]) {
      expect(engineVersionProblem(version)).toBeUndefined();
      expect(engineVersionNote(version)).toMatch(/^Aurora MySQL .* --engine aurora-mysql`/);
    }
    expect(engineVersionProblem("8.0.mysql_aurora.3.08.9")).toMatch(/^is not a version of Aurora MySQL/);
  });
});

test("max_connections of Aurora MySQL is what AWS documents for capacities and classes", () => {
  const serverless = (maxCapacity: number) =>
    auroraMysql.maxConnections({ type: "serverless", minCapacity: 0.5, maxCapacity });
  expect([1, 4, 8, 16, 32, 64, 128, 192, 256].map(serverless)).toEqual([
    90, 135, 1000, 2000, 3000, 4000, 5000, 6000, 6000,
  ]);
  const of = (size: string) => auroraMysql.maxConnections({ type: "provisioned", instanceClass: `db.r6g.${size}` });
  expect(["large", "xlarge", "4xlarge", "16xlarge"].map(of)).toEqual([1000, 2000, 4000, 6000]);
});
