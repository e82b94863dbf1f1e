import { DeployLog } from "../../cli/demo/deploy-log";
import { actionsTable, placementTable } from "../../cli/demo/tables";

const output = `sandbox-keys  Initializing the backend...
sandbox-keys  Terraform will perform the following actions:
                # aws_kms_key.data_primary (data/primary) will be created
                + resource "aws_kms_key" "data_primary" {
sandbox-keys  aws_kms_key.data_primary (data/primary): Creating...
              aws_kms_alias.old (old): Destroying... [id=alias/old]
              aws_sns_topic.alerts-eu-west-1_topic (alerts-eu-west-1/topic): Modifying... [id=arn]
sandbox-keys  aws_kms_key.data_primary (data/primary): Creation complete after 3s [id=mrk-1]
sandbox-data  aws_dynamodb_table.orders_table: Destroying... [id=x]
sandbox-data  aws_dynamodb_table.orders_table: Creating...
`;

function actionsOf(chunks: readonly string[]) {
  const log = new DeployLog();
  for (const chunk of chunks) log.write(chunk);
  return log.actions;
}

const expected = [
  { stack: "sandbox-keys", address: "aws_kms_key.data_primary", action: "added" },
  { stack: "sandbox-keys", address: "aws_kms_alias.old", action: "destroyed" },
  { stack: "sandbox-keys", address: "aws_sns_topic.alerts-eu-west-1_topic", action: "changed" },
  { stack: "sandbox-data", address: "aws_dynamodb_table.orders_table", action: "replaced" },
];

describe("DeployLog", () => {
  test("reads what was done to each resource of each stack", () => expect(actionsOf([output])).toEqual(expected));

  test("reads the same from output that comes in pieces", () => {
    expect(actionsOf(output.match(/[\s\S]{1,7}/g) ?? [])).toEqual(expected);
  });

  test("reads the same through colours", () => {
    expect(actionsOf([output.replaceAll("aws_", "\u001b[1maws_").replaceAll(": ", ":\u001b[0m ")])).toEqual(expected);
  });
});

describe("The demo's tables", () => {
  test("count actions per stack and region, with a total", () => {
    const table = actionsTable(actionsOf([output]), ({ stack }) => (stack === "sandbox-keys" ? "eu-west-1" : "none"));
    const rows = table.split("\n").map((line) => line.match(/[\w-]+/g)?.join(" "));
    expect(rows).toContain("sandbox-keys eu-west-1 1 1 0 1");
    expect(rows).toContain("sandbox-data none 0 0 1 0");
    expect(rows.find((row) => row?.includes("in all"))).toMatch(/1 .*1 .*1 .*1/);
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
