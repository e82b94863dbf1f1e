import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { moveDocument } from "../../cli/documents/move";
import { planDocument } from "../../cli/documents/plan";
import { type Simulator, startSimulator } from "../../simulator";
import { type ProcessResult, runProcess, runTerraform } from "../../terraform";
import { writeProject } from "../support/project-app";
import { temporaryFolder } from "../support/temporary-folder";

const minutes = 60_000;
const bin = resolve(__dirname, "..", "..", "dist", "cli", "main.js");
const provider = "aws.eu-west-1";

const table = {
  provider,
  name: "legacy-orders",
  billing_mode: "PAY_PER_REQUEST",
  hash_key: "id",
  attribute: [{ name: "id", type: "S" }],
  deletion_protection_enabled: true,
};
const key = { provider, description: "orders", enable_key_rotation: true };
const alias = (of: string) => ({
  provider,
  name: "alias/legacy-orders",
  target_key_id: `$\{aws_kms_key.${of}.key_id}`,
});
const bus = { provider, name: "legacy-orders" };
const zone = { provider, name: "orders.example.com" };

const adopted = {
  data: {
    aws_dynamodb_table: { orders: table },
    aws_kms_key: { orders: key },
    aws_kms_alias: { orders: alias("orders") },
    aws_cloudwatch_event_bus: { orders: bus },
  },
  dns: { aws_route53_zone: { orders: zone }, aws_sqs_queue: { fresh: { provider, name: "fresh" } } },
};

/**
 * A stack that plain Terraform made elsewhere, taken in by an environment, and what becomes of it there: real Terraform on the
 * simulated cloud, and the verb as a process, one step after the other.
 */
