import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kpiDocument } from "../../cli/documents/kpi";
import { figuresOf } from "../../cli/kpi/figures";
import { meanMinutes, recoveriesOf } from "../../cli/kpi/recoveries";
import { sinceSeconds } from "../../cli/kpi/since";
import { startProcess } from "../../terraform";
import { writeProject } from "../support/project-app";

const root = join(__dirname, "..", "..");
const account = "444444444444";
const minute = 60_000;

describe("Recoveries", () => {
  const at = (minutes: number, from: string, to: string) => ({ at: minutes * minute, from, to });

  it("are from ALARM to the next OK, whatever the order of the records", () => {
    const changes = [at(30, "ALARM", "OK"), at(10, "OK", "ALARM"), at(100, "OK", "ALARM"), at(110, "ALARM", "OK")];
    const { recovered, openSince, beganBefore } = recoveriesOf(changes);
    expect([recovered, openSince, beganBefore]).toEqual([[20 * minute, 10 * minute], undefined, 0]);
    expect(meanMinutes(recovered)).toBe(15);
  });

  it("do not come from a lack of data, after which the same alarm goes on", () => {
    const { recovered } = recoveriesOf([
      at(0, "OK", "ALARM"),
      at(10, "ALARM", "INSUFFICIENT_DATA"),
      at(20, "INSUFFICIENT_DATA", "ALARM"),
      at(40, "ALARM", "INSUFFICIENT_DATA"),
      at(60, "INSUFFICIENT_DATA", "OK"),
    ]);
    expect(recovered).toEqual([60 * minute]);
  });

  it("leave out what is still in alarm, and what began before anything is known", () => {
    expect(recoveriesOf([at(5, "ALARM", "OK"), at(10, "OK", "ALARM"), at(20, "ALARM", "INSUFFICIENT_DATA")])).toEqual({
      recovered: [],
      openSince: 10 * minute,
      beganBefore: 1,
    });
    expect(meanMinutes([])).toBeNull();
  });
});

describe("Figures of a service", () => {
  const sums = {
    ...{ invocations: 1000, errors: 5, durationMs: 200_000, coldStarts: 20 },
    ...{ requests: 2000, failed: 4, readUnits: 1000, writeUnits: 1000, tasks: 0, taskSamples: 0 },
  };
  const subject = {
    ...{ region: "eu-west-1", memoryMb: 1024, hasApi: true, provisioned: 0 },
    ...{ objectivePercent: 99.9, seconds: 86_400 },
  };

  it("are shares of what was asked, and what the calls cost for a thousand that succeeded", () => {
    expect(figuresOf(sums, subject)).toEqual({
      requests: 2000,
      availabilityPercent: 99.8,
      errorBudgetLeftPercent: -100,
      errorPercent: 0.5,
      coldStartPercent: 2,
      // 0.0002 for calls, 0.00266668 for their duration, 0.00222 for the API, 0.0001415 and 0.000705 for the table.
      costUsd: 0.0059,
      usdPerThousandRequests: 0.002973,
    });
  });

  it("have the environments that are kept, used or not", () => {
    const kept = figuresOf(sums, { ...subject, provisioned: 2 });
    expect(kept.costUsd).toBeCloseTo(0.0002 + 200 * 0.0000086726 + 2 * 86_400 * 0.0000037168 + 0.0030665, 4);
  });

  it("are those of tasks that answered for a container, which has no cold starts", () => {
    const task = { cpu: 512, memoryMebibytes: 1024, cpuArchitecture: "ARM64" as const };
    const figures = figuresOf(
      { ...sums, ...{ invocations: 1990, errors: 2, readUnits: 0, writeUnits: 0, tasks: 360, taskSamples: 120 } },
      { ...subject, task, hasApi: false },
    );
    expect([figures.availabilityPercent, figures.coldStartPercent]).toEqual([99.8, null]);
    expect(figures.errorPercent).toBeCloseTo((100 * 2) / 1990, 3);
    // Three tasks for a day, each of half a vCPU and a GB.
    expect(figures.costUsd).toBeCloseTo(3 * 24 * (0.5 * 0.03238 + 0.00356), 4);
  });

  it("are unknown without requests", () => {
    const none = Object.fromEntries(Object.keys(sums).map((name) => [name, 0])) as unknown as typeof sums;
    expect(figuresOf(none, { ...subject, objectivePercent: undefined } as never)).toEqual({
      requests: 0,
      availabilityPercent: null,
      errorBudgetLeftPercent: null,
      errorPercent: null,
      coldStartPercent: null,
      costUsd: 0,
      usdPerThousandRequests: null,
    });
  });
});

