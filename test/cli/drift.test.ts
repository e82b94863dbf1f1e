import { existsSync, symlinkSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { driftDocument } from "../../cli/documents/drift";
import { type Plan, type ProcessResult, runProcess } from "../../terraform";
import { writeProject } from "../support/project-app";
import { temporaryFolder } from "../support/temporary-folder";
import { type Scenario, standInEnv } from "../terraform/stand-in";

const folder = temporaryFolder("evenkeel-drift-");
writeProject(folder, `"${process.execPath}" "${join(__dirname, "fixtures", "app.js")}"`);
symlinkSync(resolve(__dirname, "..", "..", "services"), join(folder, "services"), "junction");
const bin = resolve(__dirname, "..", "..", "dist", "cli", "main.js");

const secret = "hunter2";
const queue = "aws_sqs_queue.q";
const stored = { resources: [{ mode: "managed", type: "aws_sqs_queue", name: "q", instances: [{ attributes: {} }] }] };
const drifted = (before: object, after: object, more: object = {}) =>
  ({
    format_version: "1.2",
    resource_drift: [
      {
        address: queue,
        mode: "managed",
        type: "aws_sqs_queue",
        change: { actions: ["update"], before, after, ...more },
      },
    ],
  }) as unknown as Partial<Plan>;
const byHand: Readonly<Record<string, Scenario>> = {
  keys: {
    stored,
    plan: drifted(
      { tags: {}, kms_key: "a" },
      { tags: { A: "b" }, kms_key: secret },
      { after_sensitive: { kms_key: true } },
    ),
  },
  data: { stored },
  other: {},
};

function evenkeel(
  args: readonly string[],
  stacks: Readonly<Record<string, Scenario>>,
  env: NodeJS.ProcessEnv = {},
): Promise<ProcessResult> {
  return runProcess(process.execPath, [bin, "drift", "sandbox", ...args], {
    cwd: folder,
    env: { ...process.env, ...standInEnv(folder, stacks), EVENKEEL_SIMULATED: undefined, ...env },
  });
}
const documentOf = ({ stdout }: ProcessResult) => driftDocument.schema.parse(JSON.parse(stdout));

describe("evenkeel drift", () => {
  test("ends with 2 for changes by hand, tells stacks that are not deployed, and shows nothing secret", async () => {
    const run = await evenkeel(["--json"], byHand);
    expect([run.code, documentOf(run)]).toMatchObject([
      2,
      {
        open: 2,
        stacks: ["sandbox-keys", "sandbox-data"],
        notDeployed: ["sandbox-other"],
        changes: [
          { address: queue, attribute: "kms_key", kind: "unknown", before: "(hidden)", now: "(hidden)" },
          { address: queue, attribute: "tags.A", kind: "by-hand", rule: "tags" },
        ],
        issue: null,
      },
    ]);
    const shown = await evenkeel([], byHand);
    expect(shown.stdout).toContain("2 changes are for somebody to look at");
    for (const text of [run.stdout, run.stderr, shown.stdout, shown.stderr]) expect(text).not.toContain(secret);
    // The plan may hold secrets.
    const kept = ["plan", "plan.json"].map((file) =>
      join(folder, ".evenkeel/deploy/sandbox/stacks/sandbox-keys", file),
    );
    expect(kept.filter(existsSync)).toEqual([]);
  });

  test("ends with 0 where nothing has changed, and with 1 where it cannot be read", async () => {
    const same = { keys: { stored }, data: { stored } };
    const run = await evenkeel([], same);
    expect([run.code, run.stdout]).toEqual([0, expect.stringContaining("nothing has changed beside Terraform")]);
    expect((await evenkeel([], { keys: { stored, fails: "show" }, data: { stored } })).code).toBe(1);
  });

  test("looks at some stacks alone, which it does not report", async () => {
    const run = await evenkeel(["--stacks", "data", "--json"], byHand);
    expect([run.code, documentOf(run)]).toMatchObject([0, { stacks: ["sandbox-data"], changes: [] }]);
    const refused = await evenkeel(["--stacks", "data", "--report", "github"], byHand);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("leave --stacks out")]);
  });

  test("opens an issue for GitHub, and says where it is; without a token it reads nothing", async () => {
    const bodies: string[] = [];
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const isNew = request.method === "POST";
        if (isNew) bodies.push(Buffer.concat(chunks).toString());
        response.writeHead(isNew ? 201 : 200, { "content-type": "application/json" });
        response.end(JSON.stringify(isNew ? { number: 1, html_url: "https://example.com/issues/1" } : []));
      });
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    try {
      const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const env = { GITHUB_API_URL: api, GITHUB_REPOSITORY: "acme/shop", GITHUB_TOKEN: "t0ken" };
      const run = await evenkeel(["--report", "github", "--json"], byHand, env);
      expect([run.code, documentOf(run)]).toMatchObject([
        2,
        { issue: { action: "opened", url: "https://example.com/issues/1" } },
      ]);
      expect(bodies).toHaveLength(1);
      expect(bodies[0]).toContain("<!-- evenkeel drift sandbox -->");
      expect(bodies[0]).not.toContain(secret);
      const refused = await evenkeel(["--report", "github"], byHand, { ...env, GITHUB_TOKEN: "" });
      expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("--report: needs GITHUB_TOKEN")]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
