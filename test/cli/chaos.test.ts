import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chaosDocument } from "../../cli/documents/chaos";
import { startProcess } from "../../terraform";
import { writeProject } from "../support/project-app";

const root = resolve(__dirname, "..", "..");
const account = "444444444444";
const secretKey = "wJalrXUtnFEMIexampleKEY";
const ref = (expression: string) => `\${${expression}}`;
const home = { provider: "aws.eu-west-1" };

/** What the capability builds for a database, a table and a function, as the app writes it. */
const resources = {
  aws_rds_cluster: { ledger: { ...home, cluster_identifier: "prod-ledger" } },
  aws_subnet: { a: { ...home, vpc_id: "vpc-1" } },
  aws_lambda_function: {
    orders: {
      ...home,
      function_name: "prod-orders",
      environment: { variables: { CHAOS_SETTINGS_PATH: "/prod/orders/chaos" } },
    },
  },
  aws_ssm_parameter: { orders: { ...home, name: "/prod/orders/chaos/faults" } },
  aws_ssm_document: {
    orders: {
      ...home,
      name: "prod-orders-slow",
      content: JSON.stringify({
        mainSteps: [{ inputs: { Duration: "PT15M" } }, { inputs: { Name: "/prod/orders/chaos/faults", Value: "off" } }],
      }),
    },
  },
  aws_cloudwatch_metric_alarm: { errors: { ...home, alarm_name: "prod-orders-api-server-errors" } },
  aws_fis_experiment_template: Object.fromEntries(
    [
      ["ledger-failover", { action_id: "aws:rds:failover-db-cluster" }, ref("aws_rds_cluster.ledger.arn")],
      [
        "ledger-network",
        { action_id: "aws:network:disrupt-connectivity", parameter: [{ key: "duration", value: "PT10M" }] },
        `arn:aws:ec2:eu-west-1:${account}:subnet/${ref("aws_subnet.a.id")}`,
      ],
      [
        "orders-slow",
        {
          action_id: "aws:ssm:start-automation-execution",
          parameter: [{ key: "documentArn", value: ref("aws_ssm_document.orders.arn") }],
        },
        undefined,
      ],
    ].map(([name, action, arn]) => [
      name,
      {
        ...home,
        description:
          "Does it. Hypothesis: clients of orders are answered within 90 s (dns: 10 x 3 + 60 s; promised 420 s).",
        action: [{ name: "fault", ...(action as object) }],
        ...(arn ? { target: [{ name: "touched", resource_arns: [arn] }] } : {}),
        stop_condition: [{ source: "aws:cloudwatch:alarm", value: ref("aws_cloudwatch_metric_alarm.errors.arn") }],
        tags: { Name: `prod-${name}` },
      },
    ]),
  ),
  aws_scheduler_schedule: {
    first: {
      ...home,
      schedule_expression: "cron(0 10 ? * TUE#1 *)",
      schedule_expression_timezone: "Europe/Dublin",
      target: {
        arn: "arn:aws:scheduler:::aws-sdk:fis:startExperiment",
        input: JSON.stringify({
          ExperimentTemplateId: ref("aws_fis_experiment_template.ledger-failover.id"),
          Tags: { Name: "prod-ledger-failover", GameDay: "first-tuesday" },
        }),
      },
    },
  },
};

type Answer = (
  path: string,
  query: URLSearchParams,
) => { readonly status: number; readonly body: object; readonly type?: string };

/** Stands for FIS, and keeps what it is asked. */
class Fis {
  readonly asked: { readonly url: string; readonly headers: IncomingMessage["headers"] }[] = [];
  answer: Answer = () => ({ status: 200, body: {} });
  private server?: Server;

  async start(): Promise<string> {
    this.server = createServer((incoming, outgoing) => {
      const { url = "/", headers } = incoming;
      this.asked.push({ url, headers });
      const { pathname, searchParams } = new URL(url, "http://fis");
      const { status, body, type } = this.answer(pathname, searchParams);
      outgoing.writeHead(status, {
        "content-type": "application/json",
        connection: "close",
        ...(type ? { "x-amzn-errortype": type } : {}),
      });
      outgoing.end(JSON.stringify(body));
    });
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server?.close();
    if (this.server) await once(this.server, "close");
  }
}

jest.setTimeout(120_000);

