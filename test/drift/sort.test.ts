import { type DriftChange, driftRules, sortDrift } from "../../drift";
import { changeOf, type Made, viewOf } from "./synthetic";

const cluster = "aws_rds_cluster.ledger";
const association = "aws_route_table_association.private";
const scaledReaders: readonly Made[] = [
  {
    address: "aws_appautoscaling_target.readers",
    configured: { min_capacity: 1, max_capacity: 3 },
    values: { resource_id: "cluster:prod-ledger", scalable_dimension: "rds:cluster:ReadReplicaCount" },
  },
];
const members = (count: number): Partial<DriftChange> => ({
  values: { cluster_identifier: "prod-ledger" },
  after: Array.from({ length: count }, (_, index) => `prod-ledger-${index}`),
});
const experiment: readonly Made[] = [
  {
    address: "aws_fis_experiment_template.cut",
    configured: { action: [{ action_id: "aws:network:route-table-disrupt-cross-region-connectivity" }] },
  },
];
const upgraded: readonly Made[] = [
  { address: "aws_rds_global_cluster.ledger", configured: { engine_version: "16.8" } },
];

/** What the whole environment of test/full/drift.test.ts has nothing of: title, kind, rule, change, and what the environment has. */
const cases: readonly (readonly [string, string, string, DriftChange, (readonly Made[])?])[] = [
  [
    "readers within their limits",
    "scaling",
    "readers-of-a-database",
    changeOf(cluster, "cluster_members", members(4)),
    scaledReaders,
  ],
  [
    "readers beyond their limits",
    "unknown",
    "not-configured",
    changeOf(cluster, "cluster_members", members(5)),
    scaledReaders,
  ],
  ["readers that nothing scales", "unknown", "not-configured", changeOf(cluster, "cluster_members", members(4))],
  [
    "a login that its owner has set",
    "scaling",
    "left-to-its-owner",
    changeOf("aws_cloudwatch_event_connection.chat", "auth_parameters", { ignored: true }),
  ],
  [
    "another endpoint of a login",
    "by-hand",
    "configured",
    changeOf("aws_cloudwatch_event_connection.chat", "name", { configured: true }),
  ],
  [
    "an upgrade by the global cluster",
    "scaling",
    "upgraded-by-the-global-cluster",
    changeOf(cluster, "engine_version", { after: "16.8", ignored: true }),
    upgraded,
  ],
  [
    "another upgrade",
    "by-hand",
    "ignored",
    changeOf(cluster, "engine_version", { after: "16.9", ignored: true }),
    upgraded,
  ],
  [
    "a password that is being rotated",
    "scaling",
    "managed-password",
    changeOf(cluster, "master_user_secret.secret_status"),
  ],
  ["another managed password", "unknown", "not-configured", changeOf(cluster, "master_user_secret.secret_arn")],
  [
    "a route table of an experiment",
    "scaling",
    "fault-experiment",
    changeOf(association, "route_table_id", { configured: true }),
    experiment,
  ],
  [
    "a route table without an experiment",
    "by-hand",
    "configured",
    changeOf(association, "route_table_id", { configured: true }),
  ],
  [
    "a mapping that nothing pauses",
    "by-hand",
    "mapping-off",
    changeOf("aws_lambda_event_source_mapping.queue", "enabled", { configured: true }),
  ],
  [
    "a brake that has another floor",
    "by-hand",
    "configured",
    changeOf("aws_lambda_function.orders", "reserved_concurrent_executions", {
      after: 1,
      configured: true,
      values: { function_name: "prod-orders" },
    }),
    [
      {
        address: "aws_lambda_function.brake",
        values: {
          environment: [
            { variables: { BRAKES: JSON.stringify({ alarm: { functionName: "prod-orders", floor: 0 } }) } },
          ],
        },
      },
    ],
  ],
  [
    "a replica in another region",
    "by-hand",
    "ignored",
    changeOf("aws_dynamodb_table.orders", "replica", {
      ignored: true,
      values: { arn: "t" },
      now: { replica: [{ region_name: "us-east-1" }] },
    }),
  ],
  [
    "a policy of somebody on a role",
    "by-hand",
    "permissions",
    changeOf("aws_iam_role.orders", "managed_policy_arns", {
      values: { managed_policy_arns: [] },
      now: { managed_policy_arns: ["arn:aws:iam::aws:policy/AdministratorAccess"] },
    }),
  ],
];

describe("Drift", () => {
  test.each(
    cases.map(([title, kind, rule, change, resources = []]) => [title, kind, rule, change, resources] as const),
  )("sorts %s as %s, by %s", (_title, kind, rule, change, resources) => {
    expect(sortDrift([change], viewOf(resources)).map((one) => [one.kind, one.rule])).toEqual([[kind, rule]]);
  });

  test("sorts them otherwise without the rule that sorts each", () => {
    for (const [title, , id, change, resources = []] of cases.filter(([, kind]) => kind === "scaling")) {
      const without = driftRules.filter((rule) => rule.id !== id);
      expect([title, sortDrift([change], viewOf(resources), without).map(({ rule }) => rule)]).not.toEqual([
        title,
        [id],
      ]);
    }
  });

  test("has rules with ids of their own, each with a sentence", () => {
    expect(new Set(driftRules.map(({ id }) => id)).size).toBe(driftRules.length);
    const sentences = driftRules.map(({ because }) => because).filter((because) => typeof because === "string");
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/);
  });

  test("leaves out what follows from another argument, and keeps it where it stands alone", () => {
    const follows = changeOf("aws_ssm_parameter.switch", "version");
    const lead = changeOf("aws_ssm_parameter.switch", "insecure_value", { ignored: true });
    const paths = (changes: readonly DriftChange[]) => sortDrift(changes, viewOf([])).map(({ change }) => change.path);
    expect(paths([follows, lead])).toEqual(["insecure_value"]);
    expect(paths([follows])).toEqual(["version"]);
  });

  const role: Made = { address: "aws_iam_role.orders", values: { name: "orders" } };
  const attached: Made = {
    address: "aws_iam_role_policy_attachment.one",
    values: { role: "orders", policy_arn: "one" },
  };
  const listing = (now: readonly string[], before: readonly string[] = []) =>
    sortDrift(
      [
        changeOf("aws_iam_role.orders", "managed_policy_arns", {
          values: { name: "orders", managed_policy_arns: before },
          now: { managed_policy_arns: now },
        }),
      ],
      viewOf([role, attached]),
    ).map(({ rule }) => rule);

  test("leaves out what AWS only lists of other resources of the environment", () => {
    expect(listing(["one"])).toEqual([]);
    expect(listing(["one", "another"])).toEqual(["permissions"]);
    expect(listing(["one"], ["gone"])).toEqual(["permissions"]);
  });
});
