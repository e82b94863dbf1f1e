import prod from "../../environments/prod";
import { type Loose, mistakesOf, serviceOf as service } from "../support/mistakes";

describe("A database", () => {
  const database = (change: (database: Loose, environment: Loose) => void) =>
    mistakesOf((environment) => change(environment.databases[0], environment), prod);

  test.each([
    [
      "a wait for a connection below the function's timeout",
      (d: Loose) => {
        d.proxy = { connectionBorrowTimeoutSeconds: 9 };
      },
    ],
    [
      "statements as long as the default lets them run",
      (d: Loose) => {
        d.cluster.statementTimeoutMilliseconds = 30_000;
      },
    ],
    [
      "an alarm on a lag before commits are held back",
      (d: Loose) => {
        d.cluster.alarms = { replicationLagMilliseconds: 59_999, cpuPercent: 99 };
      },
    ],
    [
      "no statements in the log",
      (d: Loose) => {
        d.cluster.logStatementsFromMilliseconds = -1;
      },
    ],
    [
      "parameters that take nothing away",
      (d: Loose) => {
        d.cluster.parameters = {
          Work_Mem: "4096",
          ssl_min_protocol_version: "TLSv1.2",
          log_statement: "none",
          autovacuum: "1",
          synchronous_commit: "on",
          ssl: "1",
        };
      },
    ],
  ])("is accepted with %s", (_, change) => expect(database(change)).toEqual([]));

  const reserved = [
    "rds.force_ssl",
    "password_encryption",
    "statement_timeout",
    "rds.global_db_rpo",
    "max_connections",
    "log_min_duration_statement",
    "idle_in_transaction_session_timeout",
  ];
  const spellings = reserved.flatMap((name) => [name, name.toUpperCase(), `${name[0]?.toUpperCase()}${name.slice(1)}`]);

  test.each(spellings)("keeps its own value of a parameter that is written %s", (name) => {
    expect(
      database((d) => {
        d.cluster.parameters = { [name]: "0" };
      }),
    ).toEqual([expect.stringContaining(`parameters.${name}: is set by the toolkit; `)]);
  });

  test.each([
    ["ssl", "0"],
    ["SSL", "off"],
    ["ssl_min_protocol_version", "TLSv1.1"],
    ["Ssl_Min_Protocol_Version", "tlsv1"],
    ["log_statement", "all"],
    ["log_statement", " MOD "],
    ["autovacuum", "off"],
    ["autovacuum", "0"],
    ["session_replication_role", "replica"],
    ["synchronous_commit", "OFF"],
  ])("refuses %s = %s, which takes a protection away", (name, value) => {
    expect(
      database((d) => {
        d.cluster.parameters = { [name]: value };
      }),
    ).toEqual([expect.stringMatching(/parameters\.\w+: .+; .+/)]);
  });

  test("waits at most as long as the shortest of its functions, but not for those that go round its pool", () => {
    const waits = (change: (ledger: Loose, environment: Loose) => void) =>
      database((_, environment) => change(service(environment, "ledger"), environment));
    expect(
      waits((ledger) => {
        ledger.function.timeoutSeconds = 5;
      }),
    ).toEqual([
      expect.stringContaining(
        "databases[0].proxy.connectionBorrowTimeoutSeconds: is not shorter than the timeout of the function of ledger, 5",
      ),
    ]);
    expect(
      waits((ledger) => {
        ledger.function.timeoutSeconds = 6;
      }),
    ).toEqual([]);
  });
});
