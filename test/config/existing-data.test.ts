import { defineEnvironment, type EnvironmentInput } from "../../config";
import staging from "../../environments/staging";
import { resourcesOf } from "../../terraform";
import { synthesizedStacks } from "../frozen/synthesize";
import { type Loose, mistakesOf, serviceOf } from "../support/mistakes";
import { temporaryFolder } from "../support/temporary-folder";

const outdir = temporaryFolder();
const { account } = staging.input;
const regions = ["eu-west-1", "eu-central-1"];

const tableIn = (region: string, name = "stock") => `arn:aws:dynamodb:${region}:${account}:table/${name}`;
const busIn = (region: string) => `arn:aws:events:${region}:${account}:event-bus/company`;
const keyIn = (region: string) => `arn:aws:kms:${region}:${account}:key/mrk-${"a".repeat(32)}`;
const by = (arnIn: (region: string) => string, where = regions) =>
  Object.fromEntries(where.map((region) => [region, arnIn(region)]));

/** Staging, whose service uses a table and a bus that are there already. */
function using(input: Loose): void {
  input.existingTables = [{ name: "stock", arns: by(tableIn), indexes: true, keyArns: by(keyIn) }];
  input.existingBuses = [{ name: "company", arns: by(busIn) }];
  const service = serviceOf(input);
  service.recovery = undefined;
  service.tables = { ...service.tables, stock: { access: "read", variable: "STOCK_TABLE_NAME", homeReplica: true } };
  service.publishes = {
    ...service.publishes,
    company: { sources: ["orders"], variable: "COMPANY_BUS", endpointVariable: "COMPANY_ENDPOINT" },
  };
  service.subscriptions = {
    ...service.subscriptions,
    prices: { bus: "company", eventPattern: { source: ["prices"] } },
  };
}

const mistakes = (change: (input: Loose) => void) =>
  mistakesOf((input) => {
    using(input);
    change(input);
  });

describe("Tables and buses that are there already", () => {
  const input = JSON.parse(JSON.stringify(staging.input)) as Loose;
  using(input);
  const stacks = new Map(
    synthesizedStacks(defineEnvironment(input as EnvironmentInput), { stage: "optimization" }, outdir).map((stack) => [
      stack.name,
      resourcesOf(stack),
    ]),
  );

  test.each(regions)("are used by a service in %s, by name and with permissions for that region", (region) => {
    const resources = stacks.get(`staging-services-${region}`);
    const fn = resources?.get("aws_lambda_function.orders_function_function") as Loose;
    expect(fn.environment.variables).toMatchObject({
      STOCK_TABLE_NAME: "stock",
      COMPANY_BUS: "company",
      HOME_REGION: "eu-west-1",
    });
    expect(fn.environment.variables).not.toHaveProperty("COMPANY_ENDPOINT");
    const role = resources?.get("aws_iam_role_policy.orders_function_execution_policy") as Loose;
    const statements = JSON.parse(role.policy).Statement as Loose[];
    expect(statements).toContainEqual(
      expect.objectContaining({
        Action: expect.arrayContaining(["dynamodb:GetItem", "dynamodb:Query"]),
        Resource: [tableIn(region), `${tableIn(region)}/index/*`],
      }),
    );
    expect(statements).toContainEqual(
      expect.objectContaining({
        Resource: keyIn(region),
        Condition: { StringEquals: { "kms:ViaService": `dynamodb.${region}.amazonaws.com` } },
      }),
    );
    expect(statements).toContainEqual(
      expect.objectContaining({
        Action: "events:PutEvents",
        Resource: busIn(region),
        Condition: { StringEquals: { "events:source": ["orders"] } },
      }),
    );
    // homeReplica: the standby region's function may also use the table at home.
    expect(JSON.stringify(statements)).toContain(tableIn("eu-west-1"));
  });

  test("get rules of services, and nothing else", () => {
    const all = [...stacks.values()].flatMap((resources) => [...resources]);
    expect(all.filter(([address]) => /_prices_|subscription-prices/.test(address)).length).toBeGreaterThan(0);
    const made = all.filter(([address]) => /^aws_(dynamodb_table|cloudwatch_event_bus)\b/.test(address));
    expect(made.filter(([address]) => /stock|company/.test(address))).toEqual([]);
  });

  test("are where services use them, under names of their own", () => {
    expect(mistakes(() => undefined)).toEqual([]);
    expect(
      mistakes((environment) => {
        environment.existingTables[0].arns = by(tableIn, ["eu-west-1"]);
        delete environment.existingTables[0].keyArns;
        environment.existingBuses[0].arns = by(busIn, ["eu-west-1"]);
      }),
    ).toEqual([
      "existingTables[0].arns.eu-central-1: is required, as services use it in eu-central-1; add the ARN of the one there",
      "existingBuses[0].arns.eu-central-1: is required, as services use it in eu-central-1; add the ARN of the one there",
    ]);
    expect(
      mistakes((environment) => {
        environment.existingTables[0].name = "orders";
      }),
    ).toEqual(
      expect.arrayContaining([
        "existingTables[0].name: is the name of one in tables or before; give each its own",
        expect.stringMatching(/tables\.stock: is not a table of this environment/),
      ]),
    );
  });

  test.each<[string, (environment: Loose) => void, RegExp]>([
    [
      "another region's",
      (environment) => {
        environment.existingBuses[0].arns["eu-west-1"] = busIn("eu-west-2");
      },
      /existingBuses\[0\]\.arns\.eu-west-1: is in eu-west-2; use the one in eu-west-1/,
    ],
    [
      "another account's",
      (environment) => {
        environment.existingTables[0].arns["eu-west-1"] = tableIn("eu-west-1").replace(account, "999999999999");
      },
      /existingTables\[0\]\.arns\.eu-west-1: is a table in another account/,
    ],
    [
      "tables of several names",
      (environment) => {
        environment.existingTables[0].arns["eu-west-1"] = tableIn("eu-west-1", "other");
      },
      /existingTables\[0\]\.arns: are tables of different names; name a table and its replicas/,
    ],
    [
      "something else",
      (environment) => {
        environment.existingTables[0].arns["eu-west-1"] = busIn("eu-west-1");
      },
      /existingTables\[0\]\.arns\.eu-west-1: is not the ARN of a DynamoDB table; copy it/,
    ],
  ])("are not %s", (_what, change, message) => {
    expect(mistakes(change)).toEqual([expect.stringMatching(message)]);
  });
});
