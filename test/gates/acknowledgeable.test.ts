import { type GateSettings, neverAcknowledged } from "../../contract";
import { ignoredOutput, stacksOutput } from "../../contract/told-outputs";
import { type CheckOptions, gates, reviewPlan } from "../../gates";
import type { Plan, ResourceChange } from "../../terraform";
import { change, configuration, plan, update } from "./plans";

const stack = "prod-data";
const key = "aws_kms_key.data";
const table = "aws_dynamodb_table.orders";
const inIreland = {
  provider_config: { "aws.here": { alias: "here", expressions: { region: { constant_value: "eu-west-1" } } } },
  root_module: { resources: [{ address: "aws_sns_topic.a", provider_config_key: "aws.here", expressions: {} }] },
};
const policyOf = (...actions: readonly string[]) => ({
  policy: JSON.stringify({
    Statement: actions.map((Action) => ({
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::111111111111:root" },
      Action,
      Resource: "*",
    })),
  }),
});
const lostTable = change(table, ["delete"], {
  before: { arn: "arn:aws:dynamodb:eu-west-1:111111111111:table/orders" },
});
const topicElsewhere = { arn: "arn:aws:sns:eu-central-1:111111111111:alerts" };
const reading: Plan = plan([], {
  root_module: {
    resources: [
      {
        address: "aws_sns_topic.a",
        expressions: { key: { references: ["data.terraform_remote_state.keys.outputs.key-arn"] } },
      },
    ],
  },
});
const withOriginUse = (use?: string) => ({
  environment: [{ variables: { SERVICE_NAME: "a", ...(use && { ORIGIN_SECRET_USE: use }) } }],
});
const told = (name: string, before: unknown, after: unknown): Plan => ({
  ...plan([]),
  output_changes: { [name]: { actions: ["update"], before, after } } as unknown as Plan["output_changes"],
});

const servicesIn = (region: string): Plan => {
  const address = `aws_lambda_function.in-${region}`;
  return plan([update(address, { memory_size: 128 }, { memory_size: 256 })], configuration({ [address]: region }));
};

/** What the gates need that are off until it is asked for. */
const settings: GateSettings = {
  wave: true,
  staticStability: true,
  requiredTags: { Owner: {} },
  maxCostIncreaseUsd: 10,
  costsOf: (_, { resource_changes: changes = [] }) =>
    changes.some(({ type }) => type === "aws_nat_gateway") ? { usd: 35, notCounted: [] } : undefined,
};

/** For each gate what it refuses, and the addresses that an environment names to have it accepted; none where it never is. */
type Sample = readonly [refused: Plan | ResourceChange, acknowledged: readonly string[], others?: readonly Plan[]];

