import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { UserError } from "../../errors";
import {
  type CheckOptions,
  checkPlan,
  describeAcknowledgeable,
  planSummary,
  renderReview,
  renderViolations,
  reviewPlan,
  reviewPlanFiles,
  summarizePlans,
} from "../../gates";
import { pipe } from "../../output";
import type { Plan } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";
import { change, configuration, plan, update } from "./plans";

const key = "aws_kms_key.data_primary";

describe("The summary of plans", () => {
  const regions = configuration({
    [key]: "eu-west-1",
    "aws_kms_replica_key.data_replica-eu-central-1": "eu-central-1",
    "aws_sqs_queue.a": "eu-west-1",
    "aws_sqs_queue.b": "eu-west-1",
  });
  const changes: Plan = plan(
    [
      change("aws_sqs_queue.a", ["create"]),
      change("aws_sqs_queue.b", ["delete", "create"]),
      change(key, ["no-op"]),
      change("aws_kms_replica_key.data_replica-eu-central-1", ["create"]),
      change("aws_sns_topic.old", ["delete"], { before: { arn: "arn:aws:sns:us-east-1:111111111111:old" } }),
      change("aws_iam_role.old", ["forget"], { before: { arn: "arn:aws:iam::111111111111:role/old" } }),
      change("terraform_data.mark", ["create"]),
      change("data.aws_region.here", ["read"], { mode: "data" }),
    ],
    regions,
  );
  const nothing = { added: 0, changed: 0, replaced: 0, destroyed: 0, forgotten: 0 };

  test("counts by region and type, without reads and what stays as it is", () => {
    expect(planSummary([changes])).toEqual([
      { ...nothing, region: "eu-central-1", type: "aws_kms_replica_key", added: 1 },
      { ...nothing, region: "eu-west-1", type: "aws_sqs_queue", added: 1, replaced: 1 },
      { ...nothing, region: "global", type: "aws_iam_role", forgotten: 1 },
      { ...nothing, region: "none", type: "terraform_data", added: 1 },
      { ...nothing, region: "us-east-1", type: "aws_sns_topic", destroyed: 1 },
    ]);
  });

  test("adds up several plans", () => {
    const other = plan([update("aws_sqs_queue.a", {}, {})], regions);
    expect(planSummary([plan([]), other, other])).toEqual([
      { ...nothing, region: "eu-west-1", type: "aws_sqs_queue", changed: 2 },
    ]);
  });

  test("names the region that a provider is set to, else the provider's alias", () => {
    const named = {
      provider_config: {
        "aws.primary": { alias: "primary", expressions: { region: { constant_value: "eu-west-1" } } },
        "aws.eu-central-1": { alias: "eu-central-1", expressions: { region: {} } },
      },
      root_module: {
        resources: [
          { address: "aws_sqs_queue.a", provider_config_key: "aws.primary" },
          { address: "aws_sqs_queue.b", provider_config_key: "aws.eu-central-1" },
        ],
      },
    };
    const both = plan([change("aws_sqs_queue.a", ["create"]), change("aws_sqs_queue.b", ["create"])], named);
    expect(planSummary([both]).map(({ region }) => region)).toEqual(["eu-central-1", "eu-west-1"]);
  });

  test("is a table with a total", () => {
    const cells = (table: string) => table.split("\n").map((line) => line.split("\t"));
    expect(cells(summarizePlans([plan(changes.resource_changes?.slice(0, 4) ?? [], regions)], pipe))).toEqual([
      ["region", "resource type", "added", "changed", "replaced", "destroyed"],
      ["eu-central-1", "aws_kms_replica_key", "1", "0", "0", "0"],
      ["eu-west-1", "aws_sqs_queue", "1", "0", "1", "0"],
      ["total", "", "2", "0", "1", "0"],
    ]);
    expect(cells(summarizePlans([changes], pipe))[0]).toContain("forgotten");
    expect(summarizePlans([plan([])], pipe)).toBe("No changes.");
  });
});

describe("The report of violations", () => {
  const violations = checkPlan(plan([change(key, ["delete"], { action_reason: "delete_because_no_resource_config" })]));

  test.each([60, 80, 120, 200])("has each in full in %d columns, its address and its rule in one piece", (columns) => {
    const text = renderViolations(violations, { columns });
    for (const { rule, address, message, howToFix } of violations) {
      for (const name of [rule, address]) expect(text).toContain(name);
      for (const word of `${message} ${howToFix}`.split(" ")) expect(text).toContain(word);
    }
    expect(text).toMatch(/\n2 violations$/);
  });

  test("is a line for each in a pipe, with the stack where it is known", () => {
    const [first] = violations;
    const lines = renderViolations(first ? [{ ...first, stack: "prod-keys" }] : [], pipe).split("\n");
    expect(lines).toEqual([
      "rule\tstack\taddress\twhat the plan would do\thow to fix it",
      `no-data-loss\tprod-keys\t${key}\t${first?.message}\t${first?.howToFix}`,
      "1 violation",
    ]);
  });

  test("is one line when there is none", () => {
    expect(renderViolations([], pipe)).toBe(
      "No violations: nothing that holds data or keys is lost, and no address disappears.",
    );
  });
});