describe("The time that is looked at", () => {
  it("is in hours, days or weeks, as long as metrics are kept", () => {
    expect([sinceSeconds(), sinceSeconds("12h"), sinceSeconds("2w")]).toEqual([2_592_000, 43_200, 1_209_600]);
    expect(() => sinceSeconds("a month")).toThrow(
      "--since: is no duration; write it like 30d, 12h or 2w (received a month)",
    );
    expect(() => sinceSeconds("500d")).toThrow("is longer than CloudWatch keeps metrics; use at most 455d");
  });
});

interface Call {
  readonly operation: string;
  readonly region: string;
  readonly input: Record<string, unknown>;
}

/** Stands for CloudWatch. */
class CloudWatch {
  readonly asked: Call[] = [];
  answer: (call: Call) => { readonly status?: number; readonly body: object } = () => ({ body: {} });
  private server?: Server;

  async start(): Promise<string> {
    const server = createServer((incoming, outgoing) => {
      const parts: Buffer[] = [];
      incoming.on("data", (part: Buffer) => parts.push(part));
      incoming.on("end", () => {
        const operation = String(incoming.headers["x-amz-target"]).split(".")[1] ?? "";
        const [, region = ""] = /\d{8}\/([a-z0-9-]+)\/monitoring/.exec(incoming.headers.authorization ?? "") ?? [];
        const call = { operation, region, input: JSON.parse(Buffer.concat(parts).toString() || "{}") };
        this.asked.push(call);
        const { status = 200, body } = this.answer(call);
        outgoing.writeHead(status, { "content-type": "application/x-amz-json-1.0", connection: "close" });
        outgoing.end(JSON.stringify(body));
      });
    });
    this.server = server;
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server?.close();
    if (this.server) await once(this.server, "close");
  }
}

interface Stat {
  readonly Metric: { readonly MetricName: string; readonly Dimensions: readonly { Name: string; Value: string }[] };
}

jest.setTimeout(120_000);

