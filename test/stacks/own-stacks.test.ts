import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { description } from "../../cli/commands/describe";
import { type BuildOwnStacks, defineEnvironment, type EnvironmentInput, type Stage } from "../../config";
import prod from "../../environments/prod";
import { GrantedRole, trustPolicy } from "../../modules/core";
import { ServiceFunction } from "../../modules/service-function";
import { resourcesOf } from "../../terraform";
import project from "../docs/extending/own-stacks";
import { synthesizedStacks } from "../frozen/synthesize";
import { mistakesOf, serviceOf } from "../support/mistakes";
import { temporaryFolder } from "../support/temporary-folder";

const outdir = temporaryFolder();
const home = "eu-west-1";

const example = project.find("prod");

function synthesized(environment = example, stage: Stage = "foundation") {
  const stacks = synthesizedStacks(environment, { stage }, outdir);
  return {
    stacks,
    in: (stack: string) => {
      const found = stacks.find(({ name }) => name === stack);
      if (!found) throw new Error(`no ${stack}`);
      return { ...found, resources: resourcesOf(found) };
    },
  };
}

const withStacks = (stacks: BuildOwnStacks, input: EnvironmentInput = prod.input) =>
  defineEnvironment(input, { stacks });

const statementsOf = (resource: object | undefined) =>
  JSON.parse((resource as { policy: string }).policy).Statement as { Action: unknown; Resource: unknown }[];