const samples: Readonly<Record<string, readonly Sample[]>> = {
  "no-data-loss": [[change(table, ["delete"]), [table]]],
  "no-recreation": [[{ ...plan([change(table, ["create"])]), resource_drift: [lostTable] }, [table]]],
  "no-other-region": [
    [
      plan([change("aws_sns_topic.a", ["no-op"], { before: topicElsewhere, after: topicElsewhere })], inIreland),
      ["aws_sns_topic.a"],
    ],
  ],
  "no-fresh-start": [[change(table, ["create"]), []]],
  "no-nested-data-loss": [
    [update(table, { replica: [{ region_name: "eu-west-2" }] }, { replica: [] }), [`${table}.replica["eu-west-2"]`]],
  ],
  "no-attribute-type-change": [
    [update(table, { attribute: [{ name: "pk", type: "S" }] }, { attribute: [{ name: "pk", type: "N" }] }), []],
  ],
  "no-other-expiry": [
    [update(table, { ttl: [{ attribute_name: "a", enabled: true }] }, { ttl: [{ enabled: false }] }), [`${table}.ttl`]],
  ],
  "no-key-off": [
    [update(key, { is_enabled: true }, { is_enabled: false }), [`${key}.is_enabled`]],
    [update("aws_kms_replica_key.eu", { enabled: true }, { enabled: false }), ["aws_kms_replica_key.eu.enabled"]],
    [update(key, { enable_key_rotation: true }, { enable_key_rotation: false }), [`${key}.enable_key_rotation`]],
  ],
  "no-lockout": [
    [
      update("aws_sqs_queue_policy.a", policyOf("sqs:SendMessage"), policyOf("sqs:ReceiveMessage")),
      ["aws_sqs_queue_policy.a.policy"],
    ],
    [update(key, policyOf("kms:*"), policyOf("kms:Decrypt")), []],
  ],
  "no-other-key": [
    [
      update("aws_kms_alias.a", { target_key_id: "one" }, { target_key_id: "other" }),
      ["aws_kms_alias.a.target_key_id"],
    ],
  ],
  "no-protection-off": [
    [update(table, { deletion_protection_enabled: true }, { deletion_protection_enabled: false }), [table]],
  ],
  "no-final-deletion": [
    [
      update("aws_db_instance.a", { skip_final_snapshot: false }, { skip_final_snapshot: true }),
      ["aws_db_instance.a.skip_final_snapshot"],
    ],
  ],
  "no-recovery-off": [
    [
      update(table, { point_in_time_recovery: [{ enabled: true }] }, { point_in_time_recovery: [{ enabled: false }] }),
      [`${table}.point_in_time_recovery.enabled`],
    ],
    [
      update("aws_dynamodb_table_replica.eu", { point_in_time_recovery: true }, { point_in_time_recovery: false }),
      ["aws_dynamodb_table_replica.eu.point_in_time_recovery"],
    ],
    // Of no-shorter-retention as well, which takes the same entry.
    [
      update("aws_rds_cluster.a", { backup_retention_period: 7 }, { backup_retention_period: 0 }),
      ["aws_rds_cluster.a.backup_retention_period"],
    ],
  ],
  "no-shorter-retention": [
    [
      update("aws_cloudwatch_log_group.a", { retention_in_days: 365 }, { retention_in_days: 30 }),
      ["aws_cloudwatch_log_group.a.retention_in_days"],
    ],
  ],
  "no-outage": [[change("aws_vpc.a", ["delete", "create"]), ["aws_vpc.a"]]],
  "no-early-refusal": [
    [
      update("aws_lambda_function.a", withOriginUse(), withOriginUse("required")),
      ["aws_lambda_function.a.environment.variables.ORIGIN_SECRET_USE"],
    ],
  ],
  "no-lost-position": [
    [
      change("aws_lambda_event_source_mapping.a", ["delete", "create"], { before: { starting_position: "LATEST" } }),
      ["aws_lambda_event_source_mapping.a"],
    ],
  ],
  "no-function-off": [
    [
      update("aws_scheduler_schedule.a", { state: "ENABLED" }, { state: "DISABLED" }),
      ["aws_scheduler_schedule.a.state"],
    ],
  ],
  "no-weaker-security": [
    [
      update("aws_dms_replication_instance.a", { publicly_accessible: false }, { publicly_accessible: true }),
      ["aws_dms_replication_instance.a.publicly_accessible"],
    ],
  ],
  "no-refused-change": [[update("aws_rds_cluster.a", { engine_version: "16.6" }, { engine_version: "16.4" }), []]],
  "no-vanished-stack": [
    [told(stacksOutput, ["prod-keys", "prod-old"], ["prod-keys"]), [`output.${stacksOutput}["prod-old"]`]],
  ],
  "no-vanished-address": [
    [
      change("aws_lambda_alias.live", ["delete"], { action_reason: "delete_because_no_resource_config" }),
      ["aws_lambda_alias.live"],
    ],
  ],
  "no-vanished-output": [[{ ...plan([]), output_changes: { "key-arn": { actions: ["delete"] } } }, [], [reading]]],
  "no-public-storage": [
    [change("aws_s3_bucket_acl.a", ["create"], { after: { acl: "public-read" } }), ["aws_s3_bucket_acl.a.acl"]],
  ],
  "no-unencrypted-storage": [
    [
      change("aws_launch_template.a", ["create"], {
        after: { block_device_mappings: [{ ebs: [{ encrypted: "false" }] }] },
      }),
      ["aws_launch_template.a.block_device_mappings.ebs.encrypted"],
    ],
  ],
  "no-wildcard-permission": [
    [
      change("aws_iam_policy.a", ["create"], {
        after: { policy: JSON.stringify({ Statement: { Effect: "Allow", Action: "*", Resource: "*" } }) },
      }),
      ["aws_iam_policy.a.policy"],
    ],
  ],
  "no-unpinned-provider": [
    [
      plan([change("random_id.a", ["create"])], {
        provider_config: { random: { full_name: "registry.terraform.io/hashicorp/random" } },
      }),
      ['provider["registry.terraform.io/hashicorp/random"]'],
    ],
  ],
  "one-region-per-wave": [[servicesIn("eu-west-1"), [], [servicesIn("eu-central-1")]]],
  "static-stability": [
    [change("aws_ecs_service.a", ["create"], { after: { desired_count: 0 } }), ["aws_ecs_service.a.desired_count"]],
  ],
  "required-tags": [[change("aws_iam_role.a", ["create"], { after: { tags: null } }), ["aws_iam_role.a.tags"]]],
  "cost-increase": [[change("aws_nat_gateway.a", ["create"]), ["monthly-costs"]]],
  "no-ignored-change": [
    [
      told(ignoredOutput, { "aws_appautoscaling_target.a": { min: 1 } }, { "aws_appautoscaling_target.a": { min: 2 } }),
      ["aws_appautoscaling_target.a.min"],
    ],
  ],
};