describe("evenkeel chaos", () => {
  const fis = new Fis();
  let project: string;
  let endpoint: string;
  let home: string;

  beforeAll(async () => {
    project = mkdtempSync(join(tmpdir(), "evenkeel-chaos-"));
    home = mkdtempSync(join(tmpdir(), "evenkeel-chaos-home-"));
    writeProject(project, `"${process.execPath}" "${join(root, "test", "cli", "fixtures", "stacks-app.js")}"`);
    endpoint = await fis.start();
  });
  afterAll(async () => {
    await fis.stop();
    for (const folder of [project, home]) rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(() => {
    fis.asked.length = 0;
    fis.answer = () => ({ status: 200, body: {} });
  });

  const credentials = { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: secretKey };

  async function chaos(args: readonly string[] = [], env: NodeJS.ProcessEnv = credentials, of: object = resources) {
    const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_")));
    const started = startProcess(process.execPath, [join(root, "dist", "cli", "main.js"), "chaos", "prod", ...args], {
      cwd: project,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...inherited,
        HOME: home,
        AWS_EC2_METADATA_DISABLED: "true",
        AWS_ENDPOINT_URL_FIS: endpoint,
        RESOURCES: JSON.stringify(of),
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

  async function documentOf(...given: Parameters<typeof chaos>) {
    const { code, stdout, stderr } = await chaos(["--json", ...(given[0] ?? [])], given[1], given[2]);
    expect([code, stderr]).toEqual([0, stderr]);
    return chaosDocument.schema.parse(JSON.parse(stdout)) as unknown as {
      readonly experiments: readonly { readonly name: string; readonly lastRun: object | null }[];
      readonly runsUnknown: string | null;
    };
  }

  const template = (id: string, name: string) => ({
    id,
    arn: `arn:aws:fis:eu-west-1:${account}:experiment-template/${id}`,
    tags: { Name: name },
  });
  const run = (id: string, experimentTemplateId: string, at: string, status: string, tags: object = {}) => ({
    id,
    arn: `arn:aws:fis:eu-west-1:${account}:experiment/${id}`,
    experimentTemplateId,
    creationTime: Date.parse(at) / 1000,
    state: { status, reason: status === "stopped" ? "Experiment halted by stop condition." : "" },
    tags,
  });

  it("says what each experiment touches, by address and ARN, with its hypothesis, alarms and game days", async () => {
    const { experiments, runsUnknown } = await documentOf(["--offline"]);
    expect(runsUnknown).toBe("AWS was not asked, because of --offline.");
    expect(fis.asked).toEqual([]);
    const hypothesis = {
      holds: "clients of orders are answered",
      seconds: 90,
      objective: "dns",
      calculation: "10 x 3 + 60 s",
      promisedSeconds: 420,
    };
    const common = { region: "eu-west-1", hypothesis, stopAlarms: ["prod-orders-api-server-errors"], lastRun: null };
    expect(experiments).toEqual([
      {
        ...common,
        name: "prod-ledger-failover",
        action: "aws:rds:failover-db-cluster",
        minutes: null,
        touches: [
          { address: "prod-all/aws_rds_cluster.ledger", arn: `arn:aws:rds:eu-west-1:${account}:cluster:prod-ledger` },
        ],
        gameDays: [{ name: "first-tuesday", schedule: "cron(0 10 ? * TUE#1 *)", timeZone: "Europe/Dublin" }],
      },
      {
        ...common,
        name: "prod-ledger-network",
        action: "aws:network:disrupt-connectivity",
        minutes: 10,
        touches: [{ address: "prod-all/aws_subnet.a", arn: null }],
        gameDays: [],
      },
      {
        ...common,
        name: "prod-orders-slow",
        action: "aws:ssm:start-automation-execution",
        minutes: 15,
        touches: [
          {
            address: "prod-all/aws_lambda_function.orders",
            arn: `arn:aws:lambda:eu-west-1:${account}:function:prod-orders`,
          },
          {
            address: "prod-all/aws_ssm_parameter.orders",
            arn: `arn:aws:ssm:eu-west-1:${account}:parameter/prod/orders/chaos/faults`,
          },
        ],
        gameDays: [],
      },
    ]);
  });

  it("says when each last ran, over all pages, also of a template that was replaced", async () => {
    fis.answer = (path, query) => {
      const second = query.get("nextToken") === "page/2";
      if (path === "/experimentTemplates") {
        return second
          ? { status: 200, body: { experimentTemplates: [template("EXT2", "prod-ledger-network")] } }
          : {
              status: 200,
              body: {
                experimentTemplates: [template("EXT1", "prod-ledger-failover"), template("EXT9", "of-others")],
                nextToken: "page/2",
              },
            };
      }
      const first = [
        run("EXP1", "EXT1", "2026-10-06T09:00:00Z", "completed"),
        run("EXP2", "EXT1", "2026-11-03T10:00:00Z", "stopped"),
        run("EXP3", "EXT9", "2026-11-20T10:00:00Z", "completed"),
        run("EXP4", "EXT-gone", "2026-11-04T10:00:00Z", "completed", { Name: "prod-orders-slow" }),
        run("EXP5", "EXT-gone", "2026-11-05T10:00:00Z", "completed"),
      ];
      const rest = [run("EXP6", "EXT1", "2026-11-01T10:00:00Z", "running")];
      return { status: 200, body: second ? { experiments: rest } : { experiments: first, nextToken: "page/2" } };
    };
    const { experiments, runsUnknown } = await documentOf();
    expect(runsUnknown).toBeNull();
    expect(Object.fromEntries(experiments.map(({ name, lastRun }) => [name, lastRun]))).toEqual({
      "prod-ledger-failover": {
        at: "2026-11-03T10:00:00Z",
        status: "stopped",
        reason: "Experiment halted by stop condition.",
      },
      "prod-ledger-network": null,
      "prod-orders-slow": { at: "2026-11-04T10:00:00Z", status: "completed", reason: null },
    });
    expect(fis.asked.map(({ url }) => url)).toEqual([
      "/experimentTemplates?maxResults=100",
      "/experimentTemplates?maxResults=100&nextToken=page%2F2",
      "/experiments?maxResults=100",
      "/experiments?maxResults=100&nextToken=page%2F2",
    ]);
    for (const { headers } of fis.asked) {
      expect(headers.authorization).toMatch(
        /^AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE\/\d{8}\/eu-west-1\/fis\/aws4_request, /,
      );
    }
  });

  it("says in a sentence why the runs are not known, and ends well", async () => {
    expect((await documentOf([], {})).runsUnknown).toBe(
      `Cannot list the experiments in eu-west-1: there are no AWS credentials; set AWS_PROFILE, or run aws sso login or aws configure, for account ${account}.`,
    );
    const refusal = async (status: number, type: string) => {
      fis.answer = () => ({ status, body: { message: "no" }, type });
      return (await documentOf()).runsUnknown;
    };
    expect(await refusal(403, "AccessDeniedException:http://internal/")).toBe(
      `Cannot list the experiments in eu-west-1: it is not allowed (AccessDeniedException); use credentials of account ${account} that may do so. docs/how-to/run-experiments.md has the permissions.`,
    );
    expect(await refusal(403, "ExpiredTokenException")).toMatch(
      /AWS does not accept the credentials \(ExpiredTokenException\); renew them/,
    );
    expect(await refusal(500, "InternalServerException")).toMatch(/AWS does not answer \(InternalServerException\)/);
    expect((await documentOf([], { ...credentials, AWS_ENDPOINT_URL_FIS: "http://127.0.0.1:1" })).runsUnknown).toMatch(
      /AWS does not answer \(NetworkError\); run the same command again later/,
    );
    fis.answer = () => ({
      status: 200,
      body: {
        experimentTemplates: [{ id: "EXT1", arn: "arn:aws:fis:eu-west-1:555555555555:experiment-template/EXT1" }],
      },
    });
    expect((await documentOf()).runsUnknown).toBe(
      `Cannot list the experiments in eu-west-1: the credentials are of account 555555555555; use those of account ${account}.`,
    );
  });

  it("prints a table without anything of the credentials", async () => {
    fis.answer = (path) =>
      path === "/experiments"
        ? { status: 200, body: { experiments: [run("EXP1", "EXT1", "2026-11-03T10:00:00Z", "completed")] } }
        : { status: 200, body: { experimentTemplates: [template("EXT1", "prod-ledger-failover")] } };
    const { code, stdout, stderr } = await chaos();
    expect(code).toBe(0);
    expect(stdout).toContain("prod-ledger-failover");
    expect(stdout).toContain("2026-11-03T10:00:00Z completed");
    expect(stdout).toContain("never");
    expect(stdout).toContain("clients of orders are answered within 90 s");
    expect(stdout + stderr).not.toContain(secretKey);
    expect(stdout + stderr).not.toContain("AKIAIOSFODNN7EXAMPLE");
  });

  it("asks nobody in the simulated cloud, nor for an environment without experiments", async () => {
    const { runsUnknown } = await documentOf([], { ...credentials, EVENKEEL_SIMULATED: join(project, ".simulated") });
    expect(runsUnknown).toBe("The simulated cloud runs no experiments.");
    const { stdout } = await chaos([], credentials, {});
    expect(stdout).toBe(
      "prod has no experiments. They come with the stage optimization, where chaos.experiments of its file asks for them.\n",
    );
    expect(fis.asked).toEqual([]);
  });
});
