import { readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { linkToolkit } from "../../bench/workload/workload-project";
import { previewsListDocument, previewsSweepDocument } from "../../cli/documents/previews";
import { PreviewRecords } from "../../cli/previews/place";
import { defineEnvironment } from "../../config";
import { type Simulator, startSimulator } from "../../simulator";
import { type ProcessResult, runProcess, startProcess } from "../../terraform";
import { inPlaceOfAws } from "../support/in-place-of-aws";
import { temporaryFolder } from "../support/temporary-folder";

const minutes = 60_000;
const bin = resolve(__dirname, "..", "..", "dist", "cli", "main.js");

const small = {
  description: "A pull request",
  stage: "foundation",
  disposable: true,
  account: "222222222222",
  regions: { home: "eu-west-1", standby: ["eu-central-1"] },
  state: {
    backend: "s3",
    bucket: "shop-states",
    region: "eu-north-1",
    keyPrefix: "evenkeel/previews",
    kmsKeyArn: "arn:aws:kms:eu-north-1:222222222222:key/mrk-1234abcd12ab34cd56ef1234567890ab",
  },
  alerts: { emails: ["shop@example.com"] },
  tables: [{ name: "orders", partitionKey: "id", attributes: { id: "S" }, deletionProtection: false }],
  services: [],
  spendGuard: { monthlyLimitUsd: 20, emails: ["shop@example.com"] },
} as const;

/** What a branch changes: a stage with replicas in another region, and a bus, which is a stack of its own. */
const branch = { stage: "hardening", eventBuses: [{ name: "orders", archiveRetentionDays: 1 }] };

/**
 * Previews of a project of somebody: real Terraform on the simulated cloud, and the verbs as processes, one step after the other. The branch
 * of a preview is checked out only while it is deployed.
 */
describe("Previews", () => {
  const project = temporaryFolder("evenkeel-previews-");
  const directory = join(project, ".evenkeel", "simulated");
  let cloud: Simulator;

  beforeAll(async () => {
    linkToolkit(project);
    writeFileSync(join(project, "main.ts"), 'import { synthesizeProject } from "evenkeel";\n\nsynthesizeProject();\n');
    const app = "node --require evenkeel/register main.ts";
    writeFileSync(join(project, "cdktf.json"), JSON.stringify({ language: "typescript", app }));
    checkOut({});
    cloud = await startSimulator({ directory });
  }, minutes);
  afterAll(() => cloud?.stop());

  /** Writes the project as a commit has it. */
  function checkOut(changes: object): void {
    const input = JSON.stringify({ ...small, ...changes });
    const config = [
      'import { defineEnvironment, definePreviews, defineProject } from "evenkeel";',
      `const dev = defineEnvironment({ ...${JSON.stringify(small)}, name: "dev" });`,
      "const previews = definePreviews({",
      '  prefix: "pr",',
      "  atMost: 2,",
      `  environment: ({ name }) => defineEnvironment({ ...${input}, name }),`,
      "});",
      "export default defineProject({ environments: [dev], previews });",
    ];
    writeFileSync(join(project, "evenkeel.config.ts"), config.join("\n"));
  }

  const env = (): NodeJS.ProcessEnv => ({
    ...process.env,
    ...cloud.env,
    EVENKEEL_SIMULATED: directory,
    NO_COLOR: "1",
  });
  const evenkeel = (...args: string[]): Promise<ProcessResult> =>
    runProcess(process.execPath, [bin, ...args], { cwd: project, env: env() });

  async function succeed(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await evenkeel(...args);
    if (code !== 0) throw new Error(`${args.join(" ")}: ${code}\n${stdout}${stderr}`);
    return stdout;
  }

  const listed = async () => {
    const document = previewsListDocument.schema.parse(JSON.parse(await succeed("previews", "list", "--json")));
    const { previews } = document as unknown as {
      readonly previews: readonly { readonly name: string; readonly stacks: string[]; readonly expired: boolean }[];
    };
    return previews;
  };

  /** Has a preview expire an hour ago. */
  async function expire(name: string): Promise<void> {
    const restore = inPlaceOfAws(String(cloud.env.AWS_ENDPOINT_URL));
    try {
      const records = new PreviewRecords(defineEnvironment({ ...small, name } as never));
      const found = await records.read(name);
      if (!found) throw new Error(`${name} has no record`);
      await records.write({ ...found.record, expires: new Date(Date.now() - 3_600_000).toISOString() }, found);
    } finally {
      restore();
    }
  }

  const sweep = async (code: number) => {
    const result = await evenkeel("previews", "sweep", "--auto-approve", "--json");
    expect([result.code, result.stderr]).toEqual([code, expect.anything()]);
    return previewsSweepDocument.schema.parse(JSON.parse(result.stdout)) as unknown as {
      readonly swept: readonly {
        readonly name: string;
        readonly destroyed: boolean;
        readonly failure: string | null;
      }[];
      readonly left: readonly { readonly name: string }[];
    };
  };
  const standing = (name: string) =>
    cloud.inventory.all().filter(({ state }) => JSON.stringify(state).includes(`${name}-`));

  test(
    "are deployed by their names, and as many as the project allows",
    async () => {
      checkOut(branch);
      await succeed("deploy", "pr-7", "--auto-approve");
      checkOut({});
      await succeed("deploy", "pr-8", "--auto-approve");
      const [first, second] = await listed();
      expect([first?.name, first?.expired, first?.stacks.includes("pr-7-events")]).toEqual(["pr-7", false, true]);
      expect([second?.name, second?.stacks.includes("pr-8-events")]).toEqual(["pr-8", false]);
      const third = await evenkeel("deploy", "pr-9", "--auto-approve");
      expect([third.code, third.stderr]).toEqual([1, expect.stringContaining("2 other previews stand")]);
      expect(standing("pr-9")).toEqual([]);
      // One that stands may be deployed again.
      await succeed("deploy", "pr-8", "--auto-approve");
    },
    5 * minutes,
  );

  test(
    "are not applied as bundles, which would not expire",
    async () => {
      const { bundle } = JSON.parse(await succeed("plan", "pr-8", "--out", "rollouts", "--json"));
      const [file] = readdirSync(join(project, "rollouts"));
      expect(bundle).toBeDefined();
      const { code, stderr } = await evenkeel("apply", join("rollouts", file ?? ""), "--auto-approve");
      expect([code, stderr]).toEqual([1, expect.stringContaining("pr-8 is a preview, which nobody reviews")]);
    },
    3 * minutes,
  );

  test(
    "stay until they have expired, and are then destroyed with what only their branch had, by whoever has main",
    async () => {
      expect(await sweep(0)).toMatchObject({ swept: [], left: [{ name: "pr-7" }, { name: "pr-8" }] });
      await expire("pr-7");
      expect(standing("pr-7").map(({ type }) => type)).toContain("aws_cloudwatch_event_bus");
      expect(await sweep(0)).toMatchObject({ swept: [{ name: "pr-7", destroyed: true }], left: [{ name: "pr-8" }] });
      expect(standing("pr-7")).toEqual([]);
      expect(standing("pr-8")).not.toEqual([]);
    },
    5 * minutes,
  );

  test(
    "are destroyed by the next sweep where a destruction is killed",
    async () => {
      await expire("pr-8");
      const killed = startProcess(process.execPath, [bin, "destroy", "pr-8", "--auto-approve"], {
        cwd: project,
        env: env(),
        stdio: ["ignore", "ignore", "pipe"],
      });
      await new Promise<void>((begun) => {
        killed.child.stderr?.on("data", (text: Buffer) => {
          if (text.toString().includes("destroying")) begun();
        });
      });
      killed.child.kill("SIGKILL");
      await killed.ended.catch(() => {});
      expect((await listed()).map(({ name }) => name)).toEqual(["pr-8"]);
      expect(await sweep(0)).toMatchObject({ swept: [{ name: "pr-8", destroyed: true }], left: [] });
      expect(await listed()).toEqual([]);
      expect(cloud.inventory.all().map(({ type, state }) => `${type} ${state.id}`)).toEqual([]);
    },
    5 * minutes,
  );

  test(
    "that are gone are nothing to destroy, and can be deployed once more",
    async () => {
      await succeed("destroy", "pr-7", "--auto-approve");
      await succeed("deploy", "pr-7", "--auto-approve");
      await succeed("destroy", "pr-7", "--auto-approve");
      expect(cloud.inventory.all().map(({ type, state }) => `${type} ${state.id}`)).toEqual([]);
      expect(await listed()).toEqual([]);
    },
    5 * minutes,
  );
});