describe("evenkeel kpi", () => {
  const cloudwatch = new CloudWatch();
  let project: string;
  let endpoint: string;

  beforeAll(async () => {
    project = mkdtempSync(join(tmpdir(), "evenkeel-kpi-"));
    writeProject(project, `"${process.execPath}" "${join(root, "test", "cli", "fixtures", "stacks-app.js")}"`);
    for (const service of ["ledger", "orders", "picking", "shipments", "stock"]) {
      mkdirSync(join(project, "services", service), { recursive: true });
      writeFileSync(join(project, "services", service, "handler.ts"), "");
    }
    mkdirSync(join(project, "services", "quotes", "app"), { recursive: true });
    for (const service of ["ledger", "stock"]) {
      const migrations = join("services", service, "migrations");
      cpSync(join(root, migrations), join(project, migrations), { recursive: true });
    }
    endpoint = await cloudwatch.start();
  });
  afterAll(async () => {
    await cloudwatch.stop();
    rmSync(project, { recursive: true, force: true });
  });
  beforeEach(() => {
    cloudwatch.asked.length = 0;
  });

  async function kpi(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_")));
    const started = startProcess(process.execPath, [join(root, "dist", "cli", "main.js"), "kpi", "prod", ...args], {
      cwd: project,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...inherited,
        HOME: project,
        AWS_EC2_METADATA_DISABLED: "true",
        AWS_ENDPOINT_URL_CLOUDWATCH: endpoint,
        AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
        AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        ...env,
      },
    });
    const printed = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      started.child[stream]?.on("data", (text) => {
        printed[stream] += String(text);
      });
    }
    const { code } = await started.ended;
    return { code, ...printed };
  }

  const value: Readonly<Record<string, number>> = {
    Count: 2000,
    "5xx": 4,
    Invocations: 1000,
    Errors: 5,
    Duration: 1000,
  };

  function answered({ operation, input }: Call): { status?: number; body: object } {
    switch (operation) {
      case "DescribeAlarms": {
        const dimensions = (name: string) => [{ Name: "ApiId", Value: `api-of-${name}` }];
        const stat = (name: string) => [{ Id: "e", MetricStat: { Metric: { Dimensions: dimensions(name) } } }];
        const names = input.AlarmNames as string[];
        return { body: { MetricAlarms: names.map((name) => ({ AlarmName: name, Metrics: stat(name) })) } };
      }
      case "GetMetricData": {
        const queries = input.MetricDataQueries as { Id: string; MetricStat: Stat }[];
        const second = input.NextToken !== undefined;
        const results = queries.map(({ Id, MetricStat: { Metric } }) => ({
          Id,
          Values: second ? [value[Metric.MetricName] ?? 0] : [],
        }));
        return { body: { MetricDataResults: results, ...(second ? {} : { NextToken: "more" }) } };
      }
      default: {
        const change = (minutes: number, from: string, to: string) => ({
          Timestamp: (Date.now() - minutes * minute) / 1000,
          HistoryData: JSON.stringify({ oldState: { stateValue: from }, newState: { stateValue: to } }),
        });
        const second = input.NextToken !== undefined;
        const first = [change(100, "OK", "ALARM"), { Timestamp: 1, HistoryData: "not JSON" }];
        return second
          ? { body: { AlarmHistoryItems: [change(76, "ALARM", "OK")] } }
          : { body: { AlarmHistoryItems: first, NextToken: "more" } };
      }
    }
  }

  it("reckons figures for each service in each region, over all pages", async () => {
    cloudwatch.answer = answered;
    const { code, stdout, stderr } = await kpi(["--since", "30d", "--json"]);
    expect([code, stderr]).toEqual([0, stderr]);
    const document = kpiDocument.schema.parse(JSON.parse(stdout)) as unknown as {
      services: { name: string; region: string; recovery: object }[];
      promises: object[];
      drills: object[];
    };
    expect(document.services.map(({ name, region }) => `${name} ${region}`).slice(0, 3)).toEqual([
      "orders eu-west-1",
      "orders eu-central-1",
      "ledger eu-west-1",
    ]);
    expect(document.services[0]).toMatchObject({
      requests: 2000,
      availabilityPercent: 99.8,
      objectivePercent: 99.9,
      errorBudgetLeftPercent: -100,
      errorPercent: 0.5,
      recovery: { alarm: "prod-orders-api-server-errors", meanMinutes: 24, recovered: 1, openSince: null },
    });
    // No API in front of it, so what is asked of it are invocations.
    expect(document.services.find(({ name }) => name === "shipments")).toMatchObject({
      requests: 1000,
      recovery: { alarm: "prod-shipments-function-errors" },
    });
    expect(document.promises[0]).toEqual({ service: "orders", recoveryTimeSeconds: 420, lastDrill: null });
    expect(new Set(cloudwatch.asked.map(({ region }) => region))).toEqual(new Set(["eu-west-1", "eu-central-1"]));
    const queries = cloudwatch.asked
      .filter(({ operation }) => operation === "GetMetricData")
      .flatMap(({ input }) => input.MetricDataQueries as { MetricStat: Stat }[]);
    const dimensions = queries.map(({ MetricStat: { Metric } }) => JSON.stringify(Metric.Dimensions));
    expect(dimensions).toContain('[{"Name":"ApiId","Value":"api-of-prod-orders-api-server-errors"}]');
  });

  it("says what is not known, and what the credentials may not do", async () => {
    cloudwatch.answer = answered;
    const { stdout } = await kpi(["--since", "12w"]);
    expect(stdout).toContain("no drill yet");
    expect(stdout.replace(/\s+/g, " ")).toContain(
      "CloudWatch keeps the history of alarms for 30 days, so recoveries are those of the last 30.",
    );
    cloudwatch.answer = () => ({ status: 403, body: { __type: "AccessDeniedException", message: "no" } });
    const refused = await kpi([]);
    expect([refused.code, refused.stdout]).toEqual([1, ""]);
    expect(refused.stderr).toContain(
      `Cannot read alarms in eu-west-1: it is not allowed (AccessDeniedException); use credentials of account ${account} that may do so. docs/how-to/read-key-figures.md has the permissions.`,
    );
  });

  it("asks nobody in the simulated cloud", async () => {
    const { code, stdout } = await kpi([], { EVENKEEL_SIMULATED: join(project, ".simulated") });
    expect(code).toBe(0);
    expect(stdout).toContain("The simulated cloud has no metrics");
    expect(cloudwatch.asked).toEqual([]);
  });
});