describe("The stacks of a team", () => {
  const all = synthesized();

  test("are deployed where what they read of and what reads of them allows", () => {
    const names = all.stacks.map(({ name }) => name);
    expect(names.indexOf("prod-jobs")).toBeLessThan(names.indexOf("prod-services-eu-west-1"));
    expect(all.in("prod-services-eu-west-1").dependencies).toContain("prod-jobs");
    expect(all.in("prod-reports").dependencies).toEqual(
      expect.arrayContaining(["prod-data", "prod-events", "prod-keys"]),
    );
    expect(all.in("prod-reports").dependencies).not.toContain("prod-services-eu-west-1");
  });

  test("have the state, the tags and the readable addresses of the others", () => {
    const { terraform, resources } = all.in("prod-jobs");
    expect(terraform.terraform?.backend?.s3?.key).toBe("evenkeel/prod/prod-jobs.tfstate");
    expect(JSON.stringify(terraform.provider)).toContain('"Environment":"prod"');
    expect(resources.get("aws_sqs_queue.queue")).toMatchObject({ name: "prod-jobs", provider: "aws.eu-west-1" });
  });

  test("let a service use what is theirs, and tell its function", () => {
    const services = all.in("prod-services-eu-west-1").resources;
    expect(statementsOf(services.get("aws_iam_role_policy.orders_function_execution_policy"))).toContainEqual({
      Effect: "Allow",
      Action: "sqs:SendMessage",
      Resource: expect.stringMatching(/^\$\{data\.terraform_remote_state\..*prod-jobs.*\}$/),
    });
    const { environment } = services.get("aws_lambda_function.orders_function_function") as {
      environment?: { variables?: Record<string, string> };
    };
    expect(environment?.variables).toMatchObject({
      SERVICE_NAME: "orders",
      JOBS_QUEUE_URL: expect.stringMatching(/remote_state/),
    });
  });

  test("use a table and a bus of the environment in its region", () => {
    const reports = all.in("prod-reports").resources;
    const statements = statementsOf(reports.get("aws_iam_role_policy.report_execution_policy"));
    expect(statements.map(({ Action }) => Action)).toEqual(
      expect.arrayContaining([expect.arrayContaining(["dynamodb:GetItem"]), "events:PutEvents"]),
    );
    expect(JSON.stringify(statements)).not.toContain("dynamodb:PutItem");
  });

  test("are offered to capabilities, which come with their stages", () => {
    const queues = (stage: Stage) =>
      [...synthesized(example, stage).in("prod-reports").resources.keys()].filter((key) => key.startsWith("aws_sqs"));
    expect(queues("foundation")).toEqual([]);
    expect(queues("hardening")).not.toEqual([]);
  });

  test("are described with the environment", () => {
    expect(description(example).stacks.map(({ name }) => name)).toContain("prod-jobs");
  });

  test("change nothing else", () => {
    const without = synthesized(prod);
    for (const stack of without.stacks.filter(({ name }) => name !== "prod-services-eu-west-1")) {
      const kept = (text: object) => JSON.stringify(text, (key, value) => (key === "output" ? undefined : value));
      expect([stack.name, kept(all.in(stack.name).terraform)]).toEqual([stack.name, kept(stack.terraform)]);
    }
  });

  test.each<[string, BuildOwnStacks, RegExp]>([
    [
      "a table that is not there",
      (environment) => void environment.table("order"),
      /^prod-keys: a stack of yours uses the table "order", but the environment has: orders, .*; declare it/,
    ],
    [
      "a bus that is not there",
      (environment) => void environment.bus("order", home),
      /has no event bus "order", only: orders; declare the bus/,
    ],
    [
      "a stack of the toolkit's",
      (environment) => void environment.stack("edge"),
      /"edge" is a name of the toolkit's own/,
    ],
    [
      "another region's services",
      (environment) => void environment.stack("services-x"),
      /is a name of the toolkit's own/,
    ],
    [
      "no kebab-case",
      (environment) => void environment.stack("Jobs"),
      /"Jobs" cannot be the name of a stack; use at most/,
    ],
    [
      "one name twice",
      (environment) => {
        environment.stack("jobs");
        environment.stack("jobs");
      },
      /there is a stack "jobs" already; build it once/,
    ],
    [
      "two stacks that need each other",
      (environment) => {
        const jobs = environment.stack("jobs");
        const provider = jobs.providers.in(home);
        const [orders] = environment.service("orders");
        if (!orders) throw new Error("no orders");
        const queue = new SqsQueue(jobs, "queue", { provider, name: orders.function.functionArn });
        orders.function.addToRolePolicy({ actions: ["sqs:SendMessage"], resources: [queue.arn] });
      },
      /each read of the other, so that neither can be deployed first; move what both need into a stack of its own/,
    ],
    [
      "a variable that is set",
      (environment) => environment.service("orders")[0]?.function.addEnvironmentVariables({ SERVICE_NAME: "x" }),
      /the environment variable "SERVICE_NAME" is set already; choose another name/,
    ],
  ])("are refused for %s", (_what, stacks, message) => {
    expect(() => synthesizedStacks(withStacks(stacks), { stage: "foundation" }, outdir)).toThrow(message);
  });
});

describe("A role of a team's own", () => {
  const own =
    (grant: (role: GrantedRole, environment: Parameters<BuildOwnStacks>[0]) => void): BuildOwnStacks =>
    (environment) => {
      const stack = environment.stack("own");
      const provider = stack.providers.in(home);
      const role = new IamRole(stack, "role", {
        provider,
        name: "own",
        assumeRolePolicy: trustPolicy({ Service: "ecs-tasks.amazonaws.com" }),
      });
      grant(
        new GrantedRole(stack, "grants", { region: home, roleName: role.name, policyName: "evenkeel" }),
        environment,
      );
    };

  test("is granted tables and keys like a function", () => {
    const environment = withStacks(
      own((role, environment) => {
        environment.keys.data.grantUse(role, "dynamodb");
        environment.table("orders").grantWrite(role);
      }),
    );
    const policy = synthesized(environment).in("prod-own").resources.get("aws_iam_role_policy.grants_policy");
    expect(policy).toMatchObject({ name: "evenkeel", role: expect.stringContaining("aws_iam_role.role.name") });
    expect(JSON.stringify(statementsOf(policy))).toContain("kms:Decrypt");
    expect(JSON.stringify(statementsOf(policy))).toContain("dynamodb:PutItem");
  });

  test("is told when it is granted nothing", () => {
    const environment = withStacks(own(() => undefined));
    expect(() => synthesized(environment)).toThrow(
      /prod-own\/grants: is granted nothing, and IAM takes no empty policy/,
    );
  });
});

