import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Simulator, simulate, startSimulator } from "../../../simulator";
import { runTerraform, type TerraformResult } from "../../../terraform";
import { temporaryFolder } from "../../support/temporary-folder";
import { account, home } from "./cloud";

let root: string;
let simulator: Simulator;

beforeAll(async () => {
  root = temporaryFolder();
  simulator = await startSimulator({ directory: path.join(root, "cloud"), maxProviders: 2 });
}, 60_000);
afterAll(() => simulator?.stop());

type Resources = Readonly<Record<string, Readonly<Record<string, object>>>>;

/** @returns the folder */
function write(folder: string, resource: Resources): string {
  const cwd = path.join(root, folder);
  mkdirSync(cwd, { recursive: true });
  const regions = [{ region: home }, { region: "us-east-1", alias: "edge" }];
  const configuration = {
    terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
    provider: { aws: regions.map((region) => ({ ...region, allowed_account_ids: [account] })) },
    resource,
  };
  writeFileSync(path.join(cwd, "cdk.tf.json"), JSON.stringify(configuration, null, 2));
  return cwd;
}

async function terraform(folder: string, resource: Resources, verb: "apply" | "destroy"): Promise<TerraformResult> {
  const cwd = write(folder, resource);
  const env = { ...process.env, ...simulator.env, TF_CLI_ARGS: "-no-color" };
  const run = (...words: string[]) => runTerraform(words, { cwd, env, terraform: simulator.terraform });
  await run("init");
  return run(verb, "-auto-approve");
}

/** Errors without the frame that Terraform draws around them, and without the place in the configuration. */
const errors = ({ stderr }: TerraformResult): string[] =>
  stderr
    .replace(/[│╷╵]/g, "")
    .replace(/\s+/g, " ")
    .split(/\bError: /)
    .map((error) => error.replace(/ with aws_.*$/, "").trim())
    .filter(Boolean);

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "events.amazonaws.com" } }],
});
const alarms = { evaluation_periods: 1, comparison_operator: "GreaterThanThreshold", threshold: 1 };

