import { type Json, objectOf } from "../../terraform";
import { isValues } from "../differences";
import type { EnvironmentView } from "../environment-view";
import type { DriftRule } from "../rule";

/** What functions and experiments of the toolkit change while the environment runs, where it has them; sorted as scaling. */
export const runTimeRules: readonly DriftRule[] = [
  {
    id: "paused-queue",
    kind: "scaling",
    types: ["aws_lambda_event_source_mapping"],
    attributes: ["enabled"],
    when: ({ ignored }) => ignored,
    because: "Queue pausing stops the reading while a circuit breaker is open, and goes on once it is closed.",
  },
  {
    id: "spend-brake",
    kind: "scaling",
    types: ["aws_lambda_function"],
    attributes: ["reserved_concurrent_executions"],
    when: ({ region, values, after }, environment) =>
      brakesOf(environment, region).get(String(values.function_name)) === after,
    because:
      "The spend brake has left the function the executions of its floor. Find out who calls it; the next deployment releases the brake.",
  },
  {
    id: "budget-action",
    kind: "scaling",
    types: ["aws_iam_role"],
    attributes: ["managed_policy_arns"],
    when: ({ values, now }, environment) => {
      const before = listOf(values.managed_policy_arns);
      const added = listOf(now.managed_policy_arns).filter((arn) => !before.includes(arn));
      return (
        added.length > 0 &&
        before.every((arn) => listOf(now.managed_policy_arns).includes(arn)) &&
        added.every((arn) => deniedByBudgets(environment).includes(arn))
      );
    },
    because: "A budget of the environment is exceeded and has attached the policy that stops spending.",
  },
  {
    id: "switch",
    kind: "scaling",
    types: ["aws_ssm_parameter"],
    attributes: ["value", "insecure_value"],
    when: ({ ignored }) => ignored,
    because:
      "It is a switch, of a breaker, a canary or faults: people and functions set it, and Terraform leaves it as it is.",
  },
  {
    id: "left-to-its-owner",
    kind: "scaling",
    types: ["aws_cloudwatch_event_connection", "aws_backup_region_settings"],
    when: ({ ignored, attribute }) => ignored && attribute !== undefined,
    because:
      "The toolkit creates it and leaves it to its owner from then on: a login of a tool, or settings of the whole account.",
  },
  {
    id: "upgraded-by-the-global-cluster",
    kind: "scaling",
    types: ["aws_rds_cluster"],
    attributes: ["engine_version", "engine_version_actual"],
    when: ({ after }, environment) =>
      environment.of("aws_rds_global_cluster").some(({ configured }) => configured.engine_version === after),
    because: "The global cluster has upgraded its members to the version that the environment configures.",
  },
  {
    id: "replicas-of-a-table",
    kind: "scaling",
    types: ["aws_dynamodb_table"],
    attributes: ["replica"],
    when: ({ values, now }, environment) => {
      const own = environment
        .of("aws_dynamodb_table_replica")
        .filter((replica) => replica.values.global_table_arn === values.arn)
        .map(({ region }) => region);
      return listOf(now.replica)
        .filter(isValues)
        .every(({ region_name: region }) => own.includes(String(region)));
    },
    because:
      "The table only lists its replicas, which are resources of their own; what has changed of one is told at its own address.",
  },
  {
    id: "managed-password",
    kind: "scaling",
    types: ["aws_rds_cluster"],
    attributes: ["master_user_secret"],
    when: ({ path }) => /\.secret_status$/.test(path ?? ""),
    because: "RDS is rotating the password that it manages.",
  },
  {
    id: "fault-experiment",
    kind: "scaling",
    types: ["aws_route_table_association"],
    when: ({ region }, environment) =>
      environment
        .of("aws_fis_experiment_template")
        .some(
          (one) => one.region === region && JSON.stringify(one.configured.action ?? "").includes("route-table-disrupt"),
        ),
    because:
      "An experiment that cuts regions off has put other route tables in place, and puts them back when it ends; if none runs, look at its subnets.",
  },
];

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Floors of brakes in a region, by name of the function. */
function brakesOf(environment: EnvironmentView, region: string): Map<string, unknown> {
  return new Map(
    environment.variables("BRAKES", region).flatMap((text) => {
      const brakes: unknown = JSON.parse(text);
      return Object.values(objectOf(brakes))
        .filter(isValues)
        .map(({ functionName, floor }): [string, unknown] => [String(functionName), floor]);
    }),
  );
}

/** ARNs of the policies that budgets attach. */
const deniedByBudgets = (environment: EnvironmentView): unknown[] =>
  environment.of("aws_budgets_budget_action").map(({ values }) => {
    const [definition] = listOf(values.definition) as (Json | undefined)[];
    const [action] = listOf(definition?.iam_action_definition) as (Json | undefined)[];
    return action?.policy_arn;
  });
