import { readFileSync } from "node:fs";
import path from "node:path";
import { parseConfig } from "../../../modules/core";
import { failoverDnsConfig } from "../../../modules/failover-dns";
import {
  databaseRecovery,
  dnsRecovery,
  edgeRecovery,
  eventRecovery,
  type RecoveryRow,
  recoveryObjectivesConfig,
  recoveryProblems,
  tableRecovery,
  vaultRecovery,
} from "../../../modules/recovery-objectives";
import { check as example } from "./example";

const dns = (requestIntervalSeconds: number, failureThreshold: number) =>
  dnsRecovery({ endpointCheck: { requestIntervalSeconds: requestIntervalSeconds as 10 | 30, failureThreshold } });
const dnsAlarm = (periodSeconds: number, evaluationPeriods: number) =>
  dnsRecovery({
    endpointCheck: { requestIntervalSeconds: 10, failureThreshold: 1 },
    alarmCheck: { periodSeconds, evaluationPeriods },
  }).filter(({ path }) => path === "dns-alarm");
const table = (replicationLatencyMilliseconds: number, consistencyMode?: "EVENTUAL" | "STRONG") =>
  tableRecovery({ name: "orders", consistencyMode, alarmThresholds: { replicationLatencyMilliseconds } });

const edge = (connectionAttempts: number, connectionTimeoutSeconds: number, readTimeoutSeconds: number) =>
  edgeRecovery({
    origin: { connectionAttempts, connectionTimeoutSeconds, readTimeoutSeconds, keepaliveTimeoutSeconds: 5 },
  });
const edgeFields = ["origin.connectionAttempts", "origin.readTimeoutSeconds", "origin.connectionTimeoutSeconds"];

const unmet = (rows: readonly RecoveryRow[], recoveryTimeSeconds: number, recoveryPointSeconds = 3600) =>
  recoveryProblems({ recoveryTimeSeconds, recoveryPointSeconds }, rows).map(({ message }) => message);
const unmetPoint = (row: RecoveryRow, recoveryPointSeconds: number) => unmet([row], 3600, recoveryPointSeconds);

describe("The recovery of each path", () => {
  test.each<[string, RecoveryRow | undefined, number, number, readonly string[]]>([
    ["DNS", dns(30, 3)[0], 150, 0, ["endpointCheck.requestIntervalSeconds", "endpointCheck.failureThreshold"]],
    [
      "DNS with fast checks",
      dns(10, 2)[0],
      80,
      0,
      ["endpointCheck.requestIntervalSeconds", "endpointCheck.failureThreshold"],
    ],
    ["DNS by an alarm", dnsAlarm(60, 3)[0], 240, 0, ["alarmCheck.periodSeconds", "alarmCheck.evaluationPeriods"]],
    ["the edge", edge(2, 3, 30), 60, 0, edgeFields],
    ["the edge with a short wait for answers", edge(3, 10, 5), 30, 0, edgeFields],
    ["events", eventRecovery(), 420, 420, []],
    ["a table", table(60_000), 0, 60, ["alarmThresholds.replicationLatencyMilliseconds"]],
    [
      "a table whose alarm is set between seconds",
      table(1500),
      0,
      2,
      ["alarmThresholds.replicationLatencyMilliseconds"],
    ],
    ["a strongly consistent table", table(60_000, "STRONG"), 0, 0, ["consistencyMode"]],
    ["a database", databaseRecovery({ name: "main" }), 300, 1, ["failoverSeconds", "maxRecoveryPointSeconds"]],
    [
      "a database that was drilled and bounded",
      databaseRecovery({ name: "main", failoverSeconds: 95, maxRecoveryPointSeconds: 20 }),
      95,
      20,
      ["failoverSeconds", "maxRecoveryPointSeconds"],
    ],
  ])("of %s follows from its config", (_, row, time, point, from) => {
    expect(row).toMatchObject({ recoveryTimeSeconds: time, recoveryPointSeconds: point, from });
    expect(row?.documentation).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
  });

  test("of Vault is what a drill measured, and else no more than an assumption that it states", () => {
    const address = "https://vault.example.com:8200";
    expect(vaultRecovery({ address })).toMatchObject({
      path: "vault",
      subject: "vault.example.com:8200",
      recoveryTimeSeconds: 0,
      recoveryTime: { made: expect.stringMatching(/^assumed to outlive the home region, until keyManagement/) },
      from: ["keyManagement.failoverSeconds"],
    });
    expect(unmet([vaultRecovery({ address, failoverSeconds: 90 })], 90)).toEqual([]);
    expect(unmet([vaultRecovery({ address, failoverSeconds: 90 })], 60)).toEqual([
      "cannot be met by vault vault.example.com:8200: keyManagement.failoverSeconds 90 = 90 s is above recoveryTimeSeconds 60; raise recoveryTimeSeconds to 90, because no setting of this path can lower it that far",
    ]);
  });

  test("of DNS takes the checks from the config of the records themselves", () => {
    const config = failoverDnsConfig.parse({ alarmCheck: { threshold: 5 } });
    expect(dnsRecovery(config).map(({ path, recoveryTimeSeconds }) => [path, recoveryTimeSeconds])).toEqual([
      ["dns", 150],
      ["dns-alarm", 240],
    ]);
  });
});