describe("One apply is told all that AWS refuses, in the words of the provider", () => {
  test("and makes what AWS accepts", async () => {
    const code = { runtime: "nodejs22.x", handler: "index.handler", s3_bucket: "code", s3_key: "code.zip" };
    const result = await terraform(
      "faults",
      {
        aws_iam_role: { caller: { name: "caller", assume_role_policy: trust } },
        aws_lambda_function: {
          untrusted: { ...code, function_name: "untrusted", role: `\${aws_iam_role.caller.arn}` },
        },
        aws_lambda_permission: {
          early: { function_name: "later", action: "lambda:InvokeFunction", principal: "events.amazonaws.com" },
        },
        aws_cloudwatch_event_rule: {
          lost: { name: "lost", event_bus_name: "nowhere", event_pattern: '{"source":["orders"]}' },
        },
        aws_cloudwatch_event_target: { lost: { rule: "lost", arn: `arn:aws:sqs:${home}:${account}:orders` } },
        aws_cloudwatch_composite_alarm: { both: { alarm_name: "both", alarm_rule: 'ALARM("one")' } },
        aws_cloudwatch_metric_alarm: {
          elsewhere: {
            ...alarms,
            alarm_name: "elsewhere",
            metric_name: "Errors",
            namespace: "AWS/Lambda",
            period: 60,
            statistic: "Sum",
            alarm_actions: [`arn:aws:sns:us-east-1:${account}:alerts`],
          },
        },
        aws_scheduler_schedule: {
          nightly: {
            name: "nightly",
            schedule_expression: "rate(1 day)",
            flexible_time_window: { mode: "OFF" },
            target: { arn: `arn:aws:sqs:${home}:${account}:orders`, role_arn: `\${aws_iam_role.caller.arn}` },
          },
        },
        aws_iam_role_policy_attachment: {
          nobody: { role: "nobody", policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
        },
        aws_appautoscaling_scheduled_action: {
          early: {
            name: "early",
            service_namespace: "lambda",
            resource_id: "function:later:live",
            scalable_dimension: "lambda:function:ProvisionedConcurrency",
            schedule: "rate(1 day)",
            scalable_target_action: { min_capacity: 1, max_capacity: 1 },
          },
        },
        aws_wafv2_web_acl: {
          edge: {
            name: "edge",
            scope: "CLOUDFRONT",
            default_action: { allow: {} },
            visibility_config: {
              cloudwatch_metrics_enabled: true,
              metric_name: "edge",
              sampled_requests_enabled: true,
            },
          },
        },
        aws_s3_bucket_public_access_block: { nothing: { bucket: "nothing" } },
      },
      "apply",
    );
    expect(result.code).toBe(1);
    const told = errors(result);
    const expected = [
      "creating Lambda Function \\(untrusted\\): operation error Lambda: CreateFunction, https response error StatusCode: 400, .*The role defined for the function cannot be assumed by Lambda",
      "adding Lambda Permission \\(later/terraform-.*Function not found: arn:aws:lambda:eu-west-1:111122223333:function:later",
      "creating EventBridge Rule \\(lost\\): .*Event bus nowhere does not exist",
      "creating EventBridge Target \\(lost-.*Rule lost does not exist on EventBus default",
      "creating CloudWatch Composite Alarm \\(both\\): .*alarms \\[one\\] in the alarm rule do not exist",
      "creating CloudWatch Metric Alarm \\(elsewhere\\): .*Invalid region us-east-1 specified",
      "creating AWS EventBridge Scheduler Schedule \\(nightly\\): .*must allow AWS EventBridge Scheduler to assume the role",
      "attaching IAM Policy \\(arn:aws:iam::aws:policy/ReadOnlyAccess\\) to IAM Role \\(nobody\\): .*The role with name nobody cannot be found",
      "putting Application Auto Scaling Scheduled Action \\(early\\): .*No scalable target registered",
      "creating WAFv2 WebACL \\(edge\\): .*The scope is not valid",
      "creating S3 Bucket \\(nothing\\) Public Access Block: .*NoSuchBucket",
    ].map((words) => new RegExp(`^${words}`));
    for (const words of expected) expect(told).toContainEqual(expect.stringMatching(words));
    expect(told).toHaveLength(expected.length);
    expect(simulator.inventory.all().map(({ type }) => type)).toEqual(["aws_iam_role"]);
  }, 120_000);
});

describe("A removal that AWS refuses", () => {
  const bus = { aws_cloudwatch_event_bus: { orders: { name: "orders" } } };
  const rule = {
    aws_cloudwatch_event_rule: {
      all: { name: "all", event_bus_name: "orders", event_pattern: '{"source":["orders"]}' },
    },
  };

  test("leaves the thing, until what blocks it is gone", async () => {
    expect((await terraform("bus", bus, "apply")).stderr).toBe("");
    expect((await terraform("rule", rule, "apply")).stderr).toBe("");
    expect(errors(await terraform("bus", bus, "destroy"))).toEqual([
      expect.stringMatching(
        /^deleting EventBridge Event Bus \(orders\): .*EventBus can't be deleted since it has rules\./,
      ),
    ]);
    expect((await terraform("rule", rule, "destroy")).code).toBe(0);
    expect((await terraform("bus", bus, "destroy")).code).toBe(0);
  }, 120_000);
});

describe("What AWS accepts although it will not work", () => {
  const topic = `arn:aws:sns:${home}:${account}:alerts`;
  const alarm = {
    ...alarms,
    alarm_name: "errors",
    metric_name: "Errors",
    namespace: "AWS/Lambda",
    period: 60,
    statistic: "Sum",
    alarm_actions: [topic],
  };

  test("is told at the end, unless it has been made by then", async () => {
    expect((await terraform("alarm", { aws_cloudwatch_metric_alarm: { errors: alarm } }, "apply")).stderr).toBe("");
    expect(simulator.warnings()).toEqual([
      `aws_cloudwatch_metric_alarm.errors of alarm, in ${home} of account ${account}, tells ${topic}, which does not exist.`,
    ]);
    expect((await terraform("topic", { aws_sns_topic: { alerts: { name: "alerts" } } }, "apply")).stderr).toBe("");
    expect(simulator.warnings()).toEqual([]);
  }, 120_000);
});

describe("The command simulate", () => {
  test("ends with what AWS accepts although it will not work", async () => {
    const letters = `arn:aws:sqs:${home}:${account}:letters`;
    const resources = {
      aws_cloudwatch_event_rule: { all: { name: "all", event_pattern: '{"source":["orders"]}' } },
      aws_cloudwatch_event_target: {
        letters: { rule: `\${aws_cloudwatch_event_rule.all.name}`, target_id: "letters", arn: letters },
      },
    };
    const cwd = write("simulated", resources);
    const terraform = '"$TERRAFORM_BINARY_NAME"';
    const command = `cd '${cwd}' && ${terraform} init > init.txt && ${terraform} apply -auto-approve > apply.txt`;
    const lines: string[] = [];
    const directory = path.join(root, "another-cloud");
    const { exitCode, warnings } = await simulate(["sh", "-c", command], {
      directory,
      log: (line) => lines.push(line),
    });
    expect([exitCode, warnings.length]).toEqual([0, 1]);
    expect(lines.filter((line) => line.includes("Warning"))).toEqual([
      `Simulated cloud: Warning: AWS accepts this, but it will not work: aws_cloudwatch_event_target.letters of simulated, ` +
        `in ${home} of account ${account}, sends events to ${letters}, which does not exist.`,
    ]);
  }, 120_000);
});

describe("What AWS deletes along with a thing", () => {
  test("is gone for Terraform too", async () => {
    const group = { aws_cloudwatch_log_group: { orders: { name: "orders" } } };
    const filter = {
      aws_cloudwatch_log_metric_filter: {
        errors: {
          name: "errors",
          pattern: "ERROR",
          log_group_name: "orders",
          metric_transformation: { name: "Errors", namespace: "Orders", value: "1" },
        },
      },
    };
    expect((await terraform("group", group, "apply")).stderr).toBe("");
    expect((await terraform("filter", filter, "apply")).stderr).toBe("");
    expect((await terraform("group", group, "destroy")).code).toBe(0);
    expect(errors(await terraform("filter", filter, "apply"))).toEqual([
      expect.stringMatching(/The specified log group does not exist\./),
    ]);
  }, 120_000);
});
