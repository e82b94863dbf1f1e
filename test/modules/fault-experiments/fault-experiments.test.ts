import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DeploymentStack, RegionalKey } from "../../../modules/core";
import {
  allowedHoursConfig,
  FaultExperiments,
  functionFaultsConfig,
  gameDayConfig,
  hypothesisText,
  readHypothesis,
} from "../../../modules/fault-experiments";
import { switchScript } from "../../../modules/fault-experiments/switch-script";
import { readFaultSetting } from "../../../runtime/chaos/fault-setting";
import { synth } from "../../support/synth";
import { everyOption, hypothesis } from "./every-option";
import { build } from "./example";

const account = "123456789012";
const region = "eu-west-1";
const reference = (to: string): string => `\${${to}}`;
const key: RegionalKey = {
  arnIn: (of) => `arn:aws:kms:${of}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
  grantUse: () => undefined,
};
const all = synth(everyOption);
const stopAlarmArns = [`arn:aws:cloudwatch:${region}:${account}:alarm:errors`];

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: unknown;
}
const statementsOf = (address: string): Statement[] =>
  JSON.parse(String(all.at(`aws_iam_role_policy.${address}`).policy)).Statement;

const experiments = (stack: DeploymentStack) =>
  new FaultExperiments(stack, "experiments", { config: {}, environment: "test", region, account, key });

const cluster = { clusterName: "test-ledger", clusterArn: `arn:aws:rds:${region}:${account}:cluster:test-ledger` };
const building = (build: (of: FaultExperiments) => void) => () => synth((stack) => build(experiments(stack)));

describe("FaultExperiments", () => {
  test("makes a template whose target is named by its ARN, ends it by alarms, and fails where nothing is there", () => {
    expect(all.at("aws_fis_experiment_template.full_ledger-failover_template")).toMatchObject({
      provider: "aws.eu-west-1",
      role_arn: reference("aws_iam_role.full_ledger-failover_experiment_role.arn"),
      action: [
        { name: "fault", action_id: "aws:rds:failover-db-cluster", target: { key: "Clusters", value: "touched" } },
      ],
      target: [
        {
          name: "touched",
          resource_type: "aws:rds:cluster",
          selection_mode: "ALL",
          resource_arns: ["arn:aws:rds:eu-west-1:111111111111:cluster:test-ledger"],
        },
      ],
      stop_condition: [
        { source: "aws:cloudwatch:alarm", value: reference("aws_cloudwatch_metric_alarm.errors.arn") },
        { source: "aws:cloudwatch:alarm", value: reference("aws_cloudwatch_metric_alarm.late.arn") },
      ],
      experiment_options: { account_targeting: "single-account", empty_target_resolution_mode: "fail" },
      log_configuration: {
        log_schema_version: 2,
        cloudwatch_logs_configuration: {
          log_group_arn: expect.stringContaining("aws_cloudwatch_log_group.full_log-group.arn"),
        },
      },
      tags: { Name: "test-ledger-failover" },
    });
    expect(JSON.stringify(all.at("aws_fis_experiment_template.full_ledger-failover_template"))).not.toContain(
      "resource_tag",
    );
  });

  test.each([
    ["orders-replication", "aws:dynamodb:global-table-pause-replication", { duration: "PT15M" }],
    ["ledger-network", "aws:network:disrupt-connectivity", { duration: "PT10M", scope: "all" }],
    [
      "ledger-cross-region",
      "aws:network:route-table-disrupt-cross-region-connectivity",
      { duration: "PT10M", region: "eu-central-1" },
    ],
    [
      "orders-slow",
      "aws:ssm:start-automation-execution",
      { documentArn: reference("aws_ssm_document.full_orders-slow-switch_runbook.arn"), maxDuration: "PT15M" },
    ],
  ])("%s is %s", (name, actionId, parameters) => {
    const { action } = all.at(`aws_fis_experiment_template.full_${name}_template`) as {
      action: [{ action_id: string; parameter: readonly { key: string; value: string }[] }];
    };
    expect(action[0].action_id).toBe(actionId);
    expect(Object.fromEntries(action[0].parameter.map(({ key: of, value }) => [of, value]))).toEqual(parameters);
  });

  test("says its hypothesis in the description, from which it is read again", () => {
    const { description } = all.at("aws_fis_experiment_template.full_ledger-failover_template");
    expect(description).toBe(
      "Makes a reader of test-ledger its writer in eu-west-1. Hypothesis: clients of orders are answered within 90 s (dns: requestIntervalSeconds 10 x failureThreshold 3 + 60 s; promised 420 s).",
    );
    expect(readHypothesis(String(description))).toEqual({
      holds: "clients of orders are answered",
      seconds: 90,
      objective: "dns",
      calculation: "requestIntervalSeconds 10 x failureThreshold 3 + 60 s",
      promisedSeconds: 420,
    });
    const least = `Does it. Hypothesis: ${hypothesisText({ ...hypothesis(0), row: { ...hypothesis(0).row, path: "tables", subject: "orders" } })}.`;
    expect(readHypothesis(least)).toMatchObject({ seconds: 0, objective: "tables orders", promisedSeconds: null });
    expect(readHypothesis("An experiment of a team")).toBeUndefined();
  });

  test("keeps the log of experiments for a year by default, encrypted", () => {
    expect(all.at("aws_cloudwatch_log_group.least_log-group")).toMatchObject({
      name: "/aws/fis/other",
      retention_in_days: 365,
      kms_key_id: key.arnIn(region).replace(account, "111111111111"),
    });
  });

  test("has a role for each experiment, which names what it touches", () => {
    const touching = (address: string) =>
      statementsOf(address).filter(({ Action }) => ![Action].flat().some((action) => action.startsWith("logs:")));
    expect(touching("full_orders-replication_experiment_policy")).toEqual([
      {
        Effect: "Allow",
        Action: [
          "dynamodb:DeleteResourcePolicy",
          "dynamodb:DescribeTable",
          "dynamodb:GetResourcePolicy",
          "dynamodb:PutResourcePolicy",
        ],
        Resource: "arn:aws:dynamodb:eu-west-1:111111111111:table/test-orders",
      },
    ]);
    expect(touching("full_ledger-failover_experiment_policy")).toEqual([
      {
        Effect: "Allow",
        Action: ["rds:DescribeDBClusters", "rds:FailoverDBCluster"],
        Resource: "arn:aws:rds:eu-west-1:111111111111:cluster:test-ledger",
      },
    ]);
    expect(touching("full_orders-slow-switch_automation_policy")).toEqual([
      {
        Effect: "Allow",
        Action: "ssm:PutParameter",
        Resource: "arn:aws:ssm:eu-west-1:111111111111:parameter/test/orders/chaos/faults",
      },
    ]);
    for (const name of ["ledger-network", "ledger-cross-region"]) {
      const wide = touching(`full_${name}_experiment_policy`).filter(({ Resource }) => [Resource].flat().includes("*"));
      expect(wide.flatMap(({ Action }) => Action).every((action) => action.startsWith("ec2:Describe"))).toBe(true);
    }
  });

  test("has a role that only experiments of the account and the region get", () => {
    const { assume_role_policy, path } = all.at("aws_iam_role.full_ledger-network_experiment_role");
    expect(path).toBe("/services/");
    expect(JSON.parse(String(assume_role_policy)).Statement[0]).toMatchObject({
      Principal: { Service: "fis.amazonaws.com" },
      Condition: {
        StringEquals: { "aws:SourceAccount": "111111111111" },
        ArnLike: { "aws:SourceArn": "arn:aws:fis:eu-west-1:111111111111:experiment/*" },
      },
    });
  });

  test("starts experiments of a game day one after the other, those of other regions left to them", () => {
    const schedule = (name: string) => all.at(`aws_scheduler_schedule.full_game-days_${name}`);
    expect(schedule("first-tuesday-orders-slow")).toMatchObject({
      name: "first-tuesday-orders-slow",
      group_name: reference("aws_scheduler_schedule_group.full_game-days_group.name"),
      schedule_expression: "cron(0 10 ? * TUE#1 *)",
      schedule_expression_timezone: "Europe/Dublin",
      flexible_time_window: { mode: "OFF" },
      target: {
        arn: "arn:aws:scheduler:::aws-sdk:fis:startExperiment",
        retry_policy: { maximum_retry_attempts: 2, maximum_event_age_in_seconds: 60 },
      },
    });
    // 10 min, 20 of pause, 30 elsewhere, 20 of pause.
    expect(schedule("first-tuesday-ledger-failover").schedule_expression).toBe("cron(20 11 ? * TUE#1 *)");
    expect(schedule("saturdays-orders-replication").schedule_expression).toBe("cron(45 16 ? * SAT *)");
    expect(all.addresses.filter((address) => address.includes("elsewhere"))).toEqual([]);
    expect((schedule("first-tuesday-orders-slow").target as { input: string }).input).toBe(
      JSON.stringify({
        ExperimentTemplateId: reference("aws_fis_experiment_template.full_orders-slow_template.id"),
        ClientToken: "<aws.scheduler.execution-id>",
        Tags: { Name: "test-orders-slow", GameDay: "first-tuesday" },
      }),
    );
  });

  test("lets schedules start the templates of their game days, and no other", () => {
    const template = (name: string) =>
      `arn:aws:fis:eu-west-1:111111111111:experiment-template/${reference(`aws_fis_experiment_template.full_${name}_template.id`)}`;
    expect(statementsOf("full_game-days_schedule_policy")).toEqual([
      {
        Effect: "Allow",
        Action: ["fis:StartExperiment", "fis:TagResource"],
        Resource: [
          template("orders-slow"),
          template("ledger-failover"),
          template("orders-replication"),
          "arn:aws:fis:eu-west-1:111111111111:experiment/*",
        ],
      },
    ]);
  });

  test.each<[string, (of: FaultExperiments) => void, RegExp]>([
    [
      "an experiment that no alarm ends",
      (of) => of.failOver("x", { ...cluster, stopAlarmArns: [], hypothesis: hypothesis(0) }),
      /has no alarm that ends it, so nothing would when it does harm; pass an alarm on what clients notice/,
    ],
    [
      "one that ends before its hypothesis can fail",
      (of) => of.failOver("x", { ...cluster, stopAlarmArns, hypothesis: hypothesis(901) }),
      /ends after 900 s, before its hypothesis can fail, which is about 901 s; let it last longer/,
    ],
    [
      "one that FIS would not let last so long",
      (of) =>
        of.pauseReplication("x", {
          minutes: 721,
          tableName: "t",
          tableArn: "a",
          stopAlarmArns,
          hypothesis: hypothesis(0),
        }),
      /lasts 721 min, but actions of FIS last 1 to 720 min/,
    ],
    [
      "one of half minutes",
      (of) =>
        of.pauseReplication("x", {
          minutes: 1.5,
          tableName: "t",
          tableArn: "a",
          stopAlarmArns,
          hypothesis: hypothesis(0),
        }),
      /lasts 1.5 min/,
    ],
    [
      "six subnets",
      (of) =>
        of.disruptNetwork("x", {
          minutes: 10,
          network: { name: "n", vpcId: "vpc-1", subnetIds: ["a", "b", "c", "d", "e", "f"] },
          stopAlarmArns,
          hypothesis: hypothesis(0),
        }),
      /touches 6 resources, but a target of FIS names at most 5/,
    ],
    [
      "no subnet",
      (of) =>
        of.disruptNetwork("x", {
          minutes: 10,
          network: { name: "n", vpcId: "vpc-1", subnetIds: [] },
          stopAlarmArns,
          hypothesis: hypothesis(0),
        }),
      /has nothing that it touches/,
    ],
    [
      "a region that is cut off from itself",
      (of) =>
        of.disruptCrossRegion("x", {
          minutes: 10,
          network: { name: "n", vpcId: "vpc-1", subnetIds: ["a"] },
          otherRegion: region,
          stopAlarmArns,
          hypothesis: hypothesis(0),
        }),
      /"x" cuts "eu-west-1" off from itself; name another region/,
    ],
    [
      "a description that FIS would not take",
      (of) =>
        of.failOver("x", { ...cluster, stopAlarmArns, hypothesis: { ...hypothesis(0), holds: "clients ".repeat(80) } }),
      /has a description of \d+ characters, but FIS takes 512/,
    ],
    [
      "faults that do not fit into the parameter",
      (of) =>
        of.injectFaults("x", {
          config: {
            faults: Array.from({ length: 20 }, () => ({
              at: `a${"b".repeat(63)}`,
              kind: "status" as const,
              status: 503,
              error: `E${"x".repeat(99)}`,
            })),
          },
          functionName: "f",
          parameterName: "/p",
          parameterArn: "arn",
          stopAlarmArns,
          hypothesis: hypothesis(0),
        }),
      /its faults take \d+ bytes, but the parameter that switches them takes 4096; inject fewer at once/,
    ],
    [
      "a name that is not kebab-case",
      (of) => of.failOver("Ledger", { ...cluster, stopAlarmArns, hypothesis: hypothesis(0) }),
      /is not kebab-case/,
    ],
    [
      "a game day with an experiment that is not there",
      (of) => of.addGameDays({ hours: {}, gameDays: [{ name: "a", day: "TUE", at: "10:00", experiments: ["x"] }] }),
      /starts the experiment "x", which is not in eu-west-1; use one of those that you add before/,
    ],
    [
      "a game day outside of the hours",
      (of) => {
        of.failOver("x", { ...cluster, stopAlarmArns, hypothesis: hypothesis(0) });
        of.addGameDays({ hours: {}, gameDays: [{ name: "a", day: "TUE", at: "15:50", experiments: ["x"] }] });
      },
      /at of the game day "a" lets the last experiment end 5 min after 16:00, when all have to have ended; start earlier/,
    ],
    [
      "a game day before the hours",
      (of) => {
        of.failOver("x", { ...cluster, stopAlarmArns, hypothesis: hypothesis(0) });
        of.addGameDays({ hours: {}, gameDays: [{ name: "a", day: "TUE", at: "08:59", experiments: ["x"] }] });
      },
      /at of the game day "a" is before 09:00, from when on experiments may run; use a later time/,
    ],
    [
      "a game day on another day",
      (of) => {
        of.failOver("x", { ...cluster, stopAlarmArns, hypothesis: hypothesis(0) });
        of.addGameDays({ hours: {}, gameDays: [{ name: "a", day: "SUN", at: "10:00", experiments: ["x"] }] });
      },
      /day of the game day "a" is no day on which experiments may run; use one of MON, TUE, WED, THU, FRI/,
    ],
  ])("refuses %s", (_what, build, message) => {
    expect(building(build)).toThrow(message);
  });

  test.each([
    [functionFaultsConfig, { minutes: 4, faults: [{ at: "a", kind: "blocked" }] }, /minutes/],
    [functionFaultsConfig, { minutes: 721, faults: [{ at: "a", kind: "blocked" }] }, /minutes/],
    [functionFaultsConfig, { faults: [] }, /faults/],
    [functionFaultsConfig, { faults: [{ at: "handler", kind: "blocked" }] }, /use timeout/],
    [functionFaultsConfig, { faults: [{ at: "a", kind: "status", status: 200 }] }, /status/],
    [functionFaultsConfig, { faults: [{ at: "a", kind: "status" }] }, /is required for status; say it/],
    [
      functionFaultsConfig,
      { faults: [{ at: "a", kind: "blocked", ms: 1 }] },
      /is nothing that blocked takes; remove it/,
    ],
    [functionFaultsConfig, { faults: [{ at: "a", kind: "latency", ms: 900_001 }] }, /ms/],
    [functionFaultsConfig, { faults: [{ at: "a", kind: "blocked", percent: 101 }] }, /percent/],
    [functionFaultsConfig, { faults: [{ at: "a", kind: "blocked", percent: 0 }] }, /percent/],
    [allowedHoursConfig, { from: "16:00", to: "16:00" }, /is not after from/],
    [allowedHoursConfig, { from: "24:00" }, /from/],
    [allowedHoursConfig, { timeZone: "Europe/Dubln" }, /timeZone/],
    [gameDayConfig, { name: "a", day: "TUE", week: 5, at: "10:00", experiments: ["a"] }, /week/],
    [gameDayConfig, { name: "a", day: "TUE", at: "10:00", experiments: [] }, /experiments/],
  ])("takes no other values: %#", (schema, value, message) => {
    const { error } = schema.safeParse(value);
    expect(JSON.stringify(error?.issues)).toMatch(message);
  });

  test("has these addresses", () => {
    const experiment = (name: string) => [
      `aws_fis_experiment_template.full_${name}_template`,
      `aws_iam_role.full_${name}_experiment_role`,
      `aws_iam_role_policy.full_${name}_experiment_policy`,
    ];
    expect(all.addresses).toEqual(
      [
        "aws_cloudwatch_log_group.full_log-group",
        "aws_cloudwatch_log_group.least_log-group",
        "aws_cloudwatch_metric_alarm.errors",
        "aws_cloudwatch_metric_alarm.full_game-days_dropped-alarm",
        "aws_cloudwatch_metric_alarm.late",
        ...["orders-slow", "orders-replication", "ledger-failover", "ledger-network", "ledger-cross-region"].flatMap(
          experiment,
        ),
        ...experiment("ledger-failover").map((address) => address.replace("full", "least")),
        "aws_iam_role.full_game-days_schedule_role",
        "aws_iam_role.full_orders-slow-switch_automation_role",
        "aws_iam_role_policy.full_game-days_schedule_policy",
        "aws_iam_role_policy.full_orders-slow-switch_automation_policy",
        "aws_scheduler_schedule.full_game-days_first-tuesday-ledger-failover",
        "aws_scheduler_schedule.full_game-days_first-tuesday-orders-slow",
        "aws_scheduler_schedule.full_game-days_saturdays-orders-replication",
        "aws_scheduler_schedule_group.full_game-days_group",
        "aws_ssm_document.full_orders-slow-switch_runbook",
      ].sort(),
    );
  });

  test("is built in the README as in the example", () => {
    expect(synth((stack) => build(stack, key)).addresses).toContain(
      "aws_fis_experiment_template.experiments_orders-replication_template",
    );
    const example = readFileSync(join(__dirname, "example.ts"), "utf8");
    const [, body = ""] = /(export function build[\s\S]*)/.exec(example) ?? [];
    expect(readFileSync("modules/fault-experiments/README.md", "utf8")).toContain(body.trim());
  });
});

/** Python, which runs the script of the runbook in Systems Manager. */
const hasPython = (() => {
  try {
    execFileSync("python3", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

describe("The runbook", () => {
  const { content } = all.at("aws_ssm_document.full_orders-slow-switch_runbook") as { content: string };
  const { mainSteps, assumeRole } = JSON.parse(content) as {
    assumeRole: string;
    mainSteps: readonly [{ inputs: { InputPayload: Record<string, unknown>; Script: string } }, ...object[]];
  };

  test("switches off whatever happens", () => {
    expect(assumeRole).toBe(reference("aws_iam_role.full_orders-slow-switch_automation_role.arn"));
    expect(mainSteps).toMatchObject([
      { name: "switchOn", onFailure: "step:switchOff", onCancel: "step:switchOff" },
      { name: "wait", onFailure: "step:switchOff", onCancel: "step:switchOff", inputs: { Duration: "PT10M" } },
      {
        name: "switchOff",
        isEnd: true,
        inputs: { Api: "PutParameter", Name: "/test/orders/chaos/faults", Value: "off", Overwrite: true },
      },
    ]);
  });

  (hasPython ? test : test.skip)("writes what the runtime takes, from now on and for as long as the experiment", () => {
    const folder = mkdtempSync(join(tmpdir(), "evenkeel-runbook-"));
    try {
      // In place of AWS's SDK: prints what would be sent.
      writeFileSync(
        join(folder, "boto3.py"),
        "import json\nclass Client:\n    def put_parameter(self, **sent):\n        print(json.dumps(sent))\ndef client(name):\n    assert name == 'ssm'\n    return Client()\n",
      );
      writeFileSync(
        join(folder, "script.py"),
        `${switchScript}\nimport sys\nswitch_on(json.loads(sys.argv[1]), None)\n`,
      );
      const before = Date.now();
      const payload = JSON.stringify(mainSteps[0].inputs.InputPayload);
      const sent = JSON.parse(
        execFileSync("python3", [join(folder, "script.py"), payload], {
          encoding: "utf8",
          env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
        }),
      );
      expect(sent).toMatchObject({ Name: "/test/orders/chaos/faults", Overwrite: true });
      expect(sent.Value).toMatch(/^(?:off|\{.*\})$/);
      expect(sent.Value.length).toBeLessThan(4096);
      const setting = readFaultSetting(sent.Value, 10);
      expect(setting.faults).toHaveLength(8);
      expect(setting.beginsAt).toBeGreaterThanOrEqual(before - 1_000);
      expect(setting.beginsAt).toBeLessThanOrEqual(Date.now());
      expect(setting.endsAt - setting.beginsAt).toBe(600_000);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
