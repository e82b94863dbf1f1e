import { countActions, countPlaces, type ResourceAction } from "../../cli/commands/demo-counts";
import { demoStageText } from "../../cli/documents/demo";
import { pipe } from "../../output";

const actions: readonly ResourceAction[] = [
  { stack: "sandbox-keys", address: "aws_kms_key.data_primary", outcome: "added" },
  { stack: "sandbox-keys", address: "aws_kms_alias.old", outcome: "destroyed" },
  { stack: "sandbox-keys", address: "aws_sns_topic.alerts-eu-west-1_topic", outcome: "changed" },
  { stack: "sandbox-data", address: "aws_dynamodb_table.orders_table", outcome: "replaced" },
];
const brings = ["alarms"];

describe("The demo", () => {
  test("counts actions per stack and region, with a total", () => {
    const changes = countActions(actions, ({ stack }) => (stack === "sandbox-keys" ? "eu-west-1" : "none"));
    expect(changes).toEqual([
      { stack: "sandbox-keys", region: "eu-west-1", added: 1, changed: 1, replaced: 0, destroyed: 1, forgotten: 0 },
      { stack: "sandbox-data", region: "none", added: 0, changed: 0, replaced: 1, destroyed: 0, forgotten: 0 },
    ]);
    expect(demoStageText({ stage: "foundation", brings, changes }, pipe).split("\n").slice(-2)).toEqual([
      "total\t\t1\t1\t1\t1",
      "",
    ]);
  });

  test("says so when nothing was done", () =>
    expect(demoStageText({ stage: "foundation", brings, changes: [] }, pipe)).toContain("nothing to do"));

  test("counts what stands in each region by service", () => {
    const regions = new Map([
      ["a aws_kms_key.x", "eu-west-1"],
      ["a aws_kms_alias.x", "eu-west-1"],
      ["a aws_kms_replica_key.x", "eu-central-1"],
      ["a aws_sqs_queue.x", "eu-west-1"],
    ]);
    expect(countPlaces(regions)).toEqual([
      { service: "KMS", regions: { "eu-west-1": 2, "eu-central-1": 1 } },
      { service: "SQS", regions: { "eu-west-1": 1 } },
    ]);
  });
});
