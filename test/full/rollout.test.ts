import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { linkToolkit } from "../../bench/workload/workload-project";
import type { EnvironmentInput } from "../../config";
import { type ProcessResult, runProcess } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";

const minutes = 60_000;
const root = resolve(__dirname, "..", "..");
const project = temporaryFolder("rollout-");
const bin = join(root, "dist", "cli", "main.js");

const tables = {
  orders: {
    name: "orders",
    partitionKey: "pk",
    sortKey: "sk",
    attributes: { pk: "S", sk: "S", customerId: "S", createdAt: "S" },
    globalSecondaryIndexes: [{ name: "by-customer", partitionKey: "customerId", sortKey: "createdAt" }],
    timeToLiveAttribute: "expiresAt",
  },
  returns: { name: "returns", partitionKey: "pk", attributes: { pk: "S" } },
} as const;

/** A shop in two regions, small enough to be planned and applied several times. */
const shop: EnvironmentInput = {
  name: "shop",
  description: "What is rolled out",
  stage: "optimization",
  exceptions: { chaosExperiments: { enabled: false, reason: "not of interest here" } },
  account: "111111111111",
  regions: { home: "eu-west-1", standby: ["eu-central-1"] },
  state: {
    backend: "s3",
    bucket: "shop-states",
    region: "eu-north-1",
    keyPrefix: "evenkeel/shop",
    kmsKeyArn: "arn:aws:kms:eu-north-1:111111111111:key/mrk-1234abcd12ab34cd56ef1234567890ab",
  },
  alerts: { emails: ["shop@example.com"] },
  tables: [tables.orders],
  services: [
    {
      name: "orders",
      function: {
        entry: "services/orders/handler.ts",
        memoryMb: 512,
        timeoutSeconds: 10,
        reservedConcurrency: 10,
        logRetentionDays: 7,
      },
      tables: { orders: { access: "read-write" } },
      api: { routes: { "GET /health": { authorization: "NONE" } }, logRetentionDays: 7 },
    },
  ],
  spendGuard: { monthlyLimitUsd: 200, emails: ["shop@example.com"] },
} as unknown as EnvironmentInput;

/** The same with a domain, a table more, and another period of rotation: through keys, data, services and routing. */
const grown = {
  ...shop,
  keys: { data: { description: "Orders of the shop", rotationPeriodDays: 180 } },
  tables: [tables.orders, tables.returns],
  services: (shop.services ?? []).map((service) => ({
    ...service,
    tables: { ...service.tables, returns: { access: "read-write", variable: "RETURNS_TABLE" } },
    hostedZoneId: "Z0SHOPEXAMPLE",
    api: { ...service.api, domainName: "orders.example.com" },
  })),
} as unknown as EnvironmentInput;

/** The same with another key of a table, which would be replaced. */
const replacing = {
  ...grown,
  tables: [tables.orders, { ...tables.returns, partitionKey: "id", attributes: { id: "S" } }],
} as unknown as EnvironmentInput;

const write = (file: string, content: string): void => {
  mkdirSync(resolve(project, file, ".."), { recursive: true });
  writeFileSync(join(project, file), content);
};
const writeShop = (input: EnvironmentInput): void =>
  write(
    "environments/shop.ts",
    `import { defineEnvironment } from "evenkeel";\nexport default defineEnvironment(${JSON.stringify(input, null, 2)});\n`,
  );

const run = (program: string, ...args: string[]): Promise<ProcessResult> =>
  runProcess(program, args, { cwd: project, env: { ...process.env, NO_COLOR: "1", CI: "1" } });
const git = async (...args: string[]): Promise<string> => {
  const { code, stdout, stderr } = await run("git", "-c", "user.name=a", "-c", "user.email=a@example.com", ...args);
  if (code !== 0) throw new Error(stderr);
  return stdout.trim();
};
const inCloud = (...args: string[]): Promise<ProcessResult> =>
  run(process.execPath, bin, "simulate", "--", process.execPath, bin, ...args);

