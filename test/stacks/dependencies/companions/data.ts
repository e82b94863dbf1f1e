import { type Resource, share, textAt } from "../graph";
import { holdsName, nameOf } from "../names";
import { attachedTo, type Companion, othersBefore } from "./companion";

/** Tables, databases and what scales. */
export const data: readonly Companion[] = [
  {
    statement: "the target of a scaling before its policies and schedules",
    of: ["aws_appautoscaling_policy", "aws_appautoscaling_scheduled_action"],
    needed: (later, graph) => {
      const same = (target: Resource) =>
        ["resource_id", "scalable_dimension"].every(
          (key) =>
            textAt(target, key) === textAt(later, key) ||
            graph.referredTo(later, key).some(({ address }) => address === target.address),
        );
      return graph.ofType("aws_appautoscaling_target").filter((target) => share(target, later) && same(target));
    },
  },
  {
    statement: "the scaling of a table's writes before its copies",
    of: ["aws_dynamodb_table_replica"],
    needed: (later, graph) =>
      graph.referredTo(later, "global_table_arn").flatMap((table) =>
        graph
          .ofType("aws_appautoscaling_target")
          .filter((target) => target.region === table.region && textAt(target, "scalable_dimension")?.includes("Write"))
          .filter((target) => holdsName(textAt(target, "resource_id") ?? "", nameOf(table) ?? "?"))
          .flatMap((target) => attachedTo(graph, target, ["aws_appautoscaling_policy"], "resource_id")),
      ),
  },
  {
    statement: "the copy of a table in a region before what watches or scales it there",
    of: ["aws_dynamodb_contributor_insights", "aws_appautoscaling_target"],
    needed: (later, graph) => {
      const text = textAt(later, "table_name") ?? textAt(later, "resource_id") ?? "";
      const tables = graph
        .ofType("aws_dynamodb_table")
        .filter(
          (table) =>
            holdsName(text, nameOf(table) ?? "?") ||
            graph.referredTo(later, /^(table_name|resource_id)$/).includes(table),
        );
      return tables.flatMap((table) => [
        table,
        ...attachedTo(graph, table, ["aws_dynamodb_table_replica"], "global_table_arn").filter((replica) =>
          share(replica, later),
        ),
      ]);
    },
  },
  {
    statement: "the copies of a table one after the other",
    of: ["aws_dynamodb_table_replica"],
    needed: (later, graph) => othersBefore(later, graph, (one) => graph.referredTo(one, "global_table_arn")),
  },
  {
    statement: "the instances of the first cluster before a cluster that joins its global database",
    of: ["aws_rds_cluster"],
    needed: (later, graph) => {
      const first = (cluster: Resource) => textAt(cluster, "database_name") !== undefined;
      if (first(later)) return [];
      return graph
        .referredTo(later, "global_cluster_identifier")
        .flatMap((global) => attachedTo(graph, global, ["aws_rds_cluster"], "global_cluster_identifier"))
        .filter(first)
        .flatMap((primary) => attachedTo(graph, primary, ["aws_rds_cluster_instance"], "cluster_identifier"));
    },
  },
];
