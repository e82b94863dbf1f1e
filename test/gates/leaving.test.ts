import { loweredOutput } from "../../contract/told-outputs";
import { reviewPlan } from "../../gates";
import type { Plan } from "../../terraform";
import { change, plan } from "./plans";

const gone = { action_reason: "delete_because_no_resource_config" };
const removed = (address: string, before: object = {}) => change(address, ["delete"], { before, ...gone });
const leaving = { regions: ["eu-central-1"], stacks: ["prod-events"] };

const refused = (stack: string | undefined, address: string, before?: object) =>
  reviewPlan({ stack, plan: plan([removed(address, before)]) }, { leaving }).violations.map(({ rule }) => rule);

describe("What leaves an environment", () => {
  test("may vanish from a stack that leaves, and from others by its ARN or its address", () => {
    expect(refused("prod-events", "aws_iam_role.replication")).toEqual([]);
    expect(refused("prod-keys", "aws_kms_alias.data_alias-eu-central-1")).toEqual([]);
    const arn = "arn:aws:cloudwatch:eu-central-1:444444444444:alarm:x";
    expect(refused("prod-data", "aws_cloudwatch_metric_alarm.orders_throttles", { arn })).toEqual([]);
    expect(refused("prod-data", "aws_cloudwatch_metric_alarm.orders_replication-to-eu-central-1")).toEqual([]);
  });

  test("may not vanish elsewhere", () => {
    const rule = ["no-vanished-address"];
    expect(refused("prod-data", "aws_cloudwatch_metric_alarm.orders_throttles")).toEqual(rule);
    expect(refused("prod-keys", "aws_kms_alias.data_alias-eu-central-10")).toEqual(rule);
    expect(refused("prod-keys", "aws_kms_alias.data_alias-xeu-central-1")).toEqual(rule);
    const arn = "arn:aws:cloudwatch:eu-west-1:444444444444:alarm:x";
    expect(refused("prod-data", "aws_cloudwatch_metric_alarm.orders_throttles", { arn })).toEqual(rule);
    expect(refused(undefined, "aws_iam_role.a")).toEqual(rule);
  });

  test("keeps what holds data or keys until that is acknowledged", () => {
    expect(refused("prod-events", "aws_cloudwatch_event_archive.orders")).toEqual(["no-data-loss"]);
    expect(refused("prod-keys", "aws_kms_replica_key.data_replica-eu-central-1")).toEqual(["no-data-loss"]);
  });
});

describe("What goes with a stage that is lowered", () => {
  const told = ["aws_sqs_queue.orders_failed", "aws_cloudwatch_log_group.flow", "aws_dynamodb_table.late"];
  const lowering = (address: string, before: unknown = {}, after: unknown = told): Plan => ({
    ...plan([removed(address, before as object)]),
    output_changes: {
      [loweredOutput]: { actions: ["create"], before: null, after },
    } as unknown as Plan["output_changes"],
  });
  const rulesOf = (checked: Plan) =>
    reviewPlan({ stack: "prod-data", plan: checked }).violations.map(({ rule }) => rule);

  test("may vanish where the configuration tells that the stage had it, with or without a number", () => {
    expect(rulesOf(lowering("aws_iam_role.late", {}, ["aws_iam_role.late"]))).toEqual([]);
    expect(rulesOf(lowering("aws_iam_role.late[0]", {}, ["aws_iam_role.late"]))).toEqual([]);
    expect(rulesOf(lowering('aws_iam_role.late["a"]', {}, ["aws_iam_role.late"]))).toEqual([]);
  });

  test("may not vanish where it tells of others, of none, or of something that is no list", () => {
    const rule = ["no-vanished-address"];
    expect(rulesOf(lowering("aws_iam_role.later", {}, ["aws_iam_role.late"]))).toEqual(rule);
    expect(rulesOf(lowering("aws_iam_role.late", {}, []))).toEqual(rule);
    expect(rulesOf(lowering("aws_iam_role.late", {}, "aws_iam_role.late"))).toEqual(rule);
    expect(rulesOf(lowering("aws_iam_role.late", {}, undefined))).toEqual(rule);
    expect(rulesOf(plan([removed("aws_iam_role.late")]))).toEqual(rule);
  });

  test("keeps what holds data or keys until that is acknowledged", () => {
    expect(rulesOf(lowering("aws_dynamodb_table.late"))).toEqual(["no-data-loss"]);
    expect(rulesOf(lowering("aws_cloudwatch_log_group.flow"))).toEqual(["no-data-loss"]);
  });
});