describe("A review of plan files", () => {
  const folder = temporaryFolder();

  const run = (...contents: unknown[]) => runWith({}, ...contents);

  /** Runs the gates on plans of the stacks `prod-0`, `prod-1` and so on, as they are in cdktf's output folder. */
  function runWith(options: CheckOptions, ...contents: unknown[]) {
    const files = contents.map((content, index) => {
      const stack = join(folder, `prod-${index}`);
      mkdirSync(stack, { recursive: true });
      const file = join(stack, "plan.json");
      writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
      return file;
    });
    try {
      const review = reviewPlanFiles(files, options);
      const report = `${renderReview(review, pipe)}\n`;
      return { code: review.violations.length > 0 ? 1 : 0, report, complaint: "" };
    } catch (error) {
      const { exitCode, message } = error as UserError;
      return { code: exitCode, report: "", complaint: message.replaceAll(folder, "") };
    }
  }

  test("has the exit code 0 for plans that keep the rules", () => {
    const deployed = change("aws_sns_topic.alerts", ["no-op"]);
    expect(run(plan([change(key, ["create"]), deployed]), plan([]))).toMatchObject({ code: 0, complaint: "" });
  });

  test("has the exit code 1 for data from an empty state, unless it is said to be the first deployment", () => {
    const fresh = plan([change(key, ["create"]), change("aws_sqs_queue.orders", ["create"])]);
    expect(run(fresh)).toMatchObject({ code: 1, report: expect.stringContaining("no-fresh-start") });
    expect(runWith({ firstDeployment: true }, fresh)).toMatchObject({ code: 0, complaint: "" });
    // Another state of the rollout that is not empty proves that states are looked for in the right place.
    expect(run(fresh, plan([change("aws_sns_topic.alerts", ["no-op"])]))).toMatchObject({ code: 0 });
  });

  test("has the exit code 2 for a first deployment over a state that is not empty, so that no pipeline says so for good", () => {
    const deployed = plan([change("aws_sns_topic.alerts", ["no-op"])]);
    expect(runWith({ firstDeployment: true }, plan([]), deployed)).toEqual({
      code: 2,
      report: "",
      complaint:
        "/prod-1/plan.json: its state is not empty, so this is not the first deployment; leave --first-deployment out",
    });
  });

  describe("with acknowledged removals", () => {
    const gone = plan([change(key, ["delete"], { action_reason: "delete_because_no_resource_config" })]);
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const removal = {
      stack: "prod-0",
      address: key,
      reason: "nothing is encrypted with it any more",
      expires: inDays(1),
    };

    test("accepts what every gate says about exactly this address of this stack, and prints which, why and until when", () => {
      const { code, report } = runWith({ acknowledgedRemovals: [removal] }, gone);
      expect(code).toBe(0);
      for (const rule of ["no-data-loss", "no-vanished-address"]) {
        expect(report).toContain(`Accepted until ${removal.expires} (${rule}): ${key} of prod-0 `);
      }
      expect(report).toContain("Reason: nothing is encrypted with it any more\n");
      expect(report).toMatch(/No violations.*\n$/);
    });

    test.each([
      [
        "another stack",
        { stack: "prod-1" },
        /no plan removes, replaces or changes aws_kms_key\.data_primary of prod-1; take/,
      ],
      [
        "another address",
        { address: "aws_kms_key.data" },
        /no plan removes, replaces or changes aws_kms_key\.data of prod-0; take/,
      ],
      ["the past", { expires: inDays(-1) }, /its[\s\S]*acknowledgement[\s\S]*expired/],
    ])("refuses the removal when they are of %s, and says what they are worth", (_what, other, said) => {
      const { code, report } = runWith({ acknowledgedRemovals: [{ ...removal, ...other }] }, gone, plan([]));
      expect([code, report]).toEqual([1, expect.stringMatching(said)]);
      expect(report).not.toContain("Accepted");
    });

    test("prints the entry that would acknowledge what is refused, once and in one piece", () => {
      const older = update("aws_rds_cluster.a", { engine_version: "16.6" }, { engine_version: "16.4" });
      const { report } = run(gone, plan([older]));
      expect(report.split("\n").slice(-3)).toEqual([
        "If a change is meant, add its entry to acknowledgedRemovals of the environment, with reason and expires:",
        `  { stack: "prod-0", address: "${key}" },`,
        "",
      ]);
      // What AWS refuses has none.
      expect(report).toMatch(/no-refused-change/);
    });

    test("counts until the end of the last day", () => {
      expect(runWith({ acknowledgedRemovals: [{ ...removal, expires: inDays(0) }] }, gone).code).toBe(0);
    });

    test("accepts the end of protection before the removal, and one index without the others", () => {
      const table = "aws_dynamodb_table.orders";
      const off = update(table, { deletion_protection_enabled: true }, { deletion_protection_enabled: false });
      const indexes = { global_secondary_index: [{ name: "by-day" }, { name: "by-customer" }] };
      const cut = update(table, indexes, { global_secondary_index: [] });
      const about = (address: string) => ({ acknowledgedRemovals: [{ ...removal, address }] });
      expect(runWith(about(table), plan([off])).code).toBe(0);
      // Neither does the table stand for its indexes, nor one index for the other.
      expect(runWith(about(table), plan([cut])).report).toContain("2 violations");
      const { report } = runWith(about(`${table}.global_secondary_index["by-day"]`), plan([cut]));
      expect(report).toMatch(/Accepted .*"by-day"[\s\S]*"by-customer"[\s\S]*1 violation\n/);
    });

    test("accepts the change of one argument, and neither another one nor the removal", () => {
      const queue = "aws_sqs_queue.orders";
      const less = update(queue, { message_retention_seconds: 1209600 }, { message_retention_seconds: 60 });
      const lost = change(queue, ["delete"], { before: {} });
      const about = (address: string) => ({ acknowledgedRemovals: [{ ...removal, address }] });
      const argument = `${queue}.message_retention_seconds`;
      expect(run(plan([less])).report).toContain(`  { stack: "prod-0", address: "${argument}" },`);
      expect(runWith(about(argument), plan([less])).code).toBe(0);
      expect(runWith(about(`${queue}.kms_master_key_id`), plan([less])).code).toBe(1);
      expect(runWith(about(queue), plan([less])).code).toBe(1);
      expect(runWith(about(argument), plan([lost])).code).toBe(1);
    });
  });

  test("has the exit code 1 and reports the violation of any plan", () => {
    const { code, report } = run(plan([]), plan([change(key, ["delete"])]));
    expect(code).toBe(1);
    expect(report).toContain("no-data-loss");
  });

  test.each([
    ["{", "/prod-0/plan.json: is not JSON; run `terraform plan -out=plan`, then `terraform show -json plan >"],
    ["[]", "is not a plan; run `terraform plan"],
    [{ format_version: "1.0", values: {} }, "is not a plan, but other JSON; run `terraform plan"],
    [
      { ...plan([]), format_version: "2.0" },
      "has plan format 2.0, but the gates only know format 1; use Terraform 1.x",
    ],
    [{ ...plan([]), errored: true }, "contains a plan that failed midway and proves nothing; fix the error"],
  ])("has the exit code 2 for %j and says why", (content, message) => {
    const { code, complaint } = run(content);
    expect([code, complaint]).toEqual([2, expect.stringContaining(message)]);
  });

  test("has the exit code 2 for a file that is missing, and for none", () => {
    expect(() => reviewPlanFiles([join(folder, "missing.json")])).toThrow(
      /missing\.json: cannot be read; run `terraform plan/,
    );
    expect(() => reviewPlanFiles([])).toThrow(
      "no plan was given; name the files that `terraform show -json` wrote, one for each state",
    );
  });
});

describe("An acknowledged finding", () => {
  const made = plan([change("aws_s3_bucket_acl.site", ["create"], { after: { acl: "public-read" } })]);
  const entry = {
    rule: "no-public-storage",
    stack: "prod-edge",
    address: "aws_s3_bucket_acl.site.acl",
    reason: "the site is for everybody",
    expires: "2999-12-31",
  };
  const violations = (acknowledged: object, stack: string | undefined = "prod-edge") =>
    reviewPlan({ stack, plan: made }, { acknowledgedFindings: [{ ...entry, ...acknowledged }] }).violations;

  test("is accepted by its rule, stack and address, and by nothing else", () => {
    expect(violations({})).toEqual([]);
    expect(violations({ rule: "no-weaker-security" })).toHaveLength(1);
    expect(violations({ stack: "prod-data" })).toHaveLength(1);
    expect(violations({ address: "aws_s3_bucket_acl.site" })).toHaveLength(1);
    expect(violations({}, "another")).toHaveLength(1);
    expect(violations({ expires: "2025-01-31" })).toMatchObject([
      { message: expect.stringContaining("its acknowledgement expired on 2025-01-31") },
    ]);
  });

  test("is no removal: an entry of acknowledgedRemovals does not accept it", () => {
    const { rule: _, ...removal } = entry;
    const { violations: refused } = reviewPlan({ stack: "prod-edge", plan: made }, { acknowledgedRemovals: [removal] });
    expect(refused).toHaveLength(1);
    expect(describeAcknowledgeable(refused)).toEqual([
      "If it may stay so, add its entry to acknowledgedFindings of the environment, with reason and expires:",
      '  { rule: "no-public-storage", stack: "prod-edge", address: "aws_s3_bucket_acl.site.acl" },',
    ]);
  });
});
