import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

/** The same with more memory for its function, which is a new version of it in each region. */
const larger = {
  ...grown,
  services: (grown.services ?? []).map((service) => ({
    ...service,
    function: { ...service.function, memoryMb: 640 },
  })),
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

/** Sets the state of an alarm of the simulated cloud. */
const setAlarm = `
const setAlarm = (AlarmName, StateValue) => fetch(process.env.AWS_ENDPOINT_URL, {
  method: "POST",
  headers: {
    authorization: "AWS4-HMAC-SHA256 Credential=a/20260101/eu-central-1/monitoring/aws4_request, SignedHeaders=host, Signature=b",
    "content-type": "application/x-amz-json-1.0",
    "x-amz-target": "GraniteServiceVersion20100801.SetAlarmState",
  },
  body: JSON.stringify({ AlarmName, StateValue, StateReason: "the test says so" }),
}).then((answer) => { if (!answer.ok) throw new Error(String(answer.status)); });
`;

/** Runs a command, and sets an alarm right before CloudWatch is asked for the third time: after the first wave of two regions. */
const withAlarm = `${setAlarm}
const { createServer } = require("node:http");
const { spawn } = require("node:child_process");
const [alarm, ...command] = process.argv.slice(2);
let asked = 0;
const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  if (++asked === 3) await setAlarm(alarm, "ALARM");
  const { host, connection, "content-length": _, ...headers } = request.headers;
  const answer = await fetch(process.env.AWS_ENDPOINT_URL, { method: "POST", headers, body: Buffer.concat(parts) });
  response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") });
  response.end(await answer.text());
});
server.listen(0, "127.0.0.1", () => {
  const env = { ...process.env, AWS_ENDPOINT_URL_CLOUDWATCH: "http://127.0.0.1:" + server.address().port };
  spawn(process.execPath, command, { stdio: "inherit", env }).on("exit", (code) => process.exit(code));
});
`;

interface Planned {
  readonly hasChanges: boolean;
  readonly waves: readonly { region: string | null; stacks: string[]; hasChanges: boolean; regions: string[] }[];
  readonly homeFirst: string | null;
  readonly stacks: readonly {
    stack: string;
    hasChanges: boolean;
    predictedFrom: string[];
    predicted: string[];
    resources: object[];
  }[];
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
/** The regions whose services change, in the order of the waves. */
const servicesIn = ({ waves }: Planned): string[] =>
  waves.flatMap(({ region, hasChanges }) => (hasChanges && region !== null ? [region] : []));
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
  write("with-alarm.js", withAlarm);
  write("set-alarm.js", `${setAlarm}setAlarm(...process.argv.slice(2));`);
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
      // Certificates of the standby region wait for the records of the new domain.
      expect(document.homeFirst).toContain("eu-west-1 goes before standby regions: it makes aws_");
      expect(servicesIn(document)).toEqual(["eu-west-1", "eu-central-1"]);

      await git("switch", "--quiet", "main");
      const elsewhere = await inCloud("apply", bundle, "--auto-approve");
      expect([elsewhere.code, elsewhere.stderr]).toEqual([1, expect.stringContaining("the files: planned at commit")]);
      expect(elsewhere.stderr).toContain("the configuration stacks/shop-keys/cdk.tf.json: has another content");
      await git("merge", "--quiet", "--ff-only", "grow");

      // What was planned before this one was applied is no longer what would be done.
      const applied = await inCloud("apply", bundle, "--auto-approve", "--json");
      expect([applied.code, applied.stderr.match(/Error.*/g)]).toEqual([0, null]);
      const again = await plan("--detailed-exitcode");
      expect([again.code, again.document.hasChanges]).toEqual([0, false]);
      // The commit is synthesized anew in another folder, with the same bytes.
      const { document: same } = await plan("--base", "main");
      expect(same.unchanged).toEqual([
        "shop-keys",
        "shop-data",
        "shop-services-eu-west-1",
        "shop-services-eu-central-1",
        "shop-operations",
        "shop-routing",
      ]);
      expect(same.stacks).toEqual([]);
      const old = await inCloud("apply", first, "--auto-approve");
      expect(old.code).toBe(1);
    },
    15 * minutes,
  );

  test(
    "stops after the standby region on an alarm, goes back there, and forward again once it is off",
    async () => {
      writeShop(larger);
      await git("commit", "--quiet", "--all", "--message", "More memory");
      const { document } = await plan();
      expect([document.homeFirst, servicesIn(document)]).toEqual([null, ["eu-central-1", "eu-west-1"]]);
      const bundle = bundleOf(document);
      const alarm = "shop-orders-function-errors";
      const stopped = await run(
        process.execPath,
        ...[bin, "simulate", "--", process.execPath, "with-alarm.js", alarm],
        ...[bin, "apply", bundle, "--auto-approve"],
      );
      expect([stopped.code, stopped.stderr]).toEqual([3, expect.stringContaining(`alarm ${alarm} is in ALARM`)]);
      expect(stopped.stderr).toMatch(/Not applied:[^.]*shop-services-eu-west-1/);
      expect(stopped.stderr).toContain("--way-back");
      const still = await inCloud("apply", bundle, "--auto-approve");
      expect([still.code, still.stderr]).toEqual([3, expect.stringContaining("are in ALARM already")]);

      // As from another checkout: what there is of the rollout lies beside the states.
      rmSync(join(project, ".evenkeel", "simulated", "deploy"), { recursive: true });
      const back = await inCloud("apply", bundle, "--way-back", "--auto-approve", "--json");
      expect([back.code, JSON.parse(back.stdout)]).toMatchObject([
        0,
        { takenBack: [{ functionName: "shop-orders", region: "eu-central-1", before: "2", result: "moved" }] },
      ]);
      const again = await inCloud("apply", bundle, "--auto-approve");
      expect([again.code, again.stderr]).toEqual([1, expect.stringContaining("was taken back on")]);

      const set = await run(
        process.execPath,
        ...[bin, "simulate", "--", process.execPath, "set-alarm.js", alarm, "OK"],
      );
      expect(set.code).toBe(0);
      const forward = await plan();
      expect(servicesIn(forward.document)).toEqual(["eu-central-1", "eu-west-1"]);
      const standby = forward.document.stacks.find(({ stack }) => stack === "shop-services-eu-central-1");
      expect(standby?.resources).toEqual([{ address: "aws_lambda_alias.orders_function_alias", outcome: "changed" }]);
      const applied = await inCloud("apply", bundleOf(forward.document), "--auto-approve", "--json");
      expect([applied.code, applied.stderr.match(/Error.*/g)]).toEqual([0, null]);
      const settled = await plan("--detailed-exitcode");
      expect([settled.code, settled.document.hasChanges]).toEqual([0, false]);
      writeShop(grown);
      await git("commit", "--quiet", "--all", "--message", "Less memory");
    },
    20 * minutes,
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
