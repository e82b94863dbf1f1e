import { type Graph, type Resource, share, textAt, withoutReferences } from "./graph";

/** Where the name of a type stands, if that is not `name`. */
const nameAttributes: Readonly<Record<string, string>> = {
  aws_acm_certificate: "domain_name",
  aws_apigatewayv2_domain_name: "domain_name",
  aws_cloudwatch_composite_alarm: "alarm_name",
  aws_cloudwatch_dashboard: "dashboard_name",
  aws_cloudwatch_log_resource_policy: "policy_name",
  aws_cloudwatch_metric_alarm: "alarm_name",
  aws_db_proxy_endpoint: "db_proxy_endpoint_name",
  aws_ecs_task_definition: "family",
  aws_lambda_function: "function_name",
  aws_lambda_permission: "statement_id",
  aws_rds_cluster: "cluster_identifier",
  aws_rds_cluster_instance: "identifier",
  aws_rds_global_cluster: "global_cluster_identifier",
  aws_s3_bucket: "bucket",
  vault_aws_auth_backend_role: "role",
  vault_jwt_auth_backend_role: "role_name",
};

/** Names within a parent that say nothing alone: `$default`, `jwt`, `function`, `live`. */
const nameless = new Set([
  "aws_apigatewayv2_authorizer",
  "aws_apigatewayv2_stage",
  "aws_iam_role_policy",
  "aws_lambda_alias",
]);

/** The types of what the ARNs of a service name. Those of other services may name any. */
const arnServices: Readonly<Record<string, RegExp>> = {
  dynamodb: /^aws_dynamodb_/,
  events: /^aws_cloudwatch_event_/,
  iam: /^aws_iam_/,
  lambda: /^aws_lambda_/,
  logs: /^aws_cloudwatch_log_/,
  rds: /^aws_(db|rds)_/,
  secretsmanager: /^aws_secretsmanager_/,
  sns: /^aws_sns_/,
  sqs: /^aws_sqs_/,
};

/** A text that holds the name of another resource of the stack. */
export interface Mention {
  readonly by: Resource;
  readonly path: string;
  readonly of: Resource;
  readonly name: string;
}

const nameAttribute = (type: string): string => nameAttributes[type] ?? "name";

/** The name that a resource has in AWS, if it is literal. */
export function nameOf(resource: Resource): string | undefined {
  if (nameless.has(resource.type)) return undefined;
  const name = textAt(resource, nameAttribute(resource.type));
  return name && !name.includes("${") ? name : undefined;
}

/** Whether a text holds a name as a whole: not as part of a longer one, and a domain not as the end of a subdomain. */
export function holdsName(text: string, name: string): boolean {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const before = name.includes(".") ? "[\\w.-]" : "[\\w-]";
  return new RegExp(`(?<!${before})${escaped}(?![\\w-])`).test(text);
}

/** Every mention of one resource by another in its region, also inside of JSON documents, ARNs and expressions. */
export function mentionsIn(graph: Graph): Mention[] {
  const named = graph.resources.flatMap((of) => {
    const name = nameOf(of);
    return name ? [{ of, name }] : [];
  });
  // Most texts are in many resources, and are searched once.
  const searched = new Map<string, typeof named>();
  const namedIn = (text: string) => {
    const found =
      searched.get(text) ?? named.filter(({ of, name }) => text.includes(name) && means(text, of.type, name));
    searched.set(text, found);
    return found;
  };
  return graph.resources.flatMap((by) => {
    const own = nameAttribute(by.type);
    return by.texts
      .filter(({ path }) => path !== own)
      .flatMap(({ path, value }) =>
        namedIn(withoutReferences(value))
          .filter(({ of }) => of !== by && share(by, of))
          .map(({ of, name }) => ({ by, path, of, name })),
      );
  });
}

/** Whether a text holds a name, and not just in ARNs of things of another service. */
function means(text: string, type: string, name: string): boolean {
  const others = text.replace(/\barn:[\w-]+:([\w-]+):[^"\s,]*/g, (arn, service: string) =>
    arnServices[service]?.test(type) === false ? " " : arn,
  );
  return holdsName(others, name);
}