describe("evenkeel move", () => {
  const project = temporaryFolder("evenkeel-moves-");
  const directory = join(project, ".evenkeel", "simulated");
  let cloud: Simulator;
  /** What plain Terraform made: type and id. */
  let made: string[];

  beforeAll(async () => {
    writeProject(project, `"${process.execPath}" "${join(__dirname, "..", "cli", "fixtures", "moves-app.js")}"`);
    symlinkSync(resolve(__dirname, "..", "..", "services"), join(project, "services"), "junction");
    cloud = await startSimulator({ directory });
  }, minutes);
  afterAll(() => cloud?.stop());

  const configure = (stacks: object) => writeFileSync(join(project, "stacks.json"), JSON.stringify(stacks));

  const evenkeel = (...args: string[]): Promise<ProcessResult> =>
    runProcess(process.execPath, [bin, ...args], {
      cwd: project,
      env: { ...process.env, ...cloud.env, EVENKEEL_SIMULATED: directory, NO_COLOR: "1" },
    });

  async function moved(code: number, ...args: string[]) {
    const result = await evenkeel("move", "sandbox", "--json", ...args);
    if (result.code !== code) throw new Error(`${result.code}: ${result.stdout}${result.stderr}`);
    return moveDocument.schema.parse(JSON.parse(result.stdout)) as unknown as {
      readonly moves: readonly Readonly<Record<"kind" | "stack" | "address" | "from" | "because", string>>[];
      readonly settled: readonly { readonly stack: string; readonly settled: boolean }[];
      readonly refused: readonly { readonly address: string; readonly message: string }[];
      readonly done: readonly object[];
    } & Readonly<Record<string, unknown>>;
  }

  async function deployed(): Promise<void> {
    const { code, stderr } = await evenkeel("deploy", "sandbox", "--auto-approve");
    expect([code, stderr]).toEqual([0, expect.anything()]);
  }

  const existing = () =>
    cloud.inventory
      .all()
      .map(({ type, state }) => `${type} ${String(state.id)} ${String(state.arn)}`)
      .sort();
  const file = () => JSON.parse(readFileSync(join(project, "moves", "sandbox.json"), "utf8")) as unknown;

  test(
    "takes in what plain Terraform made: nothing is made anew, and the plan after it is empty",
    async () => {
      const legacy = join(project, "legacy");
      mkdirSync(legacy);
      const own = { ...adopted.data, aws_route53_zone: { orders: zone } };
      writeFileSync(
        join(legacy, "main.tf.json"),
        JSON.stringify({
          terraform: { required_providers: { aws: { source: "hashicorp/aws", version: "5.100.0" } } },
          provider: { aws: { alias: "eu-west-1", region: "eu-west-1", allowed_account_ids: ["111111111111"] } },
          resource: own,
        }),
      );
      for (const args of [["init"], ["apply", "-auto-approve"]]) {
        const { code, stderr } = await runTerraform(args, {
          cwd: legacy,
          env: { ...process.env, ...cloud.env },
          terraform: cloud.terraform,
        });
        expect([code, stderr]).toEqual([0, ""]);
      }
      made = existing();
      const zoneId = /aws_route53_zone (\S+)/.exec(made.join("\n"))?.[1] ?? "";
      const keyId = /aws_kms_key (\S+)/.exec(made.join("\n"))?.[1] ?? "";

      configure(adopted);
      const { moves, settled } = await moved(0, "--adopt", "--import", `aws_route53_zone.orders=${zoneId}`);
      expect(moves.map(({ kind, stack, address, from }) => [kind, stack, address, from])).toEqual([
        ["import", "sandbox-dns", "aws_route53_zone.orders", zoneId],
        ["import", "sandbox-data", "aws_cloudwatch_event_bus.orders", "legacy-orders"],
        ["import", "sandbox-data", "aws_dynamodb_table.orders", "legacy-orders"],
        ["import", "sandbox-data", "aws_kms_alias.orders", "alias/legacy-orders"],
        // Its alias tells it.
        ["import", "sandbox-data", "aws_kms_key.orders", keyId],
      ]);
      expect(settled.map((one) => [one.stack, one.settled])).toEqual([
        ["sandbox-data", true],
        ["sandbox-dns", true],
      ]);
      // The proof is made elsewhere.
      expect(existing()).toEqual(made);

      const planned = await evenkeel("plan", "sandbox", "--json");
      expect([planned.code, planned.stderr]).toEqual([0, expect.anything()]);
      expect(planDocument.schema.parse(JSON.parse(planned.stdout))).toMatchObject({
        removals: [],
        violations: [],
        moves: expect.arrayContaining([
          { stack: "sandbox-data", kind: "imported", address: "aws_dynamodb_table.orders", from: "legacy-orders" },
        ]),
      });
      await deployed();
      expect(existing().filter((one) => !/^aws_sqs_queue/.test(one))).toEqual(made);
      expect((await evenkeel("plan", "sandbox", "--detailed-exitcode")).code).toBe(0);
      expect((await moved(0, "--clean")).done).toHaveLength(5);
      expect(existsSync(join(project, "moves", "sandbox.json"))).toBe(false);
    },
    5 * minutes,
  );

  test(
    "moves what has another name: a table by its name in AWS, a key by what is configured",
    async () => {
      const data = {
        aws_dynamodb_table: { purchases: table },
        aws_kms_key: { purchases: key },
        aws_kms_alias: { purchases: alias("purchases") },
        aws_cloudwatch_event_bus: { orders: bus },
      };
      configure({ ...adopted, data });
      const { moves, settled } = await moved(0);
      expect(moves.map(({ kind, address, from, because }) => [kind, address, from, because])).toEqual([
        ["moved", "aws_dynamodb_table.purchases", "aws_dynamodb_table.orders", "table legacy-orders"],
        ["moved", "aws_kms_alias.purchases", "aws_kms_alias.orders", "key alias alias/legacy-orders"],
        ["moved", "aws_kms_key.purchases", "aws_kms_key.orders", expect.stringContaining("the same arguments")],
      ]);
      expect(settled).toEqual([{ stack: "sandbox-data", settled: true, because: null }]);
      await deployed();
      expect(existing().filter((one) => !/^aws_sqs_queue/.test(one))).toEqual(made);
      expect((await evenkeel("plan", "sandbox", "--detailed-exitcode")).code).toBe(0);

      // A bus that goes to another state; what is done leaves the file at once.
      const { aws_cloudwatch_event_bus, ...left } = data;
      configure({ data: left, dns: { ...adopted.dns, aws_cloudwatch_event_bus } });
      const between = await moved(0);
      expect(between.moves.map(({ kind, stack, address, from }) => [kind, stack, address, from])).toEqual([
        ["removed", "sandbox-data", "aws_cloudwatch_event_bus.orders", null],
        ["import", "sandbox-dns", "aws_cloudwatch_event_bus.orders", "legacy-orders"],
      ]);
      await deployed();
      expect(existing().filter((one) => !/^aws_sqs_queue/.test(one))).toEqual(made);
      expect((await evenkeel("plan", "sandbox", "--detailed-exitcode")).code).toBe(0);
      expect((await moved(0, "--clean")).done).toHaveLength(2);
    },
    5 * minutes,
  );

  test(
    "refuses what is not there, what another state has, and what would be replaced; nothing is written then",
    async () => {
      const second = { ...table, name: "legacy-orders" };
      const stacks = {
        data: {
          aws_dynamodb_table: { purchases: table },
          aws_kms_key: { purchases: key },
          aws_kms_alias: { purchases: alias("purchases") },
        },
        dns: { ...adopted.dns, aws_cloudwatch_event_bus: { orders: bus }, aws_dynamodb_table: { again: second } },
      };
      configure(stacks);
      const notThere = await evenkeel("move", "sandbox", "--import", "aws_dynamodb_table.again=nothing-of-this-name");
      expect([notThere.code, notThere.stderr]).toEqual([
        1,
        expect.stringContaining("Cannot import non-existent remote object"),
      ]);
      const misspelt = await evenkeel("move", "sandbox", "--import", "aws_dynamodb_table.agan=legacy-orders");
      expect([misspelt.code, misspelt.stderr]).toEqual([
        1,
        expect.stringContaining('did you mean "aws_dynamodb_table.again"?'),
      ]);
      const owned = await moved(1, "--import", "aws_dynamodb_table.again=legacy-orders");
      expect(owned.refused).toEqual([
        expect.objectContaining({
          message: expect.stringContaining("is aws_dynamodb_table.purchases of sandbox-data already"),
        }),
      ]);
      const other = { ...table, hash_key: "customer", attribute: [{ name: "customer", type: "S" }] };
      configure({ ...stacks, data: { ...stacks.data, aws_dynamodb_table: { bought: other } }, dns: adopted.dns });
      const replaced = await moved(1, "--rename", "data:aws_dynamodb_table.purchases=aws_dynamodb_table.bought");
      expect(replaced.refused).toContainEqual(
        expect.objectContaining({
          address: "aws_dynamodb_table.bought",
          message: expect.stringContaining("would be replaced"),
        }),
      );
      expect(existsSync(join(project, "moves", "sandbox.json"))).toBe(false);
      // Written by hand, a wrong address stops at synthesis.
      mkdirSync(join(project, "moves"), { recursive: true });
      const moves = {
        moved: [{ stack: "sandbox-data", from: "aws_dynamodb_table.purchases", to: "aws_dynamodb_table.bougt" }],
      };
      writeFileSync(join(project, "moves", "sandbox.json"), JSON.stringify(moves));
      const wrong = await evenkeel("plan", "sandbox");
      expect([wrong.code, wrong.stderr]).toEqual([
        1,
        expect.stringContaining('did you mean "aws_dynamodb_table.bought"?'),
      ]);
      expect(file()).toEqual(moves);
    },
    5 * minutes,
  );
});
