import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Simulator, startSimulator } from "../../simulator";
import { type Plan, runTerraform, type TerraformResult } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";

let root: string;
let simulator: Simulator;

beforeAll(async () => {
  root = temporaryFolder();
  simulator = await startSimulator({ directory: path.join(root, "cloud"), maxProviders: 1 });
}, 60_000);
afterAll(() => simulator?.stop());

const settings = {
  terraform: { required_providers: { aws: { source: "registry.terraform.io/hashicorp/aws" } } },
  provider: { aws: { region: "eu-west-1", allowed_account_ids: ["111122223333"] } },
};
const resource = {
  aws_dynamodb_table: {
    orders: {
      name: "legacy-orders",
      billing_mode: "PAY_PER_REQUEST",
      hash_key: "id",
      attribute: [{ name: "id", type: "S" }],
      tags: { team: "orders" },
    },
  },
  aws_kms_key: { orders: { description: "orders", enable_key_rotation: true, deletion_window_in_days: 30 } },
  aws_kms_alias: { orders: { name: "alias/legacy-orders", target_key_id: `$\{aws_kms_key.orders.key_id}` } },
  aws_cloudwatch_event_bus: { orders: { name: "legacy-orders" } },
  aws_cloudwatch_event_rule: {
    orders: {
      name: "placed",
      event_bus_name: `$\{aws_cloudwatch_event_bus.orders.name}`,
      event_pattern: '{"source":["orders"]}',
    },
  },
  aws_route53_zone: { orders: { name: "orders.example.com" } },
  aws_route53_record: {
    orders: { zone_id: `$\{aws_route53_zone.orders.zone_id}`, name: "www", type: "A", ttl: 60, records: ["192.0.2.1"] },
  },
};

async function terraform(folder: string, ...args: string[]): Promise<TerraformResult> {
  const env = { ...process.env, ...simulator.env, TF_CLI_ARGS: "-no-color" };
  return runTerraform(args, { cwd: path.join(root, folder), env, terraform: simulator.terraform });
}

async function write(folder: string, config: object): Promise<void> {
  mkdirSync(path.join(root, folder), { recursive: true });
  writeFileSync(path.join(root, folder, "main.tf.json"), JSON.stringify({ ...settings, ...config }));
  await terraform(folder, "init");
}

interface StateFile {
  readonly resources: readonly {
    readonly type: string;
    readonly instances: readonly { readonly attributes: { readonly id: string; readonly arn?: string } }[];
  }[];
}
const idsOf = (folder: string): string[] =>
  (JSON.parse(readFileSync(path.join(root, folder, "terraform.tfstate"), "utf8")) as StateFile).resources
    .flatMap(({ type, instances }) =>
      instances.map(({ attributes }) => `${type} ${attributes.id} ${attributes.arn ?? ""}`),
    )
    .sort();

describe("The simulated cloud, asked to import", () => {
  test("answers as AWS has it, so that a stack made elsewhere is adopted as it stands", async () => {
    await write("legacy", { resource });
    expect(await terraform("legacy", "apply", "-auto-approve")).toMatchObject({ code: 0 });
    const ids = Object.fromEntries(idsOf("legacy").map((line) => line.split(" ").slice(0, 2) as [string, string]));
    const zone = ids.aws_route53_zone ?? "";
    const before = simulator.inventory
      .all()
      .map(({ type, state }) => `${type} ${String(state.id)}`)
      .sort();
    const imports = [
      { to: "aws_dynamodb_table.orders", id: "legacy-orders" },
      { to: "aws_kms_key.orders", id: ids.aws_kms_key },
      { to: "aws_kms_alias.orders", id: "alias/legacy-orders" },
      { to: "aws_cloudwatch_event_bus.orders", id: "legacy-orders" },
      { to: "aws_cloudwatch_event_rule.orders", id: "legacy-orders/placed" },
      { to: "aws_route53_zone.orders", id: zone },
      { to: "aws_route53_record.orders", id: `${zone}_www_A` },
    ];
    await write("adopted", { resource, import: imports });
    expect(await terraform("adopted", "plan", "-out=plan")).toMatchObject({ code: 0 });
    const plan = JSON.parse((await terraform("adopted", "show", "-json", "plan")).stdout) as Plan;
    // What the provider never reads is written once, as it is with AWS.
    expect(
      plan.resource_changes?.map(
        ({ address, change }) => `${address} ${change.actions.join()} ${change.importing?.id}`,
      ),
    ).toEqual([
      "aws_cloudwatch_event_bus.orders no-op legacy-orders",
      "aws_cloudwatch_event_rule.orders no-op legacy-orders/placed",
      "aws_dynamodb_table.orders no-op legacy-orders",
      "aws_kms_alias.orders no-op alias/legacy-orders",
      `aws_kms_key.orders update ${ids.aws_kms_key}`,
      `aws_route53_record.orders no-op ${zone}_www_A`,
      `aws_route53_zone.orders no-op ${zone}`,
    ]);
    expect(await terraform("adopted", "apply", "-auto-approve", "plan")).toMatchObject({ code: 0 });
    expect(idsOf("adopted")).toEqual(idsOf("legacy"));
    expect((await terraform("adopted", "plan", "-detailed-exitcode")).code).toBe(0);
    expect(
      simulator.inventory
        .all()
        .map(({ type, state }) => `${type} ${String(state.id)}`)
        .sort(),
    ).toEqual(before);
  }, 60_000);

  test("finds nothing under another id, in another region", async () => {
    for (const [name, region, id] of [
      ["other-id", "eu-west-1", "orders"],
      ["other-region", "eu-central-1", "legacy-orders"],
    ] as const) {
      await write(name, {
        provider: { aws: { region, allowed_account_ids: ["111122223333"] } },
        resource: { aws_dynamodb_table: resource.aws_dynamodb_table },
        import: [{ to: "aws_dynamodb_table.orders", id }],
      });
      const { code, stderr } = await terraform(name, "plan");
      expect([code, stderr]).toEqual([1, expect.stringContaining("Cannot import non-existent remote object")]);
    }
  }, 60_000);
});
