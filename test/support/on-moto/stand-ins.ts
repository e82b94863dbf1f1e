import { createHash } from "node:crypto";

/** Where a resource that is left out would be. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

const arns: Readonly<Record<string, string>> = {
  aws_appautoscaling_target: "application-autoscaling:{place}:scalable-target/{id}",
  aws_db_proxy: "rds:{place}:db-proxy:prx-{id}",
  aws_dynamodb_table: "dynamodb:{place}:table/stand-in-{id}",
  aws_dynamodb_table_replica: "dynamodb:{place}:table/stand-in-{id}",
  aws_kms_key: "kms:{place}:key/mrk-{id}",
  aws_kms_replica_key: "kms:{place}:key/mrk-{id}",
  aws_secretsmanager_secret: "secretsmanager:{place}:secret:stand-in-{id}-AbCdEf",
  aws_sns_topic: "sns:{place}:stand-in-{id}",
  aws_sqs_queue: "sqs:{place}:stand-in-{id}",
};

/**
 * A value in the form of an attribute of a resource that is left out, for those that refer to it. The same reference has the
 * same value.
 * @param reference `aws_db_proxy.ledger_proxy.arn`
 */
export function standIn(reference: string, { account, region }: Place): string {
  const [type = "", name = "", attribute = ""] = reference.split(".");
  const id = createHash("sha256").update(`${type}.${name}`).digest("hex").slice(0, 32);
  const fill = (form: string) => form.replace("{place}", `${region}:${account}`).replace("{id}", id);
  if (attribute === "arn" && arns[type]) return `arn:aws:${fill(arns[type])}`;
  if (attribute.endsWith("endpoint")) return `stand-in-${id}.example.com`;
  if (attribute === "endpoint_url") return `https://stand-in-${id}.example.com`;
  if (attribute === "cluster_resource_id") return `cluster-${id.toUpperCase()}`;
  throw new Error(`${reference} is read, but its resource is left out and there is no stand-in; add a form`);
}