describe("recoveryProblems", () => {
  test("are none when every path meets the objectives, to the second", () => {
    const rows = [...dns(30, 3), eventRecovery(), table(60_000), databaseRecovery({ name: "main" })];
    expect(recoveryProblems({ recoveryTimeSeconds: 420, recoveryPointSeconds: 420 }, rows)).toEqual([]);
  });

  test.each([
    [
      dns(30, 3),
      120,
      "cannot be met by dns: requestIntervalSeconds 30 x failureThreshold 3 + 60 s = 150 s is above recoveryTimeSeconds 120; use requestIntervalSeconds 10",
    ],
    [dns(10, 10), 120, "failureThreshold 10 + 60 s = 160 s is above recoveryTimeSeconds 120; use failureThreshold 6"],
    [dns(30, 10), 130, "= 360 s is above recoveryTimeSeconds 130; use failureThreshold 2"],
    [dns(30, 10), 90, "= 360 s is above recoveryTimeSeconds 90; use requestIntervalSeconds 10 and failureThreshold 3"],
    [
      dns(10, 1),
      69,
      "= 70 s is above recoveryTimeSeconds 69; raise recoveryTimeSeconds to 70, because no setting of this path can lower it that far",
    ],
    [
      dnsAlarm(60, 3),
      180,
      "cannot be met by dns-alarm: periodSeconds 60 x evaluationPeriods 3 + 60 s = 240 s is above recoveryTimeSeconds 180; use evaluationPeriods 2",
    ],
    [dnsAlarm(300, 1), 200, "; use periodSeconds 60 and evaluationPeriods 1"],
    [dnsAlarm(60, 1), 100, "; raise recoveryTimeSeconds to 120"],
    [
      [edge(2, 3, 30)],
      30,
      "cannot be met by edge: connectionAttempts 2 x readTimeoutSeconds 30 = 60 s is above recoveryTimeSeconds 30; use readTimeoutSeconds 15",
    ],
    [
      [edge(3, 10, 5)],
      12,
      "connectionAttempts 3 x connectionTimeoutSeconds 10 = 30 s is above recoveryTimeSeconds 12; use readTimeoutSeconds 4 and connectionTimeoutSeconds 4",
    ],
    [[edge(3, 1, 5)], 2, "; use connectionAttempts 2 and readTimeoutSeconds 1"],
    [
      [eventRecovery()],
      400,
      "cannot be met by events: the documented maximum for global endpoints (360 s is typical) = 420 s is above recoveryTimeSeconds 400; raise recoveryTimeSeconds to 420",
    ],
    [
      [databaseRecovery({ name: "main" })],
      120,
      "cannot be met by database main: assumed duration of a managed failover = 300 s is above recoveryTimeSeconds 120; measure a failover in a drill and set failoverSeconds to it",
    ],
    [
      [databaseRecovery({ name: "main", failoverSeconds: 95 })],
      60,
      "failoverSeconds 95 = 95 s is above recoveryTimeSeconds 60; raise recoveryTimeSeconds to 95",
    ],
  ])("say which number to change for the recovery time (%#)", (rows, objective, message) => {
    expect(unmet(rows, objective)).toEqual([expect.stringContaining(message)]);
  });

  test.each([
    [
      table(60_000),
      10,
      "cannot be met by tables orders: alarmThresholds.replicationLatencyMilliseconds 60000 (typically 1 s) = 60 s is above recoveryPointSeconds 10; use replicationLatencyMilliseconds 10000",
    ],
    [table(1000), 0, "is above recoveryPointSeconds 0; use consistencyMode STRONG, if the provider supports it"],
    [eventRecovery(), 60, "= 420 s is above recoveryPointSeconds 60; raise recoveryPointSeconds to 420"],
    [
      databaseRecovery({ name: "main", maxRecoveryPointSeconds: 60 }),
      30,
      "maxRecoveryPointSeconds 60 = 60 s is above recoveryPointSeconds 30; use maxRecoveryPointSeconds 30",
    ],
    [
      databaseRecovery({ name: "main" }),
      0,
      "typical replication lag = 1 s is above recoveryPointSeconds 0; raise recoveryPointSeconds to 1",
    ],
  ])("say which number to change for the recovery point (%#)", (row, objective, message) => {
    expect(unmetPoint(row, objective)).toEqual([expect.stringContaining(message)]);
  });

  test("give settings that meet the objective when they are followed", () => {
    for (let objective = 70; objective <= 360; objective++) {
      for (const interval of [10, 30]) {
        for (const threshold of [1, 3, 10]) {
          const [message] = unmet(dns(interval, threshold), objective);
          if (!message) continue;
          const advised = (field: string, before: number) =>
            Number(new RegExp(`${field} (\\d+)`).exec(message.split("; ")[1] ?? "")?.[1] ?? before);
          const followed = dns(advised("requestIntervalSeconds", interval), advised("failureThreshold", threshold));
          expect(unmet(followed, objective)).toEqual([]);
        }
      }
    }
  });

  test("name the objective that is missed, both when both are", () => {
    const paths = recoveryProblems({ recoveryTimeSeconds: 60, recoveryPointSeconds: 1 }, [eventRecovery()]);
    expect(paths.map(({ path }) => path)).toEqual([["recoveryTimeSeconds"], ["recoveryPointSeconds"]]);
  });

  test("are found by the README's example, which is this compiled one", () => {
    expect(example().map(({ path }) => path[0])).toEqual([
      "recoveryTimeSeconds",
      "recoveryTimeSeconds",
      "recoveryPointSeconds",
    ]);
    const source = readFileSync(path.join(__dirname, "example.ts"), "utf8");
    const folder = path.join(__dirname, "..", "..", "..", "modules", "recovery-objectives");
    const readme = readFileSync(path.join(folder, "README.md"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function")).trim());
  });
});

describe("recoveryObjectivesConfig", () => {
  const parse = (input: unknown) => parseConfig(recoveryObjectivesConfig, input, "objectives");

  test.each([
    ["no recovery time", { recoveryPointSeconds: 1 }, /recoveryTimeSeconds: is required; add a/],
    [
      "a recovery time of nothing",
      { recoveryTimeSeconds: 0, recoveryPointSeconds: 1 },
      /recoveryTimeSeconds: is too small; use at least 1/,
    ],
    [
      "a negative recovery point",
      { recoveryTimeSeconds: 1, recoveryPointSeconds: -1 },
      /recoveryPointSeconds: is too small; use at least 0/,
    ],
    ["an unknown field", { recoveryTimeSeconds: 1, recoveryPointSeconds: 1, rto: 5 }, /rto: unknown field/],
  ])("refuses %s", (_, input, message) => {
    expect(() => parse(input)).toThrow(message);
  });
});