describe("The permissions of a service", () => {
  const permissions = [
    {
      actions: ["sqs:SendMessage", "sqs:GetQueue*"],
      resources: ["arn:{partition}:sqs:{region}:{account}:{environment}-jobs"],
      conditions: { StringEquals: { "aws:ResourceTag/Team": "orders" } },
    },
    { actions: ["comprehend:DetectSentiment"], resources: ["*"], reason: "the action knows no resources" },
  ];

  test("are on the role of its function in each region", () => {
    const services = (prod.input.services ?? []).map((service) => ({ ...service, permissions }));
    const all = synthesized(defineEnvironment({ ...prod.input, services } as EnvironmentInput), "optimization");
    for (const region of ["eu-west-1", "eu-central-1"]) {
      const role = all
        .in(`prod-services-${region}`)
        .resources.get("aws_iam_role_policy.orders_function_execution_policy");
      expect(statementsOf(role)).toEqual(
        expect.arrayContaining([
          {
            Effect: "Allow",
            Action: ["sqs:SendMessage", "sqs:GetQueue*"],
            Resource: `arn:aws:sqs:${region}:${prod.input.account}:prod-jobs`,
            Condition: { StringEquals: { "aws:ResourceTag/Team": "orders" } },
          },
          { Effect: "Allow", Action: "comprehend:DetectSentiment", Resource: "*" },
        ]),
      );
    }
  });

  test.each<[object, string, RegExp]>([
    [
      { actions: ["sqs:*"], resources: ["arn:aws:sqs:::x"] },
      "actions[0]",
      /is not an action; write <service>:<Action>/,
    ],
    [{ actions: ["*"], resources: ["arn:aws:sqs:::x"] }, "actions[0]", /is not an action/],
    [
      { actions: ["sqs:SendMessage"], resources: ["*"] },
      "resources[0]",
      /allows the actions on everything; write ARNs/,
    ],
    [{ actions: ["sqs:SendMessage"], resources: ["jobs"] }, "resources[0]", /is not an ARN; write it out/],
    [{ actions: ["sqs:SendMessage"], resources: ["arn:aws:sqs:{regon}:1:x"] }, "resources[0]", /is not an ARN/],
    [
      { actions: ["sqs:SendMessage"], resources: ["arn:aws:sqs:{region}:{account}:{env}"] },
      "resources[0]",
      /has a brace that belongs to no placeholder/,
    ],
  ])("are refused: %j", (permission, path, message) => {
    const mistakes = mistakesOf((environment) => {
      serviceOf(environment).permissions = [permission];
    });
    expect(mistakes).toEqual([expect.stringMatching(message)]);
    expect(mistakes[0]).toContain(`permissions[0].${path}: `);
  });
});

test("A function without variables gets its key with the first one", () => {
  const environment = withStacks((built) => {
    const { deployment, keys } = built;
    const fn = new ServiceFunction(built.stack("own"), "fn", {
      config: { entry: "services/shipments/handler.ts", reservedConcurrency: null, sourceMap: false },
      name: "prod-own",
      region: home,
      account: deployment.account,
      key: keys.operations,
      tracing: false,
    });
    fn.addEnvironmentVariables({ FIRST: "1" });
    fn.addEnvironmentVariables({ SECOND: "2" });
  });
  const { resources } = synthesized(environment).in("prod-own");
  expect(resources.get("aws_lambda_function.fn_function")).toMatchObject({
    environment: { variables: { FIRST: "1", SECOND: "2" } },
    kms_key_arn: expect.stringContaining("remote_state"),
  });
  expect(JSON.stringify(statementsOf(resources.get("aws_iam_role_policy.fn_execution_policy")))).toContain(
    "kms:Decrypt",
  );
});
