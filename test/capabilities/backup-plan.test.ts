import { defineEnvironment, type EnvironmentInput } from "../../config";
import prod from "../../environments/prod";
import staging from "../../environments/staging";
import { resourcesOf } from "../../terraform";
import { mistakesOf } from "../support/mistakes";
import { stacksOf } from "../support/synthesized-once";

const daily = { name: "daily", schedule: "cron(0 3 ? * * *)" };

const mistakes = (backups: object, change: object = {}) =>
  mistakesOf((input) => Object.assign(input, { backups }, change), prod);

function operationsOf(input: EnvironmentInput, stage: "foundation" | "hardening" | "optimization" = "hardening") {
  const stacks = stacksOf(defineEnvironment(input), { stage });
  const stack = stacks.find(({ name }) => name.endsWith("-operations"));
  if (!stack) throw new Error("no operations");
  return { resources: resourcesOf(stack), providers: JSON.stringify(stack.terraform.provider) };
}

describe("The capability backupPlan", () => {
  test("comes with hardening", () => {
    expect(operationsOf(prod.input, "foundation").resources.has("aws_backup_plan.backups_plan")).toBe(false);
    expect(operationsOf(prod.input).resources.has("aws_backup_plan.backups_plan")).toBe(true);
  });

  test("backs up every table and database that is not left out", () => {
    const all = JSON.stringify(operationsOf(prod.input).resources.get("aws_backup_selection.backups_tables"));
    for (const table of ["orders", "shipments", "handled-events"]) expect(all).toContain(`${table}_tablearn`);
    const [orders, ...tables] = prod.input.tables ?? [];
    const databases = (prod.input.databases ?? []).map((database) => ({ ...database, backup: false }));
    if (!orders) throw new Error("prod has no tables any more");
    const some = operationsOf({
      ...prod.input,
      tables: [{ ...orders, backup: false }, ...tables],
      databases,
    }).resources;
    expect(JSON.stringify(some.get("aws_backup_selection.backups_tables"))).not.toContain("orders_tablearn");
    expect(some.has("aws_backup_selection.backups_clusters")).toBe(false);
    expect(JSON.stringify(some.get("aws_iam_role_policy.backups_role_policy"))).not.toContain("rds:CreateDBCluster");
  });

  test("keeps the vaults of an environment that leaves everything out, and makes none where there is no data", () => {
    const tables = (staging.input.tables ?? []).map((table) => ({ ...table, backup: false }));
    const none = operationsOf({ ...staging.input, tables }).resources;
    expect(none.has("aws_backup_vault.backups_eu-west-1_vault")).toBe(true);
    expect(none.has("aws_backup_plan.backups_plan")).toBe(false);
  });

  test("reaches the region of the copies, from the first stage with backups on", () => {
    // Channels of alerts reach every region from the first stage on.
    const { alertChannels: _, ...input } = prod.input;
    expect(operationsOf(input, "foundation").providers).not.toContain("eu-central-1");
    const { resources, providers } = operationsOf(input);
    expect(providers).toContain("eu-central-1");
    expect(resources.get("aws_backup_vault.backups_eu-central-1_vault")).toMatchObject({
      provider: "aws.eu-central-1",
    });
  });

  test.each<[string, object, RegExp]>([
    ["a region that is not of the environment", { copyTo: "eu-north-1" }, /^backups\.copyTo: is no standby region/],
    ["the home region", { copyTo: "eu-west-1" }, /^backups\.copyTo: is no standby region/],
    [
      "an objective that the schedules miss",
      { rules: [daily], recoveryPointHours: 24 },
      /^backups\.recoveryPointHours: cannot be met, as up to 25 hours pass/,
    ],
    [
      "an objective with a schedule that ends",
      { rules: [{ ...daily, schedule: "cron(0 3 ? * * 2030)" }], recoveryPointHours: 24 },
      /^backups\.recoveryPointHours: cannot be met, as no schedule goes on for ever/,
    ],
    [
      "to take over the retention of clusters",
      { rules: [{ ...daily, continuous: true }] },
      /^backups\.rules\[0\]\.continuous: would let AWS Backup change the clusters' retention/,
    ],
    [
      "a key that is not in the region of a vault",
      { copyTo: "eu-central-1", key: { existing: {} } },
      /^backups\.key\.existing\.eu-(west|central)-1: is required, as there is a vault/,
    ],
  ])("refuses %s", (_, backups, message) => {
    for (const mistake of mistakes(backups)) expect(mistake).toMatch(message);
    expect(mistakes(backups)).not.toEqual([]);
  });

  test("takes an objective that they meet", () => {
    expect(mistakes({ rules: [daily], recoveryPointHours: 25 })).toEqual([]);
  });
});

describe("The capability flowLogs", () => {
  test("is not configured for a network that somebody else owns", () => {
    const found = mistakesOf((input) => {
      const network = {
        existing: Object.fromEntries(
          ["eu-west-1", "eu-central-1"].map((region, at) => [
            region,
            {
              vpcId: `vpc-0123456789abcdef${at}`,
              subnetIds: [`subnet-0123456789abcde${at}0`, `subnet-0123456789abcde${at}1`],
              additionalSecurityGroupIds: [`sg-0123456789abcdef${at}`],
            },
          ]),
        ),
      };
      Object.assign(input.databases[0], { network, flowLogs: { trafficType: "REJECT" } });
    }, prod);
    expect(found).toEqual([expect.stringMatching(/^databases\[0\]\.flowLogs: is only for a network that is made/)]);
  });
});
