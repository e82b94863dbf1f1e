import path from "node:path";
import { type Simulator, startSimulator } from "../../../simulator";
import type { TerraformResult } from "../../../terraform";
import { temporaryFolder } from "../../support/temporary-folder";
import { Folders, words } from "../fixtures/folders";

let folders: Folders;
let simulator: Simulator;

beforeAll(async () => {
  const root = temporaryFolder();
  simulator = await startSimulator({ directory: path.join(root, "cloud"), maxProviders: 1 });
  folders = new Folders(root, simulator);
}, 60_000);
afterAll(() => simulator?.stop());

interface Setting {
  readonly region?: string;
  readonly account?: string;
}

/** Writes a configuration of its own state. */
const write = (
  folder: string,
  resource: object,
  { region = "eu-west-1", account = "111122223333" }: Setting = {},
): void => folders.write(folder, resource, { region, allowed_account_ids: [account] });

const terraform = (folder: string, ...args: string[]): Promise<TerraformResult> => folders.terraform(folder, ...args);

const apply = async (folder: string, resource: object, setting?: Setting): Promise<TerraformResult> => {
  write(folder, resource, setting);
  return terraform(folder, "apply", "-auto-approve");
};

describe("The simulated cloud refuses a second thing of one identity", () => {
  test("in AWS's words, naming who made the first", async () => {
    const orders = { aws_sqs_queue: { letters: { name: "orders-dead-letters" } } };
    expect((await apply("bus", orders)).stderr).toBe("");
    const slower = { aws_sqs_queue: { letters: { name: "orders-dead-letters", delay_seconds: 5 } } };
    const refused = await apply("services", slower);
    expect(refused.code).toBe(1);
    expect(words(refused)).toMatch(
      /creating SQS Queue \(orders-dead-letters\): operation error SQS: CreateQueue, https response error StatusCode: 400, RequestID: \S+, QueueAlreadyExists: .*for attribute DelaySeconds with aws_sqs_queue\.letters.*made by aws_sqs_queue\.letters of bus, in eu-west-1 of account 111122223333/,
    );
  }, 60_000);

  test("which AWS would overwrite without a word, in our own", async () => {
    const alarm = (metric: string) => ({
      alarm_name: "orders-throttles",
      metric_name: metric,
      namespace: "AWS/DynamoDB",
      comparison_operator: "GreaterThanThreshold",
      evaluation_periods: 1,
      period: 60,
      statistic: "Sum",
      threshold: 1,
    });
    const both = { aws_cloudwatch_metric_alarm: { table: alarm("ThrottledRequests"), fn: alarm("Throttles") } };
    const refused = await apply("alarms", both);
    expect(refused.code).toBe(1);
    expect(words(refused)).toMatch(
      /AWS would accept this, and two resources would manage one thing.*made by aws_cloudwatch_metric_alarm\.(table|fn) of alarms/,
    );
  }, 60_000);

  test("but not in another region or account", async () => {
    const orders = { aws_sqs_queue: { letters: { name: "orders-dead-letters" } } };
    expect((await apply("standby", orders, { region: "eu-central-1" })).stderr).toBe("");
    expect((await apply("other", orders, { account: "444455556666" })).stderr).toBe("");
  }, 60_000);
});

describe("The simulated cloud finds a thing only where it stands", () => {
  const vault = { aws_kms_key: { data: { description: "data" } }, aws_sqs_queue: { q: { name: "moved" } } };

  test.each<[string, Setting]>([
    ["region", { region: "eu-central-1" }],
    ["account", { account: "444455556666" }],
  ])(
    "which shows as gone after a change of the %s",
    async (what, setting) => {
      const folder = `moved-${what}`;
      const named = { ...vault, aws_sqs_queue: { q: { name: folder } } };
      expect((await apply(folder, named)).stderr).toBe("");
      expect((await terraform(folder, "plan", "-detailed-exitcode")).code).toBe(0);
      write(folder, named, setting);
      const { stdout } = await terraform(folder, "plan");
      expect(stdout).toContain("aws_kms_key.data will be created");
      expect(stdout).toContain("Plan: 2 to add, 0 to change, 0 to destroy.");
    },
    60_000,
  );

  test("and still stands there after an apply that makes another", async () => {
    write("moved-region", { aws_kms_key: { data: { description: "data" } } }, { region: "eu-central-1" });
    expect((await terraform("moved-region", "apply", "-auto-approve")).code).toBe(0);
    const keys = simulator.inventory
      .all()
      .filter(({ type, owner }) => type === "aws_kms_key" && owner?.folder.endsWith("moved-region"));
    expect(keys.map(({ place }) => place.region).sort()).toEqual(["eu-central-1", "eu-west-1"]);
  }, 60_000);
});

describe("The name of a deleted thing", () => {
  test("is free again once the provider has waited for it", async () => {
    const queue = { aws_sqs_queue: { q: { name: "again" } } };
    for (let run = 0; run < 2; run++) {
      expect((await apply("again", queue)).stderr).toBe("");
      expect((await terraform("again", "destroy", "-auto-approve")).code).toBe(0);
    }
  }, 60_000);
});
