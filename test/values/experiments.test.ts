import { valueProblems } from "../../values";

const alarm = "arn:aws:cloudwatch:eu-west-1:111111111111:alarm:errors";
const target = {
  name: "touched",
  resource_type: "aws:rds:cluster",
  selection_mode: "ALL",
  resource_arns: ["arn:aws:rds:eu-west-1:111111111111:cluster:ledger"],
};
const template = {
  description: "Fails over",
  role_arn: "arn:aws:iam::111111111111:role/fis",
  stop_condition: [{ source: "aws:cloudwatch:alarm", value: alarm }],
  action: [
    { name: "fault", action_id: "aws:rds:failover-db-cluster", target: [{ key: "Clusters", value: "touched" }] },
  ],
  target: [target],
};
const pausing = (duration: string) => ({
  action: [
    {
      name: "fault",
      action_id: "aws:dynamodb:global-table-pause-replication",
      parameter: [{ key: "duration", value: duration }],
      target: [{ key: "Tables", value: "touched" }],
    },
  ],
  target: [{ ...target, resource_type: "aws:dynamodb:global-table" }],
});
const problems = (change: object, options = {}) =>
  valueProblems("aws_fis_experiment_template", { ...template, ...change }, options).map(
    ({ path, problem }) => `${path.join(".")}: ${problem}`,
  );

describe("A template of an experiment", () => {
  test("is taken as the toolkit makes it, with references too, and with actions that are not known", () => {
    expect(problems({})).toEqual([]);
    expect(problems({ stop_condition: [{ source: "none" }] })).toEqual([]);
    expect(problems({ stop_condition: [{ source: "aws:cloudwatch:alarm", value: `\${aws_a.b.arn}` }] })).toEqual([]);
    expect(
      problems({
        action: [
          {
            name: "a",
            action_id: "aws:ecs:drain-container-instances",
            target: [{ key: "Clusters", value: "touched" }],
          },
        ],
      }),
    ).toEqual([]);
    const tasks = { ...target, resource_type: "aws:ecs:task", parameters: { cluster: "a", service: "a" } };
    const stopping = [{ name: "a", action_id: "aws:ecs:stop-task", target: [{ key: "Tasks", value: "touched" }] }];
    expect(problems({ action: stopping, target: [tasks] })).toEqual([]);
    expect(problems({ action: stopping })).toEqual([
      expect.stringContaining("is a target of type aws:rds:cluster, but the action is done to aws:ecs:task"),
    ]);
    expect(problems(pausing(`\${var.duration}`))).toEqual([]);
    for (const duration of ["PT1M", "PT12H", "PT1H30M", "PT90S"]) expect(problems(pausing(duration))).toEqual([]);
  });

  test.each<[object, string]>([
    [
      { stop_condition: [{ source: "aws:cloudwatch:alarm", value: "" }] },
      "stop_condition.0.value: is empty; use at least 20 characters",
    ],
    [
      { stop_condition: [{ source: "aws:cloudwatch" }] },
      "stop_condition.0.source: is no source of a stop condition; use aws:cloudwatch:alarm, or none",
    ],
    [
      { action: [{ name: "a", action_id: "aws:rds:failover-db-cluster" }] },
      "action.0.target: is required, as the action is done to Clusters; name a target of the template",
    ],
    [
      {
        action: [
          { name: "a", action_id: "aws:rds:failover-db-cluster", target: [{ key: "Tables", value: "touched" }] },
        ],
      },
      "action.0.target.0.key: is no target of this action; use Clusters",
    ],
    [
      {
        action: [
          {
            name: "a",
            action_id: "aws:ssm:start-automation-execution",
            target: [{ key: "Instances", value: "touched" }],
          },
        ],
      },
      "action.0.target.0.key: has no targets; remove it",
    ],
    [
      {
        action: [
          { name: "a", action_id: "aws:rds:failover-db-cluster", target: [{ key: "Clusters", value: "other" }] },
        ],
      },
      "action.0.target.0.value: is no target of the template; use the name of one",
    ],
    [
      { target: [{ ...target, resource_type: "aws:rds:db" }] },
      "action.0.target.0.value: is a target of type aws:rds:db, but the action is done to aws:rds:cluster; use one of that type",
    ],
    [pausing("15"), "action.0.parameter.0.value: is no duration of ISO 8601; write it like PT10M or PT1H30M"],
    [pausing("PT"), "action.0.parameter.0.value: is no duration of ISO 8601; write it like PT10M or PT1H30M"],
    [pausing("PT30S"), "action.0.parameter.0.value: is no duration that FIS takes; use PT1M to PT12H"],
    [pausing("PT13H"), "action.0.parameter.0.value: is no duration that FIS takes; use PT1M to PT12H"],
  ])("is refused %j", (change, problem) => {
    expect(problems(change)).toContain(problem);
  });

  test("names at most five resources", () => {
    const resource_arns = Array.from({ length: 6 }, (_, index) => `${target.resource_arns[0]}${index}`);
    expect(problems({ target: [{ ...target, resource_arns }] })).toEqual([
      expect.stringMatching(/^target.0.resource_arns: .*5/),
    ]);
  });
});