/** A sample with its gate. */
type Row = readonly [
  id: string,
  refused: Plan | ResourceChange,
  acknowledged: readonly string[],
  others: readonly Plan[],
];

const rows = gates.flatMap(({ id }) =>
  (samples[id] ?? []).map(([refused, acknowledged, others = []]): Row => [id, refused, acknowledged, others]),
);
const asPlan = (refused: Plan | ResourceChange): Plan => ("address" in refused ? plan([refused]) : refused);
/** Removals are acknowledged of any gate, findings of the one that they name. */
const acknowledging = (id: string, addresses: readonly string[]): CheckOptions => {
  const entries = entriesOf(addresses);
  return {
    settings,
    acknowledgedRemovals: entries,
    acknowledgedFindings: entries.map((entry) => ({ ...entry, rule: id })),
  };
};
const entriesOf = (addresses: readonly string[]) =>
  addresses.map((address) => ({ stack, address, reason: "it goes, as planned", expires: "2999-12-31" }));

describe("What the gates refuse", () => {
  test("is never accepted by the gates that the contract names, so that an environment's file cannot try", () => {
    const never = gates
      .map(({ id }) => id)
      .filter((id) => (samples[id] ?? []).every(([, addresses]) => addresses.length === 0));
    expect([...neverAcknowledged].sort()).toEqual(never.sort());
  });

  test("is here for every gate", () => {
    expect(Object.keys(samples).sort()).toEqual(gates.map(({ id }) => id).sort());
  });

  test.each(rows.filter(([, , acknowledged]) => acknowledged.length > 0))(
    "by %s of %j is accepted once %j is acknowledged, and not by the address of what it is in",
    (id, refused, acknowledged, others) => {
      const checked = { stack, plan: asPlan(refused) };
      const of = (addresses: readonly string[]) => reviewPlan(checked, acknowledging(id, addresses), others);
      expect(of([]).violations.map(({ rule }) => rule)).toContain(id);
      for (const violation of of([]).violations) {
        expect(acknowledged).toContain(violation.removes ?? violation.acknowledgedAs);
        expect(violation.howToFix).not.toContain("cannot be acknowledged");
      }
      expect(of(acknowledged).violations).toEqual([]);
      expect(of(acknowledged).accepted.map(({ violation }) => violation.rule)).toContain(id);
      expect(of(acknowledged.map((address) => `${address}.more`)).accepted).toEqual([]);
    },
  );

  test.each(rows.filter(([, , acknowledged]) => acknowledged.length === 0))(
    "by %s of %j is never accepted, which its message says with the reason and the way to do it",
    (id, refused, _, others) => {
      const checked = { stack, plan: asPlan(refused) };
      const found = reviewPlan(checked, { settings }, others).violations.filter(({ rule }) => rule === id);
      expect(found).toHaveLength(1);
      const [{ address, howToFix, removes } = { address: "", howToFix: "", removes: "" }] = found;
      expect(removes).toBeUndefined();
      expect(howToFix).toMatch(/^\S.{20,}; it cannot be acknowledged: \S.{20,}$/);
      const entries = entriesOf([address, `${address}.policy`, `${address}.engine_version`]);
      const acknowledgedFindings = entries.map((entry) => ({ ...entry, rule: id }));
      const options = { settings, acknowledgedRemovals: entries, acknowledgedFindings };
      const { violations } = reviewPlan(checked, options, others);
      expect(violations.filter(({ rule }) => rule === id)).toEqual(found);
    },
  );

  test("by a team's gate that names nothing to acknowledge is said to be so", () => {
    const own = {
      id: "no-topics",
      statement: "",
      why: "",
      howToFix: "use a bus",
      check: () => [{ address: "aws_sns_topic.a", message: "" }],
    };
    const [violation] = reviewPlan({ stack, plan: plan([]) }, { gates: [own] }).violations;
    expect(violation?.howToFix).toBe("use a bus; it cannot be acknowledged");
  });
});
