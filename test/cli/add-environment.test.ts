import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { addDocument } from "../../cli/documents/init";
import type { ProjectTerms } from "../../config";
import { environmentFile, newEnvironment } from "../../scaffold";
import { runProcess } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";

const root = resolve(__dirname, "..", "..");
const first = { name: "sandbox", account: "111111111111", home: "eu-west-1", standby: ["eu-central-1"] } as const;

const state = {
  bucket: "states-of-{account}",
  region: "eu-north-1",
  keyPrefix: "shop/{environment}",
  kmsKeyArn: "arn:{partition}:kms:eu-north-1:{account}:key/mrk-1234abcd12ab34cd56ef1234567890ab",
};
const alerts = { emails: ["on-call@example.com"] };

/** A project with one environment, in which the toolkit is installed. */
function projectWith(terms: ProjectTerms, rules = "[]"): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "environments"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(root, join(folder, "node_modules", "evenkeel"), "junction");
  const input = newEnvironment({
    ...first,
    stage: "foundation",
    email: "platform@example.com",
    tags: { Team: "shop" },
  });
  writeFileSync(join(folder, "environments", "sandbox.ts"), environmentFile(input, "evenkeel"));
  writeFileSync(
    join(folder, "evenkeel.config.ts"),
    [
      'import { defineProject } from "evenkeel";',
      'import sandbox from "./environments/sandbox";',
      `export default defineProject({ ...${JSON.stringify(terms)}, rules: ${rules}, environments: [sandbox] });`,
      "",
    ].join("\n"),
  );
  return folder;
}

const evenkeel = (folder: string, ...args: string[]) =>
  runProcess(process.execPath, [join(root, "dist", "cli", "main.js"), ...args], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: "1" },
  });

const written = (folder: string) => readFileSync(join(folder, "environments", "qa.ts"), "utf8");

async function added(folder: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await evenkeel(folder, "add", "environment", "qa", "-y", "--json", ...args);
  expect([code, stderr]).toEqual([0, ""]);
  expect(addDocument.schema.parse(JSON.parse(stdout))).toMatchObject({ added: "environment", name: "qa" });
  return written(folder);
}

/** What is said of a new environment that is refused; nothing is written then. */
async function refused(folder: string, ...args: string[]): Promise<string> {
  const config = readFileSync(join(folder, "evenkeel.config.ts"), "utf8");
  const { code, stderr } = await evenkeel(folder, "add", "environment", "qa", "-y", ...args);
  expect(code).toBe(1);
  expect(existsSync(join(folder, "environments", "qa.ts"))).toBe(false);
  expect(readFileSync(join(folder, "evenkeel.config.ts"), "utf8")).toBe(config);
  return stderr;
}

describe("evenkeel add environment", () => {
  test("leaves to the organisation what it gives", async () => {
    const folder = projectWith({ organisation: { defaults: { state, alerts } } });
    const text = await added(folder);
    expect(text).not.toMatch(/state:|alerts:|disposable:/);
    expect(text).toContain('emails: ["on-call@example.com"]');
    const { code, stdout, stderr } = await evenkeel(folder, "recovery", "qa");
    expect([code, stderr, stdout]).toEqual([0, "", expect.stringContaining("qa")]);
  });

  test("writes what the organisation does not give, and what options say", async () => {
    const { kmsKeyArn: _, ...rest } = state;
    const folder = projectWith({ organisation: { defaults: { state: rest, alerts } } });
    expect(await refused(folder)).toContain(
      "organisation.defaults.state of evenkeel.config.ts gives no kmsKeyArn; add --state-key",
    );
    const key = "arn:aws:kms:eu-north-1:111111111111:key/mrk-1234abcd12ab34cd56ef1234567890ab";
    const text = await added(folder, "--state-key", key, "--email", "qa@example.com");
    expect(text).toContain(`state: {\n    backend: "s3",\n    kmsKeyArn: "${key}",\n  }`);
    expect(text).toContain('alerts: {\n    emails: ["qa@example.com"],\n  }');
  });

  test("takes an account and regions that the organisation allows, and tags that it requires", async () => {
    const folder = projectWith({
      organisation: {
        limits: { accounts: ["222222222222"], regions: ["eu-north-1", "eu-central-1"], requiredTags: { Team: {} } },
      },
    });
    expect(await refused(folder)).toContain("tags.Team: is required by the organisation");
    expect(await refused(folder, "--tags", "Team")).toContain(
      '--tags contains "Team", which is no tag; write key=value',
    );
    const text = await added(folder, "--tags", "Team=shop,Owner=us");
    expect(text).toContain('account: "222222222222"');
    expect(text).toContain('home: "eu-north-1",\n    standby: ["eu-central-1"]');
    expect(text).toContain('tags: {\n    Team: "shop",\n    Owner: "us",\n  }');
  });

  test("writes nothing that breaks a limit or a rule of the project", async () => {
    const rule = `[{ id: "no-qa", statement: "No environment is called qa.", check: ({ name }, report) => {
      if (name === "qa") report(["name"], "is refused by a rule; use another name");
    } }]`;
    const folder = projectWith({ organisation: { limits: { regions: ["eu-west-1", "eu-central-1"] } } }, rule);
    const message = await refused(folder, "--home", "us-east-1");
    expect(message).toContain('environment "qa": 2 mistakes');
    expect(message).toContain("name: is refused by a rule; use another name");
    expect(message).toContain(
      "regions.home: is not a region that the organisation allows (organisation.limits.regions); use one of eu-west-1, eu-central-1",
    );
  });

  test("is told of a file that is there already, and of a name that begins with another's", async () => {
    const folder = projectWith({});
    expect(await evenkeel(folder, "add", "environment", "sandbox", "-y")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("environments/sandbox.ts exists already, and nothing is overwritten"),
    });
    expect(await evenkeel(folder, "add", "environment", "sandbox-two", "-y")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("begins with the name of another environment"),
    });
    expect(await added(folder)).toMatch(/disposable: true[\s\S]*state: \{\n {4}backend: "local"/);
  });
});
