import { share, textAt } from "../graph";
import { holdsName, nameOf } from "../names";
import { attachedTo, type Companion, functionsOf } from "./companion";

/** Roles that a resource lets AWS use: an argument such as `role`, `role_arn` or `target.role_arn`. */
const roleArgument = /(^|\.)([a-z_]*_)?role(_arn)?$/;

const policies = ["aws_iam_role_policy", "aws_iam_role_policy_attachment"];

/** Functions and containers, with their roles and logs. */
export const compute: readonly Companion[] = [
  {
    statement: "the permissions of a role before what AWS lets use it",
    // A task definition is a text; ECS assumes its roles when the service starts tasks.
    of: /^aws_(?!iam_|ecs_task_definition$)/,
    needed: (later, graph) => {
      const roles = graph.referredTo(later, roleArgument).filter(({ type }) => type === "aws_iam_role");
      return roles.flatMap((role) => attachedTo(graph, role, policies, "role"));
    },
  },
  {
    statement: "the permissions of the roles of its tasks before an ECS service",
    of: ["aws_ecs_service"],
    needed: (later, graph) =>
      graph
        .referredTo(later, "task_definition")
        .flatMap((task) => graph.referredTo(task, roleArgument))
        .flatMap((role) => attachedTo(graph, role, policies, "role")),
  },
  {
    statement: "the listeners of its target groups before an ECS service",
    of: ["aws_ecs_service"],
    needed: (later, graph) =>
      graph
        .referredTo(later, "load_balancer.target_group_arn")
        .flatMap((group) => attachedTo(graph, group, ["aws_lb_listener"], /target_group_arn$/)),
  },
  {
    statement: "the alias that a qualifier names before what belongs to it",
    of: [
      "aws_lambda_permission",
      "aws_lambda_function_event_invoke_config",
      "aws_lambda_provisioned_concurrency_config",
    ],
    needed: (later, graph) => {
      const qualifier = textAt(later, "qualifier");
      const aliases = functionsOf(later, graph).flatMap((one) =>
        attachedTo(graph, one, ["aws_lambda_alias"], "function_name"),
      );
      return [
        ...aliases.filter((alias) => textAt(alias, "name") === qualifier),
        ...graph.referredTo(later, "qualifier").filter(({ type }) => type === "aws_lambda_alias"),
      ];
    },
  },
  {
    statement: "a log group before what would create it on first use, without key and retention",
    of: ["aws_lambda_function", "aws_rds_cluster", "aws_db_proxy"],
    needed: (later, graph) => {
      const name = nameOf(later);
      const prefix = { aws_lambda_function: "/aws/lambda/", aws_rds_cluster: "/aws/rds/cluster/" }[later.type];
      return graph.ofType("aws_cloudwatch_log_group").filter((group) => {
        const groupName = nameOf(group);
        if (!name || !groupName?.startsWith(prefix ?? "/aws/rds/proxy/") || !holdsName(groupName, name)) return false;
        // A function at the edge writes to groups in every region.
        return share(group, later) || groupName.includes(`/us-east-1.${name}`);
      });
    },
  },
  {
    statement: "the permission to invoke before a rotation by a function",
    of: ["aws_secretsmanager_secret_rotation"],
    needed: (later, graph) =>
      graph
        .referredTo(later, "rotation_lambda_arn")
        .flatMap((target) =>
          target.type === "aws_lambda_alias" ? graph.referredTo(target, "function_name") : [target],
        )
        .flatMap((one) =>
          graph
            .ofType("aws_lambda_permission")
            .filter((permission) => functionsOf(permission, graph).includes(one))
            .filter((permission) => textAt(permission, "principal")?.startsWith("secretsmanager.")),
        ),
  },
  {
    statement: "provisioned concurrency before what scales it",
    of: ["aws_appautoscaling_target"],
    needed: (later, graph) =>
      graph
        .referredTo(later, "resource_id")
        .flatMap((one) => attachedTo(graph, one, ["aws_lambda_provisioned_concurrency_config"], "function_name")),
  },
];
