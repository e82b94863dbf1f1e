import { actionsTable, placementTable, type ResourceAction } from "../../cli/commands/demo-tables";

const actions: readonly ResourceAction[] = [
  { stack: "sandbox-keys", address: "aws_kms_key.data_primary", outcome: "added" },
  { stack: "sandbox-keys", address: "aws_kms_alias.old", outcome: "destroyed" },
  { stack: "sandbox-keys", address: "aws_sns_topic.alerts-eu-west-1_topic", outcome: "changed" },
  { stack: "sandbox-data", address: "aws_dynamodb_table.orders_table", outcome: "replaced" },
];

describe("The demo's tables", () => {
  test("count actions per stack and region, with a total", () => {
    const table = actionsTable(actions, ({ stack }) => (stack === "sandbox-keys" ? "eu-west-1" : "none"));
    const rows = table.split("\n").map((line) => line.match(/[\w-]+/g)?.join(" "));
    expect(rows).toContain("sandbox-keys eu-west-1 1 1 0 1");
    expect(rows).toContain("sandbox-data none 0 0 1 0");
    expect(rows.find((row) => row?.includes("total"))).toMatch(/1 .*1 .*1 .*1/);
  });

  test("say so when nothing was done", () => expect(actionsTable([], () => "")).toContain("nothing to do"));

  test("count what stands in each region by service", () => {
    const regions = new Map([
      ["a aws_kms_key.x", "eu-west-1"],
      ["a aws_kms_alias.x", "eu-west-1"],
      ["a aws_kms_replica_key.x", "eu-central-1"],
    ]);
    expect(placementTable(regions)).toMatch(/KMS\s+│ 1\s+│ 2/);
  });
});
