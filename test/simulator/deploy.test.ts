import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Simulator, startSimulator } from "../../simulator";
import { managedResources, readState, runTerraform, type TerraformResult } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";
import { stack } from "./fixtures/stack";

let root: string;
let simulator: Simulator;
/** What a test makes of a resource that is read. */
let drift: (typeName: string, state: Record<string, unknown>) => Record<string, unknown> | null = (_typeName, state) =>
  state;

beforeAll(async () => {
  root = temporaryFolder();
  // One process for two regions and two stacks: it is configured anew whenever the region changes.
  simulator = await startSimulator({
    directory: path.join(root, "cloud"),
    maxProviders: 1,
    onRead: (typeName, state) => drift(typeName, state),
  });
}, 60_000);

afterAll(async () => {
  await simulator?.stop();
});

function write(folder: string, config: object): void {
  mkdirSync(path.join(root, folder), { recursive: true });
  writeFileSync(path.join(root, folder, "main.tf.json"), JSON.stringify(config));
}

function terraform(folder: string, ...args: string[]): Promise<TerraformResult> {
  const env = { ...process.env, ...simulator.env, TF_CLI_ARGS: "-no-color" };
  return runTerraform(args, { cwd: path.join(root, folder), env, terraform: simulator.terraform });
}

async function outputs(folder: string): Promise<Record<string, unknown>> {
  const { stdout } = await terraform(folder, "output", "-json");
  const all = JSON.parse(stdout) as Record<string, { value: unknown }>;
  return Object.fromEntries(Object.entries(all).map(([name, { value }]) => [name, value]));
}

const managed = (folder: string): string[] => [
  ...managedResources(readState(path.join(root, folder, "terraform.tfstate"))).keys(),
];

describe("the simulated cloud", () => {
  test("applies two stacks at once, each over two regions", async () => {
    for (const name of ["orders", "billing"]) write(name, stack(name));
    const deploy = async (name: string): Promise<TerraformResult> => {
      const init = await terraform(name, "init");
      return init.code === 0 ? terraform(name, "apply", "-auto-approve") : init;
    };
    const results = await Promise.all([deploy("orders"), deploy("billing")]);
    expect(results).toEqual([expect.objectContaining({ code: 0, stderr: "" }), expect.objectContaining({ code: 0 })]);
    const { key, ...rest } = await outputs("orders");
    const keyArn = /^arn:aws:kms:us-east-1:111122223333:key\/(mrk-[0-9a-f]{32})$/.exec(String(key));
    expect(keyArn).not.toBeNull();
    expect(rest).toEqual({
      account: "111122223333",
      region: "eu-west-1",
      replica: `arn:aws:kms:eu-west-1:111122223333:key/${keyArn?.[1]}`,
      version: "1",
      tags: { stack: "orders" },
    });
    expect((await outputs("billing")).key).not.toBe(key);
  }, 120_000);

  test("plans no change after an apply", async () => {
    const { code, stdout } = await terraform("orders", "plan", "-detailed-exitcode");
    expect([code, stdout]).toEqual([0, expect.stringContaining("No changes.")]);
  }, 60_000);

  test("shows what a test makes drift", async () => {
    drift = (typeName, state) => (typeName === "aws_lambda_function" ? { ...state, timeout: 9 } : state);
    const { code, stdout } = await terraform("orders", "plan", "-detailed-exitcode");
    drift = (_typeName, state) => state;
    expect([code, stdout]).toEqual([2, expect.stringMatching(/timeout\s+= 9 -> 3/)]);
  }, 60_000);

  test("plans the creation of what a test makes vanish", async () => {
    drift = (typeName, state) => (typeName === "aws_route53_health_check" ? null : state);
    const { stdout } = await terraform("orders", "plan", "-detailed-exitcode");
    drift = (_typeName, state) => state;
    expect(stdout).toContain("aws_route53_health_check.api will be created");
  }, 60_000);

  test("updates in place, with the next version of the function", async () => {
    write("orders", stack("orders", { timeout: 5, description: "second" }));
    const { code, stdout } = await terraform("orders", "apply", "-auto-approve");
    expect([code, stdout]).toEqual([0, expect.stringContaining("0 added, 2 changed, 0 destroyed")]);
    expect((await outputs("orders")).version).toBe("2");
    expect((await terraform("orders", "plan", "-detailed-exitcode")).code).toBe(0);
  }, 60_000);

  test("refuses what the real provider refuses", async () => {
    write("refused", {
      ...stack("refused"),
      resource: { aws_kms_key: { k: { enable_key_rotation: true, rotation_period_in_days: 5 } } },
      output: undefined,
      data: undefined,
    });
    await terraform("refused", "init");
    const { code, stderr } = await terraform("refused", "plan");
    expect([code, stderr]).toEqual([
      1,
      expect.stringContaining("expected rotation_period_in_days to be in the range (90 - 2560)"),
    ]);
  }, 60_000);

  test("refuses an import of a type of which it does not know the id", async () => {
    const into = {
      ...stack("imported"),
      resource: { aws_iam_group: { q: { name: "q" } } },
      output: undefined,
      data: undefined,
    };
    write("imported", { ...into, import: [{ to: "aws_iam_group.q", id: "q" }] });
    await terraform("imported", "init");
    const planned = await terraform("imported", "plan");
    expect([planned.code, planned.stderr]).toEqual([1, expect.stringContaining("The simulated cloud cannot import")]);
  }, 60_000);

  test("destroys down to an empty state", async () => {
    expect(managed("orders").length).toBe(9);
    const { code } = await terraform("orders", "destroy", "-auto-approve");
    expect([code, managed("orders")]).toEqual([0, []]);
    expect(simulator.counts).toEqual({ created: 18, changed: 2, destroyed: 9 });
  }, 60_000);
});