interface Planned {
  readonly hasChanges: boolean;
  readonly stacks: readonly { stack: string; hasChanges: boolean; predictedFrom: string[]; predicted: string[] }[];
  readonly removals: readonly { stack: string; address: string; outcome: string; because: string[] }[];
  readonly violations: readonly { rule: string; stack: string; address: string }[];
  readonly unpredictable: readonly { stack: string; because: string }[];
  readonly notPlanned: readonly string[];
  readonly base: { readonly withoutFigures: string | null } | null;
  readonly unchanged: readonly string[];
  readonly bundle: string | null;
}
const plan = async (...options: string[]): Promise<{ code?: number; document: Planned; stderr: string }> => {
  const { code, stdout, stderr } = await inCloud("plan", "shop", "--json", "--out", "rollouts", ...options);
  if (!stdout.includes('"violations"')) throw new Error(stderr);
  return { code, document: JSON.parse(stdout) as Planned, stderr };
};
const bundleOf = ({ bundle }: Planned): string => {
  if (bundle === null) throw new Error("no bundle was written");
  return bundle;
};

beforeAll(async () => {
  linkToolkit(project);
  write("main.ts", 'import { synthesizeProject } from "evenkeel";\n\nsynthesizeProject();\n');
  write("cdktf.json", JSON.stringify({ language: "typescript", app: "node --require evenkeel/register main.ts" }));
  write(
    "evenkeel.config.ts",
    [
      'import { defineProject } from "evenkeel";',
      'import dev from "./environments/dev";',
      'import shop from "./environments/shop";',
      "export default defineProject({ environments: [dev, shop] });",
    ].join("\n"),
  );
  const { state: _, ...rest } = shop;
  const dev = {
    ...rest,
    name: "dev",
    stage: "foundation",
    exceptions: {},
    state: { backend: "local" },
    disposable: true,
  };
  write(
    "environments/dev.ts",
    `import { defineEnvironment } from "evenkeel";\nexport default defineEnvironment(${JSON.stringify({ ...dev, tables: [{ ...tables.orders, deletionProtection: false }] })} as never);\n`,
  );
  // The toolkit, which is a link here, is part of each commit, as an installed one would be.
  write(".gitignore", ".evenkeel\nrollouts\nnode_modules\n");
  writeShop(shop);
  await git("init", "--quiet", "--initial-branch", "main");
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "A shop");
});

