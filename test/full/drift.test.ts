import { driftRules, planDrift, type SortedChange, sortDrift } from "../../drift";
import { BesideTerraform } from "../../simulator";
import { deploy } from "../../terraform";
import { driftEnvironment } from "../support/drift-environment";
import { temporaryFolder } from "../support/temporary-folder";
import { TestCloud } from "../support/test-cloud";

const minutes = 60_000;
type State = Readonly<Record<string, unknown>>;
type Change = (now: State, of: (stack: string, address: string) => State) => State;

const home = "shop-services-eu-west-1";
const standby = "shop-services-eu-central-1";
const block = (value: unknown): State => (value as State[])[0] ?? {};
const openToAll = {
  cidr_blocks: ["0.0.0.0/0"],
  description: "",
  from_port: 22,
  ipv6_cidr_blocks: [],
  prefix_list_ids: [],
  protocol: "tcp",
  security_groups: [],
  self: false,
  to_port: 22,
};

/** What is done beside Terraform, and how it has to be sorted: kind, rule, stack, address, path, and the change; none for a deletion. */
const expectations: readonly (readonly [string, string, string, string, string?, Change?])[] = [
  [
    "failover",
    "global-database-writer",
    "shop-database",
    "aws_rds_global_cluster.ledger_database_global",
    "global_cluster_members",
    (_, of) => ({
      global_cluster_members: ["eu-west-1", "eu-central-1"].map((region) => ({
        db_cluster_arn: of("shop-database", `aws_rds_cluster.ledger_database_${region}_cluster`).arn,
        is_writer: region === "eu-central-1",
      })),
    }),
  ],
  [
    "failover",
    "former-writer",
    "shop-database",
    "aws_rds_cluster.ledger_database_eu-west-1_cluster",
    "global_cluster_identifier",
    () => ({ global_cluster_identifier: "" }),
  ],
  [
    "failover",
    "replication-source",
    "shop-database",
    "aws_rds_cluster.ledger_database_eu-west-1_cluster",
    "replication_source_identifier",
    (_, of) => ({
      replication_source_identifier: of("shop-database", "aws_rds_cluster.ledger_database_eu-central-1_cluster").arn,
    }),
  ],
  [
    "failover",
    "writer-instance",
    "shop-database",
    "aws_rds_cluster_instance.ledger_database_eu-west-1_instance-1",
    "writer",
    ({ writer }) => ({ writer: !writer }),
  ],
  [
    "failover",
    "primary-key",
    "shop-keys",
    "aws_kms_replica_key.data_replica-eu-central-1",
    "primary_key_arn",
    ({ arn }) => ({ primary_key_arn: arn }),
  ],
  [
    "failover",
    "dns-to-another-region",
    "shop-routing",
    "aws_route53_record.orders_home",
    "alias.name",
    ({ alias }, of) => ({
      alias: [{ ...block(alias), name: block(of("shop-routing", "aws_route53_record.orders_standby").alias).name }],
    }),
  ],
  [
    "failover",
    "endpoint-turned-round",
    "shop-events",
    "aws_cloudwatch_event_endpoint.orders-endpoint_endpoint",
    "routing_config.failover_config.primary.health_check",
    ({ routing_config }, of) => {
      const { failover_config } = block(routing_config);
      const health_check = of("shop-routing", "aws_route53_health_check.orders_eu-west-1_health").arn;
      return { routing_config: [{ failover_config: [{ ...block(failover_config), primary: [{ health_check }] }] }] };
    },
  ],
  [
    "scaling",
    "provisioned-concurrency",
    home,
    "aws_lambda_provisioned_concurrency_config.orders_function_provisioned-concurrency_config",
    "provisioned_concurrent_executions",
    () => ({ provisioned_concurrent_executions: 60 }),
  ],
  [
    "scaling",
    "scaling-limits",
    home,
    "aws_appautoscaling_target.orders_function_provisioned-concurrency_target",
    "min_capacity",
    () => ({ min_capacity: 40 }),
  ],
  [
    "scaling",
    "scaling-limits",
    home,
    "aws_appautoscaling_target.storefront_function_provisioned-concurrency_target",
    "min_capacity",
    () => ({ min_capacity: 31 }),
  ],
  [
    "scaling",
    "tasks-of-a-service",
    home,
    "aws_ecs_service.tracking_container_service",
    "desired_count",
    () => ({ desired_count: 3 }),
  ],
  [
    "scaling",
    "capacity-of-a-table",
    "shop-data",
    "aws_dynamodb_table.orders_table",
    "read_capacity",
    () => ({ read_capacity: 20 }),
  ],
  [
    "scaling",
    "capacity-of-a-table",
    "shop-data",
    "aws_dynamodb_table.orders_table",
    "global_secondary_index.write_capacity",
    ({ global_secondary_index }) => ({
      global_secondary_index: [{ ...block(global_secondary_index), write_capacity: 30 }],
    }),
  ],
  ["scaling", "replicas-of-a-table", "shop-data", "aws_dynamodb_table.handled-events_table", "replica", () => ({})],
  ["scaling", "replicas-of-a-table", "shop-data", "aws_dynamodb_table.orders_table", "replica", () => ({})],
  [
    "scaling",
    "paused-queue",
    home,
    "aws_lambda_event_source_mapping.picking_queue-orders-to-pick_mapping",
    "enabled",
    () => ({ enabled: false, state: "Disabled" }),
  ],
  [
    "scaling",
    "spend-brake",
    home,
    "aws_lambda_function.picking_function_function",
    "reserved_concurrent_executions",
    () => ({ reserved_concurrent_executions: 0 }),
  ],
  [
    "scaling",
    "budget-action",
    home,
    "aws_iam_role.orders_function_execution_role",
    "managed_policy_arns",
    (_, of) => ({
      managed_policy_arns: [
        block(
          block(of("shop-operations", "aws_budgets_budget_action.spend-guard_actions_stop-action").definition)
            .iam_action_definition,
        ).policy_arn,
      ],
    }),
  ],
  [
    "scaling",
    "switch",
    home,
    "aws_ssm_parameter.circuit-breakers_warehouse-eu-west-1",
    "insecure_value",
    () => ({ insecure_value: "open", value: "open", version: 2 }),
  ],
  ["by-hand", "deleted", home, "aws_cloudwatch_log_group.orders_api_access-log"],
  ["by-hand", "deleted", standby, "aws_cloudwatch_log_group.orders_api_access-log"],
  [
    "by-hand",
    "beyond-scaling",
    home,
    "aws_lambda_provisioned_concurrency_config.storefront_function_provisioned-concurrency_config",
    "provisioned_concurrent_executions",
    () => ({ provisioned_concurrent_executions: 61 }),
  ],
  [
    "by-hand",
    "scaling-limits-by-hand",
    home,
    "aws_appautoscaling_target.tracking_container_scaling_target",
    "max_capacity",
    () => ({ max_capacity: 999 }),
  ],
  [
    "by-hand",
    "network-access",
    home,
    "aws_security_group.container-network_tracking-tasks_group",
    "ingress",
    () => ({ ingress: [openToAll] }),
  ],
  [
    "by-hand",
    "permissions",
    "shop-events",
    "aws_sqs_queue_policy.queues_orders-to-pick-eu-west-1_queue-policy",
    "policy",
    () => ({ policy: '{"Version":"2012-10-17","Statement":[]}' }),
  ],
  [
    "by-hand",
    "key",
    "shop-keys",
    "aws_kms_key.operations_primary",
    "enable_key_rotation",
    () => ({ enable_key_rotation: false }),
  ],
  [
    "by-hand",
    "protection",
    home,
    "aws_cloudwatch_log_group.orders_function_log-group",
    "retention_in_days",
    () => ({ retention_in_days: 1 }),
  ],
  [
    "by-hand",
    "code",
    home,
    "aws_lambda_function.orders_function_function",
    "environment.variables.PAGE",
    ({ environment }) => {
      const { variables } = block(environment);
      return {
        environment: [{ variables: { ...(variables as State), PAGE: "500" } }],
        last_modified: "2027-01-01T00:00:00.000+0000",
      };
    },
  ],
  [
    "by-hand",
    "served-version",
    home,
    "aws_lambda_alias.orders_function_alias",
    "function_version",
    () => ({ function_version: "7" }),
  ],
  [
    "by-hand",
    "membership",
    "shop-database",
    "aws_rds_cluster.ledger_database_eu-central-1_cluster",
    "global_cluster_identifier",
    () => ({ global_cluster_identifier: "another" }),
  ],
  [
    "by-hand",
    "health-check",
    "shop-routing",
    "aws_route53_health_check.tracking_eu-west-1_health",
    "disabled",
    () => ({ disabled: true }),
  ],
  [
    "by-hand",
    "tags",
    "shop-events",
    "aws_sqs_queue.queues_orders-to-pick-eu-west-1_queue",
    "tags",
    ({ tags, tags_all }) => ({
      tags: { ...(tags as State), Owner: "somebody" },
      tags_all: { ...(tags_all as State), Owner: "somebody" },
    }),
  ],
  [
    "by-hand",
    "ignored",
    "shop-database",
    "aws_rds_cluster.ledger_database_eu-west-1_cluster",
    "engine_version",
    () => ({ engine_version: "16.9" }),
  ],
  [
    "by-hand",
    "configured",
    home,
    "aws_lambda_function.storefront_function_function",
    "memory_size",
    () => ({ memory_size: 128 }),
  ],
  [
    "by-hand",
    "configured",
    standby,
    "aws_lambda_function.storefront_function_function",
    "timeout",
    () => ({ timeout: 900 }),
  ],
  [
    "unknown",
    "moved-by-aws",
    "shop-database",
    "aws_rds_cluster.ledger_database_eu-central-1_cluster",
    "endpoint",
    () => ({ endpoint: "moved.example.com" }),
  ],
  [
    "unknown",
    "not-configured",
    "shop-database",
    "aws_rds_cluster_instance.ledger_database_eu-west-1_instance-2",
    "ca_cert_identifier",
    () => ({ ca_cert_identifier: "rds-ca-other" }),
  ],
  [
    "unknown",
    "not-configured",
    "shop-keys",
    "aws_sns_topic.alerts-eu-west-1_topic",
    "http_success_feedback_sample_rate",
    () => ({ http_success_feedback_sample_rate: 50 }),
  ],
];