describe("the simulated cloud's S3 backend", () => {
  const settings = {
    bucket: "evenkeel-state",
    key: "prod/data.tfstate",
    region: "eu-west-1",
    use_lockfile: true,
    encrypt: true,
    kms_key_id: "arn:aws:kms:eu-west-1:111122223333:key/mrk-0123456789abcdef0123456789abcdef",
  };
  const provider = { aws: { region: "eu-west-1" } };
  const required = { aws: { source: "registry.terraform.io/hashicorp/aws" } };

  test("keeps a state that another stack reads", async () => {
    write("data", {
      terraform: { required_providers: required, backend: { s3: settings } },
      provider,
      resource: { aws_sqs_queue: { q: { name: "orders" } } },
      output: { url: { value: "$" + "{aws_sqs_queue.q.url}" } },
    });
    const { bucket, key, region } = settings;
    write("reader", {
      terraform: { required_providers: required },
      provider,
      data: { terraform_remote_state: { data: { backend: "s3", config: { bucket, key, region } } } },
      resource: {
        aws_ssm_parameter: {
          url: { name: "/url", type: "String", value: "$" + "{data.terraform_remote_state.data.outputs.url}" },
        },
      },
      output: { url: { value: "$" + "{aws_ssm_parameter.url.insecure_value}" } },
    });
    for (const folder of ["data", "reader"]) {
      expect((await terraform(folder, "init")).stderr).toBe("");
      expect((await terraform(folder, "apply", "-auto-approve")).stderr).toBe("");
    }
    expect(await outputs("reader")).toEqual({ url: "https://sqs.eu-west-1.amazonaws.com/123456789012/orders" });
  }, 60_000);

  test("keeps a second apply out while the lock is held, in Terraform's own words", async () => {
    const url = `${simulator.env.AWS_ENDPOINT_URL}/${settings.bucket}/${settings.key}.tflock`;
    const body = JSON.stringify({
      ID: "1",
      Operation: "OperationTypeApply",
      Who: "someone@else",
      Created: "2025-01-01T00:00:00Z",
    });
    await fetch(url, { method: "PUT", body, headers: { "if-none-match": "*" } });
    const blocked = await terraform("data", "apply", "-auto-approve");
    expect(blocked.stderr).toMatch(/Error acquiring the state lock[\s\S]*PreconditionFailed[\s\S]*someone@else/);
    await fetch(url, { method: "DELETE" });
    expect((await terraform("data", "apply", "-auto-approve")).code).toBe(0);
  }, 60_000);

  test("holds every workspace apart", async () => {
    expect((await terraform("data", "workspace", "new", "blue")).code).toBe(0);
    expect((await terraform("data", "workspace", "list")).stdout).toMatch(/ {2}default\n\* blue/);
    expect((await terraform("data", "state", "list")).stdout).toBe("");
  }, 60_000);
});
