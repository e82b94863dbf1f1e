import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { applyDocument } from "../../cli/documents/apply";
import { planDocument } from "../../cli/documents/plan";
import { evidenceStoreOf, readEvidence } from "../../cli/promotion/evidence-store";
import { alarmsNow } from "../../cli/promotion/promotion";
import prod from "../../environments/prod";
import sandbox from "../../environments/sandbox";
import type { Evidence } from "../../rollout";
import { startStateStore } from "../../simulator/state-store";
import { ObjectStore } from "../../simulator/state-store/objects";
import { runProcess } from "../../terraform";
import { inPlaceOfAws } from "../support/in-place-of-aws";
import { temporaryFolder } from "../support/temporary-folder";
import { standInEnv } from "../terraform/stand-in";

const root = resolve(__dirname, "..", "..");
const folder = temporaryFolder("evenkeel-promotion-");
const bin = join(root, "dist", "cli", "main.js");
const standIn = standInEnv(folder, { keys: { changes: [["aws_sqs_queue.q", "create"]] } });

const run = (file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  runProcess(file, args, {
    cwd: folder,
    env: {
      ...process.env,
      ...standIn,
      EVENKEEL_SIMULATED: undefined,
      ...env,
    },
  });
const evenkeel = (...args: string[]) => run(process.execPath, [bin, ...args]);
const git = async (...args: string[]): Promise<void> => {
  const { code, stderr } = await run("git", ["-c", "user.name=a", "-c", "user.email=a@example.com", ...args]);
  if (code !== 0) throw new Error(stderr);
};
const write = (file: string, content: string): void => writeFileSync(join(folder, file), content);

async function planned(name: string, ...options: string[]): Promise<{ bundle: string; says: string | undefined }> {
  const { stdout, stderr } = await evenkeel(
    "plan",
    name,
    "--first-deployment",
    "--out",
    "rollouts",
    "--json",
    ...options,
  );
  if (stdout === "") throw new Error(stderr);
  const { bundle, promotion } = planDocument.schema.parse(JSON.parse(stdout)) as never as {
    bundle: string;
    promotion: { says: string } | null;
  };
  return { bundle, says: promotion?.says };
}
async function applied(bundle: string, ...options: string[]) {
  const { code, stdout, stderr } = await evenkeel("apply", bundle, "--auto-approve", "--json", ...options);
  if (stdout === "") throw new Error(stderr);
  const document = applyDocument.schema.parse(JSON.parse(stdout)) as never as {
    stacks: unknown[];
    evidence: string | null;
    promotion: { passed: boolean; checks: { check: string; passed: boolean; says: string }[] } | null;
  };
  return { code, ...document, wrong: document.promotion?.checks.filter(({ passed }) => !passed) ?? [] };
}

beforeAll(async () => {
  const file = (name: string) => JSON.stringify(join(root, "environments", name));
  const live = { description: "What is promoted from the sandbox", rollout: { promotion: { from: "sandbox" } } };
  write(
    "evenkeel.config.ts",
    [
      `import { defineEnvironment, defineProject } from ${JSON.stringify(join(root, "config"))};`,
      `import sandbox from ${file("sandbox")};`,
      `const live = defineEnvironment({ ...sandbox.input, name: "live", ...${JSON.stringify(live)} } as never);`,
      "export default defineProject({ environments: [sandbox, live] });",
    ].join("\n"),
  );
  write("cdktf.json", JSON.stringify({ app: `"${process.execPath}" "${join(__dirname, "fixtures", "app.js")}"` }));
  write(".gitignore", ".evenkeel\nterraform\ncalls\nrollouts\nlayers\nservices\n*.json.evidence\n");
  for (const name of ["layers", "services"]) symlinkSync(join(root, name), join(folder, name), "junction");
  await git("init", "--quiet", "--initial-branch", "main");
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "one");
});

// Its verbs are processes of their own, a dozen of them: a busy machine is no fault.
jest.setTimeout(300_000);