const row = ({ change, kind, rule }: SortedChange): string =>
  [kind, rule, change.stack, change.address, change.path].join(" ");
const expected = expectations
  .map(([kind, rule, stack, address, path]) => [kind, rule, stack, address, path].join(" "))
  .sort();

describe("Drift", () => {
  test(
    "of changes of each kind, made beside Terraform in both regions, is sorted by rules, each of which is needed",
    async () => {
      const cloud = await TestCloud.start(temporaryFolder());
      try {
        const output = cloud.synthesized(driftEnvironment);
        await deploy({ output, env: cloud.env });
        // The members of the global database are in its state once it was read.
        await deploy({ output, env: cloud.env, only: (stack) => stack === "shop-database" });
        const { inventory } = cloud.simulator;
        const beside = new BesideTerraform(inventory);
        const of = (stack: string, address: string): State => {
          const found = inventory.all().find(({ owner }) => owner?.address === address && owner.folder.endsWith(stack));
          if (!found) throw new Error(`there is no ${address} of ${stack}`);
          return found.state;
        };
        for (const [, , stack, address, , change] of expectations) {
          if (change) beside.change(stack, address, (now) => change(now, of) as typeof now);
          else beside.remove(stack, address);
        }

        const { changes, view, notDeployed } = await planDrift({ output, env: cloud.env });
        expect(notDeployed).toEqual([]);
        expect(sortDrift(changes, view).map(row).sort()).toEqual(expected);

        const used = driftRules.filter(({ id }) => expectations.some(([, rule]) => rule === id));
        expect(used.length).toBeGreaterThan(25);
        for (const { id } of used) {
          const last = driftRules.at(-1);
          const without = driftRules.filter((rule) => rule.id !== id || rule === last);
          const broken = withAnotherLast(without, id);
          expect([id, sortDrift(changes, view, broken).map(row).sort()]).not.toEqual([id, expected]);
        }
      } finally {
        await cloud.stop();
      }
    },
    5 * minutes,
  );
});

/** The rules without one of them; the last one, which is about all, is another. */
const withAnotherLast = (without: typeof driftRules, id: string) =>
  without.some((rule) => rule.id === id)
    ? [...without.slice(0, -1), { id: "none", kind: "by-hand" as const, because: "" }]
    : without;
