import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkPlan } from "../../gates";
import { type Simulator, startSimulator } from "../../simulator";
import { TerraformStack } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";

const minutes = 60_000;

interface Place {
  /** Region that the one provider of everything is set to. */
  readonly region?: string;
  readonly account?: string;
}

/** A table, a key with a replica, a queue and an alarm, in the place that a provider looks in. */
const configuration = ({ region = "eu-west-1", account = "111111111111" }: Place) => ({
  terraform: { required_providers: { aws: { source: "registry.terraform.io/hashicorp/aws", version: "~> 5.0" } } },
  provider: {
    aws: [
      { alias: "here", region, allowed_account_ids: [account] },
      { alias: "replica", region: "us-east-1", allowed_account_ids: [account] },
    ],
  },
  resource: {
    aws_dynamodb_table: {
      orders: {
        provider: "aws.here",
        name: "orders",
        billing_mode: "PAY_PER_REQUEST",
        hash_key: "pk",
        attribute: [{ name: "pk", type: "S" }],
      },
    },
    aws_kms_key: { primary: { provider: "aws.here", description: "orders", multi_region: true } },
    aws_kms_replica_key: {
      replica: { provider: "aws.replica", primary_key_arn: `\${aws_kms_key.primary.arn}` },
    },
    aws_iam_role: {
      reader: {
        provider: "aws.here",
        name: "reader",
        assume_role_policy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
        }),
      },
    },
    aws_cloudwatch_metric_alarm: {
      depth: {
        provider: "aws.here",
        alarm_name: "depth",
        comparison_operator: "GreaterThanThreshold",
        evaluation_periods: 1,
        metric_name: "ApproximateNumberOfMessagesVisible",
        namespace: "AWS/SQS",
        period: 60,
        statistic: "Maximum",
        threshold: 1,
      },
    },
  },
});

const table = "aws_dynamodb_table.orders";
const key = "aws_kms_key.primary";
const replica = "aws_kms_replica_key.replica";
const alarm = "aws_cloudwatch_metric_alarm.depth";

/** What gates make of plans in which the cloud does not have things where the configuration looks for them. */
describe("A provider that looks elsewhere", () => {
  let simulator: Simulator;
  let stack: TerraformStack;
  let folder: string;
  /** Types of which the cloud answers that there is none. */
  let gone: readonly string[] = [];

  const configure = (place: Place) => writeFileSync(join(folder, "main.tf.json"), JSON.stringify(configuration(place)));

  beforeAll(async () => {
    const root = temporaryFolder();
    simulator = await startSimulator({
      directory: join(root, "cloud"),
      onRead: (type, state) => (gone.includes(type) ? null : state),
    });
    folder = join(root, "stack");
    mkdirSync(folder);
    configure({});
    stack = new TerraformStack({ name: "orders", folder }, simulator.env);
    await stack.plan();
    await stack.apply();
  }, 3 * minutes);
  afterAll(() => simulator?.stop());

  /** `rule address: message` of each violation in a plan of this place. */
  async function violationsOf(place: Place, missing: readonly string[] = []): Promise<string[]> {
    configure(place);
    gone = missing;
    const plan = await stack.plan();
    return checkPlan(plan).map(({ rule, address, message }) => `${rule} ${address}: ${message}`);
  }

  test(
    "is no question as long as it looks where everything is",
    async () => {
      expect(await violationsOf({})).toEqual([]);
    },
    minutes,
  );

  test(
    "is refused for everything in the other region, where the cloud finds nothing of it",
    async () => {
      const elsewhere = "is in region eu-west-1, but its provider looks in eu-central-1";
      const found = await violationsOf({ region: "eu-central-1" });
      expect(found).toEqual(
        expect.arrayContaining([
          `no-other-region ${alarm}: ${elsewhere}`,
          `no-other-region ${table}: ${elsewhere}`,
          `no-other-region ${key}: ${elsewhere}`,
        ]),
      );
      const recreated = found.filter((text) => text.startsWith("no-recreation ")).map((text) => text.split(":")[0]);
      expect(recreated.sort()).toEqual([`no-recreation ${table}`, `no-recreation ${key}`]);
    },
    minutes,
  );

  test(
    "is refused where it would create what it does not find, new and empty",
    async () => {
      const missing = ["aws_dynamodb_table", "aws_cloudwatch_metric_alarm"];
      expect(await violationsOf({ region: "eu-central-1" }, missing)).toEqual(
        expect.arrayContaining([
          `no-recreation ${table}: would be created new and empty in eu-central-1; what the state knows in eu-west-1 is no longer found; it holds items`,
          `no-other-region ${table}: is in region eu-west-1, but its provider looks in eu-central-1`,
          `no-other-region ${alarm}: is in region eu-west-1, but its provider looks in eu-central-1`,
        ]),
      );
    },
    minutes,
  );

  test(
    "is refused for an account that is not that of the resources",
    async () => {
      const found = await violationsOf({ account: "222222222222" });
      for (const address of [table, key, replica, alarm, "aws_iam_role.reader"]) {
        expect(found).toContain(
          `no-other-region ${address}: is in account 111111111111, but its provider looks in 222222222222`,
        );
      }
    },
    minutes,
  );

  test(
    "leaves the repair of what somebody deleted alone, except for data and keys",
    async () => {
      const deleted = ["aws_cloudwatch_metric_alarm", "aws_kms_replica_key", "aws_kms_key", "aws_dynamodb_table"];
      expect((await violationsOf({}, deleted)).map((text) => text.split(":")[0])).toEqual([
        `no-recreation ${table}`,
        `no-recreation ${key}`,
        `no-recreation ${replica}`,
      ]);
    },
    minutes,
  );
});