describe("evenkeel apply of an environment that is promoted from another one", () => {
  let bundle: string;

  test("is refused until the same files have settled there, then applies, and says so in the plan", async () => {
    const early = await planned("live");
    expect(early.says).toBe("not settled in sandbox yet");
    const refused = await applied(early.bundle);
    expect([refused.code, refused.stacks, refused.evidence]).toEqual([1, [], null]);
    expect(refused.wrong).toEqual([
      {
        check: "evidence",
        passed: false,
        says: expect.stringContaining("have not settled in sandbox; roll them out there first"),
      },
    ]);
    const tried = await applied((await planned("sandbox")).bundle, "--write-evidence", "settled.json.evidence");
    expect([tried.code, tried.promotion]).toEqual([0, null]);
    expect(readFileSync(join(folder, tried.evidence ?? ""), "utf8")).toBe(
      readFileSync(join(folder, "settled.json.evidence"), "utf8"),
    );
    const later = await planned("live");
    bundle = later.bundle;
    expect(later.says).toMatch(/^settled in sandbox 20/);
    const done = await applied(later.bundle);
    expect([done.code, done.wrong, done.promotion?.checks.length]).toEqual([0, [], 7]);
    const own = JSON.parse(readFileSync(join(folder, done.evidence ?? ""), "utf8")) as Evidence;
    expect(own.promotedFrom).toMatchObject({ environment: "sandbox", reliedOnEvidence: false });
  });

  test("takes evidence of a file, and refuses it for other files, and with an alarm that was on", async () => {
    rmSync(join(folder, ".evenkeel", "rollouts"), { recursive: true });
    const given = ["--evidence", "settled.json.evidence"];
    const evidence = JSON.parse(readFileSync(join(folder, "settled.json.evidence"), "utf8")) as Evidence;
    const changed = (changes: Partial<Evidence>): string[] => {
      write("other.json.evidence", JSON.stringify({ ...evidence, ...changes }));
      return ["--evidence", "other.json.evidence"];
    };
    const other = await applied(bundle, ...changed({ tree: "0".repeat(40) }));
    expect([other.code, other.wrong[0]?.says]).toEqual([1, expect.stringContaining("is of other files: tree 000")]);
    const alarm = { region: "eu-west-1", name: "a", state: "ALARM" as const };
    const providers = { "hashicorp/aws": "4.0.0" };
    const alarmed = await applied(bundle, ...changed({ alarms: [alarm], providers }), "--rely-on-evidence");
    expect(alarmed.wrong.map(({ check }) => check)).toEqual(["providers", "alarms"]);
    expect(() => readEvidence(join(folder, "cdktf.json"))).toThrow("cdktf.json: is no evidence");
    const done = await applied(bundle, ...given);
    expect([done.code, done.wrong]).toEqual([0, []]);
  });

  test("leaves no evidence of files that differ from the commit", async () => {
    write("evenkeel.config.ts", `${readFileSync(join(folder, "evenkeel.config.ts"), "utf8")}\n// changed\n`);
    const dirty = await applied((await planned("sandbox")).bundle);
    expect([dirty.code, dirty.evidence]).toEqual([0, null]);
    expect(readdirSync(join(folder, ".evenkeel", "rollouts"))).not.toContain("sandbox");
  });
});

describe("evenkeel plan --encrypt-with", () => {
  test("is refused without a bundle, and with what is no key, before anything is planned", async () => {
    const key = "arn:aws:kms:eu-west-1:111122223333:alias/rollouts";
    const without = await evenkeel("plan", "sandbox", "--encrypt-with", key);
    expect([without.code, without.stderr]).toEqual([
      expect.any(Number),
      expect.stringContaining("only written with --out"),
    ]);
    const none = await evenkeel("plan", "sandbox", "--out", "rollouts", "--encrypt-with", "alias/rollouts");
    expect(none.stderr).toContain("is not the ARN of a KMS key or alias");
  });
});

describe("Evidence and alarms", () => {
  test("evidence lies beside the states in S3, and a later one of the same files takes its place", async () => {
    const objects = new ObjectStore(temporaryFolder("evenkeel-evidence-store-"));
    const store = await startStateStore({ objects, account: "111122223333" });
    const restore = inPlaceOfAws(store.url);
    const file = JSON.parse(readFileSync(join(folder, "settled.json.evidence"), "utf8")) as Evidence;
    const evidence = evidenceStoreOf(prod);
    expect(await evidence.read(file.tree)).toBeUndefined();
    const where = await evidence.write(file);
    expect(where).toMatch(new RegExp(`^s3://.*/evenkeel/prod/rollouts/prod/${file.tree}\\.json$`));
    await evidence.write({ ...file, settledAt: "2026-02-01T00:00:00.000Z" });
    expect((await evidence.read(file.tree))?.settledAt).toBe("2026-02-01T00:00:00.000Z");
    await store.stop();
    restore();
    mkdirSync(join(folder, "nothing"), { recursive: true });
    expect(evidenceStoreOf(sandbox)).toBeDefined();
  });

  test("alarms are asked by name, a hundred at once, composite ones too", async () => {
    const asked: { AlarmNames: string[]; AlarmTypes: string[] }[] = [];
    const server = createServer((message, response) => {
      let body = "";
      message.on("data", (chunk) => {
        body += chunk;
      });
      message.on("end", () => {
        const call = JSON.parse(body) as (typeof asked)[number];
        asked.push(call);
        const MetricAlarms = call.AlarmNames.map((AlarmName) => ({ AlarmName, StateValue: "OK" }));
        response.writeHead(200, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify({ MetricAlarms }));
      });
    });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    process.env.AWS_ENDPOINT_URL_CLOUDWATCH = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const credentials = async () => ({ accessKeyId: "a", secretAccessKey: "b" });
    const names = Array.from({ length: 101 }, (_, index) => `a${index}`);
    const found = await alarmsNow(new Map([["eu-west-1", names]]), { account: "1", credentials });
    delete process.env.AWS_ENDPOINT_URL_CLOUDWATCH;
    server.close();
    server.closeAllConnections();
    expect([found.length, found[100]]).toEqual([101, { region: "eu-west-1", name: "a100", state: "OK" }]);
    expect(asked.map(({ AlarmNames, AlarmTypes }) => [AlarmNames.length, AlarmTypes.length])).toEqual([
      [100, 2],
      [1, 2],
    ]);
  });
});
