import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { linkToolkit } from "../../bench/workload/workload-project";
import { runProcess } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";

const minutes = 60_000;
const root = resolve(__dirname, "..", "..");
const project = temporaryFolder("promotion-");
const bin = join(root, "dist", "cli", "main.js");
const key = "arn:aws:kms:eu-north-1:111111111111:key/mrk-1234abcd12ab34cd56ef1234567890ab";
const secret = "hunter2-planted";

/** One function, and nothing that has an alarm: what alarms are like has tests of its own. */
const tiny = (name: string, more: object) => ({
  name,
  description: "What tries rollouts, or takes them",
  stage: "foundation",
  exceptions: { alarms: { enabled: false, reason: "not of interest here" } },
  account: "111111111111",
  disposable: true,
  regions: { home: "eu-west-1" },
  state: { backend: "s3", bucket: "tiny-states", region: "eu-north-1", keyPrefix: `evenkeel/${name}`, kmsKeyArn: key },
  alerts: { emails: ["tiny@example.com"] },
  services: [
    {
      name: "orders",
      function: {
        entry: "services/orders/handler.ts",
        memoryMb: 512,
        timeoutSeconds: 10,
        reservedConcurrency: 10,
        logRetentionDays: 7,
        environment: { GREETING: secret },
      },
    },
  ],
  spendGuard: { monthlyLimitUsd: 200, emails: ["tiny@example.com"] },
  ...more,
});
const write = (file: string, content: string): void => {
  mkdirSync(resolve(project, file, ".."), { recursive: true });
  writeFileSync(join(project, file), content);
};
const run = (program: string, ...args: string[]) =>
  runProcess(program, args, { cwd: project, env: { ...process.env, NO_COLOR: "1", CI: "1" } });
const git = async (...args: string[]): Promise<void> => {
  const { code, stderr } = await run("git", "-c", "user.name=a", "-c", "user.email=a@example.com", ...args);
  if (code !== 0) throw new Error(stderr);
};
const inCloud = async (...args: string[]) => {
  const { code, stdout, stderr } = await run(process.execPath, bin, "simulate", "--", process.execPath, bin, ...args);
  if (!stdout.startsWith("{") || stdout.includes('"error"')) throw new Error(`${args.join(" ")}: ${stdout}\n${stderr}`);
  return { code, stdout, stderr, ...JSON.parse(stdout) };
};
const planned = (name: string) =>
  inCloud("plan", name, "--first-deployment", "--out", "rollouts", "--summary", `${name}.md`, "--json");
const applied = (bundle: string) => inCloud("apply", bundle, "--auto-approve", "--json");

beforeAll(async () => {
  linkToolkit(project);
  write("main.ts", 'import { synthesizeProject } from "evenkeel";\n\nsynthesizeProject();\n');
  write("cdktf.json", JSON.stringify({ language: "typescript", app: "node --require evenkeel/register main.ts" }));
  const bundles = { encryptWith: [key] };
  const environments = [
    tiny("tried", { rollout: { bundles } }),
    tiny("live", { rollout: { bundles, promotion: { from: "tried" } } }),
  ];
  write(
    "evenkeel.config.ts",
    `import { defineEnvironment, defineProject } from "evenkeel";\nexport default defineProject({ environments: ${JSON.stringify(environments)}.map((one) => defineEnvironment(one as never)) });\n`,
  );
  write(".gitignore", ".evenkeel\nrollouts\nnode_modules\ndist\nservices\n*.md\n");
  await git("init", "--quiet", "--initial-branch", "main");
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "tiny");
});

describe("An environment that is promoted from another one", () => {
  test(
    "takes an encrypted bundle once the same files have settled there, and not before",
    async () => {
      const live = await planned("live");
      expect([live.code, live.promotion.says]).toEqual([0, "not settled in tried yet"]);
      const bytes = readFileSync(join(project, live.bundle)).toString("latin1");
      const shown = [bytes, live.stdout, live.stderr, readFileSync(join(project, "live.md"), "utf8")];
      for (const text of shown) expect(text).not.toContain(secret);
      const early = await applied(live.bundle);
      expect([early.code, early.stacks, early.promotion.checks[0].passed]).toEqual([1, [], false]);

      const tried = await applied((await planned("tried")).bundle);
      expect([tried.code, tried.evidence]).toEqual([
        0,
        expect.stringMatching(/^s3:\/\/tiny-states\/evenkeel\/tried\/rollouts\/tried\//),
      ]);
      const done = await applied(live.bundle);
      expect([done.code, done.promotion.passed]).toEqual([0, true]);
      const journal = readFileSync(join(project, ".evenkeel", "simulated", "deploy", "live.journal.jsonl"), "utf8");
      for (const text of [tried.stdout, done.stdout, done.stderr, journal]) expect(text).not.toContain(secret);

      await git("commit", "--quiet", "--allow-empty", "--message", "the same files");
      expect((await applied(live.bundle)).code).toBe(0);
      write("evenkeel.config.ts", `${readFileSync(join(project, "evenkeel.config.ts"), "utf8")}\n`);
      await git("commit", "--quiet", "--all", "--message", "other files");
      const other = await planned("live");
      expect(other.promotion.says).toBe("not settled in tried yet");
      const refused = await applied(other.bundle);
      expect([refused.code, refused.promotion.passed]).toEqual([1, false]);
    },
    20 * minutes,
  );
});
