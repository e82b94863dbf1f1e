import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { engines } from "../../scaffold";
import { runProcess } from "../../terraform";
import { pack, succeed } from "../support/packed";
import { temporaryFolder } from "../support/temporary-folder";
import { userEnvironment } from "../support/user-environment";
import { isWhole } from "../support/whole-proofs";
import { OwnWork } from "./new-project/own-work";

const minutes = 60_000;
const parent = temporaryFolder("new-project-");
const project = join(parent, "platform");
const temporary = join(parent, "temporary");
const env = userEnvironment(temporary);

beforeAll(() => {
  mkdirSync(temporary);
});

const npx = (...args: string[]) => succeed("npx", ["--no-install", ...args], project, env);
const evenkeel = (...args: string[]) => npx("evenkeel", ...args);
const failure = async (...args: string[]) => {
  const options = { cwd: project, env: { ...process.env, ...env } };
  const { code, stdout, stderr } = await runProcess("npx", ["--no-install", "evenkeel", ...args], options);
  expect([code, stderr]).toEqual([1, expect.not.stringMatching(/^\s+at /m)]);
  return `${stdout}${stderr}`;
};
const own = new OwnWork(project, engines.cdktf);

/** What a user does in an empty folder with the package alone, from the first command to a capability of their own. */
describe("From nothing, with the packed package", () => {
  test(
    "two commands deploy an environment on the simulated cloud and promote it through every stage",
    async () => {
      const tarball = await pack();
      const written = await succeed(
        "npx",
        ["--yes", "--package", tarball, "evenkeel", "init", "platform", "-y"],
        parent,
        env,
      );
      expect(written).toContain("cd platform\n  npm run demo");
      const shown = await succeed("npm", ["run", "demo"], project, env);
      expect(shown).toContain("optimization brings: secretRotation");
      expect(shown).toContain("Nothing was created in AWS.");
    },
    15 * minutes,
  );

  test(
    "a service, a table and an environment are added, and nothing is overwritten",
    async () => {
      await evenkeel("add", "service", "orders", "-y");
      await evenkeel("add", "table", "orders", "--partition-key", "orderId", "--environment", "sandbox", "-y");
      await evenkeel("add", "environment", "qa", "-y");
      expect(await failure("add", "service", "orders", "-y")).toContain("has one of this name already");
      expect(await failure("add", "environment", "qa", "-y")).toContain("environments/qa.ts exists already");
      await npx("tsc");
      await npx("jest", "test/orders", "test/hello");
    },
    5 * minutes,
  );

  test(
    "every verb works",
    async () => {
      expect(await evenkeel("describe", "sandbox")).toContain("sandbox-services-eu-west-1");
      expect(await evenkeel("describe", "qa")).toContain("qa-keys");
      expect(await evenkeel("recovery", "sandbox")).toContain("Recovery of sandbox in eu-central-1");
      expect(await evenkeel("account", "sandbox")).toContain("eu-west-1");
      expect(await evenkeel("doctor")).toContain("Nothing is wrong.");
      expect(await failure("topology", "sandbox")).toContain("elkjs");
      await evenkeel("report", "sandbox", "--output", ".evenkeel/report.html");
      expect(readFileSync(join(project, ".evenkeel", "report.html"), "utf8")).toContain(
        "npm install --save-dev elkjs@0.12",
      );
      expect(await failure("describe", "prdo")).toContain("is not an environment of this project");
      const rehearsed = await evenkeel("rehearse", "sandbox", "--from", "foundation", "--to", "optimization");
      expect(rehearsed).toContain("No violation");
      const inCloud = (...args: string[]) => evenkeel("simulate", "--", "npx", "--no-install", "evenkeel", ...args);
      await inCloud("deploy", "sandbox", "--auto-approve");
      expect(await evenkeel("inventory")).toContain("sandbox-orders");
      expect(existsSync(join(project, ".evenkeel", "state"))).toBe(false);
      await inCloud("destroy", "sandbox", "--auto-approve");
      expect(await evenkeel("inventory")).not.toContain("sandbox-orders");
    },
    10 * minutes,
  );

  test(
    "a capability, a rule and a gate of the team's own work without a change of the package",
    async () => {
      own.useAuditTrail();
      expect(await failure("describe", "sandbox")).toContain(
        "services[0].function.logRetentionDays: is too short for an audit; use 365 or more (received 30)",
      );
      own.correct();
      await npx("tsc");
      expect(await evenkeel("describe", "sandbox")).toContain("auditTrail");
      expect(await failure("gate", own.refusedPlan())).toContain("audit-trails-stay");
    },
    5 * minutes,
  );

  test(
    "a stack of the team's own, with a module of its own, stands beside ours",
    async () => {
      own.useOwnStacks();
      own.addTest();
      await npx("tsc");
      expect(await evenkeel("describe", "qa")).toContain("qa-reports");
    },
    5 * minutes,
  );

  // The first hour of the documentation ends with them as well.
  if (isWhole) {
    test(
      "its own tests deploy and promote every environment",
      async () => {
        const { code, stderr } = await runProcess("npm", ["test"], { cwd: project, env: { ...process.env, ...env } });
        expect([code, stderr]).toEqual([0, expect.stringContaining("Tests:")]);
      },
      15 * minutes,
    );
  }
});