describe("A rollout of a repository", () => {
  let first: string;

  test(
    "is planned from nothing, every stack of it, and applied as it was planned",
    async () => {
      const { code, document } = await plan("--detailed-exitcode");
      expect([code, document.hasChanges, document.violations]).toEqual([2, true, []]);
      const read = Object.fromEntries(document.stacks.map(({ stack, predictedFrom }) => [stack, predictedFrom]));
      expect(read["shop-keys"]).toEqual([]);
      expect(read["shop-services-eu-west-1"]).toEqual(expect.arrayContaining(["shop-data", "shop-keys"]));
      first = bundleOf(document);
      const applied = await inCloud("apply", first, "--auto-approve", "--json");
      expect([applied.code, applied.stderr.match(/Error.*/g)]).toEqual([0, null]);
      const again = await plan("--detailed-exitcode");
      expect([again.code, again.document.hasChanges]).toEqual([0, false]);
    },
    15 * minutes,
  );

  test(
    "goes through keys, data, services and routing on a branch, and is applied from the merged commit alone",
    async () => {
      await git("switch", "--quiet", "--create", "grow");
      writeShop(grown);
      await git("commit", "--quiet", "--all", "--message", "Take returns, and have a domain");
      const { code, document } = await plan("--base", "main");
      expect([code, document.violations]).toEqual([0, []]);
      // It goes through all of them; main itself says what it costs.
      expect([document.base?.withoutFigures, document.unchanged]).toEqual([null, []]);
      // What is backed up is replaced when a table more is; it holds nothing.
      expect(document.removals).toEqual([
        {
          stack: "shop-operations",
          address: "aws_backup_selection.backups_tables",
          outcome: "replaced",
          because: ["resources"],
        },
      ]);
      const changed = document.stacks.filter(({ hasChanges }) => hasChanges).map(({ stack }) => stack);
      expect(changed).toEqual(
        expect.arrayContaining([
          "shop-keys",
          "shop-data",
          "shop-services-eu-west-1",
          "shop-services-eu-central-1",
          "shop-routing",
        ]),
      );
      const routing = document.stacks.find(({ stack }) => stack === "shop-routing");
      expect(routing?.predictedFrom).toEqual(expect.arrayContaining(["shop-services-eu-west-1"]));
      expect(routing?.predicted.length).toBeGreaterThan(0);
      const bundle = bundleOf(document);

      await git("switch", "--quiet", "main");
      const elsewhere = await inCloud("apply", bundle, "--auto-approve");
      expect([elsewhere.code, elsewhere.stderr]).toEqual([1, expect.stringContaining("the commit: planned at")]);
      expect(elsewhere.stderr).toContain("the configuration stacks/shop-keys/cdk.tf.json: has another content");
      await git("merge", "--quiet", "--ff-only", "grow");

      // What was planned before this one was applied is no longer what would be done.
      const applied = await inCloud("apply", bundle, "--auto-approve", "--json");
      expect([applied.code, applied.stderr.match(/Error.*/g)]).toEqual([0, null]);
      const again = await plan("--detailed-exitcode");
      expect([again.code, again.document.hasChanges]).toEqual([0, false]);
      // The commit is synthesized anew in another folder. Here the toolkit and the services are links that lead out of the repository, so
      // that esbuild gives other names in functions there, and their stacks are planned once too often.
      const { document: same } = await plan("--base", "main");
      expect(same.unchanged).toEqual(["shop-keys", "shop-data", "shop-operations", "shop-routing"]);
      expect(same.stacks.map(({ stack, hasChanges }) => [stack, hasChanges])).toEqual([
        ["shop-services-eu-west-1", false],
        ["shop-services-eu-central-1", false],
      ]);
      const old = await inCloud("apply", first, "--auto-approve");
      expect(old.code).toBe(1);
    },
    15 * minutes,
  );

  test(
    "that would replace a table is refused, with its address and the reason, and there is nothing to apply",
    async () => {
      writeShop(replacing);
      const { code, document } = await plan();
      expect([code, document.bundle]).toEqual([1, null]);
      // AWS itself would refuse halfway, and nothing is known of what comes after.
      expect(document.unpredictable).toEqual([
        { stack: "shop-data", because: expect.stringContaining("currently protected against deletion") },
      ]);
      expect(document.notPlanned).toEqual(expect.arrayContaining(["shop-services-eu-west-1", "shop-routing"]));
      expect(document.violations).toContainEqual(
        expect.objectContaining({
          rule: "no-data-loss",
          stack: "shop-data",
          address: "aws_dynamodb_table.returns_table",
        }),
      );
      expect(document.removals).toContainEqual(
        expect.objectContaining({ address: "aws_dynamodb_table.returns_table", outcome: "replaced" }),
      );
      writeShop(grown);
    },
    10 * minutes,
  );

  test(
    "whose bundle has one byte changed is refused, with its name",
    async () => {
      const file = join(project, "rollouts", readdirSync(join(project, "rollouts"))[0] ?? "");
      const bytes = readFileSync(file);
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      writeFileSync(file, bytes);
      const { code, stderr } = await inCloud("apply", file, "--auto-approve");
      expect([code, stderr]).toEqual([
        2,
        expect.stringContaining(`${basename(file)}: is not the bundle that was written`),
      ]);
    },
    2 * minutes,
  );
});
