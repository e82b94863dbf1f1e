import { type Resources, ref, resource, type StackInput, upstream } from "./output-folder";

const us = "us-east-1";

/** An environment with everything that the picture distinguishes, in as many regions as given; the first leads. */
export function wholeEnvironment(regions: readonly string[]): Record<string, StackInput> {
  const [home = "eu-west-1", ...standby] = regions;
  const output = (text: string) => text.replaceAll("-", "_");
  const keys: Resources = {
    aws_kms_key: { primary: resource(home, "data/primary") },
    aws_kms_replica_key: each(standby, (region) => [
      `replica_${region}`,
      resource(region, `data/replica-${region}`, { primary_key_arn: ref("aws_kms_key.primary.arn") }),
    ]),
    aws_sns_topic: each(regions, (region) => [
      `alerts_${region}`,
      resource(region, `alerts-${region}/topic`, { name: "big-alerts" }),
    ]),
  };
  const data: Resources = {
    aws_dynamodb_table: {
      orders: resource(home, "orders/table", {
        name: "big-orders",
        server_side_encryption: { kms_key_arn: upstream(0, "key") },
      }),
    },
    aws_dynamodb_table_replica: each(standby, (region) => [
      region,
      resource(region, `orders/replica-${region}`, { global_table_arn: ref("aws_dynamodb_table.orders.arn") }),
    ]),
    aws_rds_global_cluster: { all: resource(home, "ledger/global", { global_cluster_identifier: "big-ledger" }) },
    aws_rds_cluster: each(regions, (region) => [
      region,
      resource(region, `ledger/${region}/cluster`, {
        cluster_identifier: "big-ledger",
        global_cluster_identifier: ref("aws_rds_global_cluster.all.id"),
      }),
    ]),
    aws_rds_cluster_instance: each(regions, (region) => [
      region,
      resource(region, `ledger/${region}/instance`, { cluster_identifier: ref(`aws_rds_cluster.${region}.id`) }),
    ]),
    aws_db_proxy: each(regions, (region) => [region, resource(region, `ledger/${region}/proxy`, { name: "big-pool" })]),
    aws_db_proxy_target: each(regions, (region) => [
      region,
      resource(region, `ledger/${region}/target`, {
        db_proxy_name: ref(`aws_db_proxy.${region}.name`),
        db_cluster_identifier: ref(`aws_rds_cluster.${region}.id`),
      }),
    ]),
  };
  const dataOutputs = {
    orders: ref("aws_dynamodb_table.orders.arn"),
    ...Object.fromEntries([
      ...standby.map((region) => [`orders_${output(region)}`, ref(`aws_dynamodb_table_replica.${region}.arn`)]),
      ...regions.map((region) => [`pool_${output(region)}`, ref(`aws_db_proxy.${region}.endpoint`)]),
    ]),
  };
  const services = Object.fromEntries(
    regions.map((region): [string, StackInput] => [
      `big-services-${region}`,
      {
        regions: [region],
        reads: ["big-data"],
        outputs: {
          api: ref("aws_apigatewayv2_domain_name.domain.domain_name_configuration[0].target_domain_name"),
          bus: ref("aws_cloudwatch_event_bus.it.arn"),
        },
        resources: service(
          region,
          upstream(0, region === home ? "orders" : `orders_${output(region)}`),
          upstream(0, `pool_${output(region)}`),
        ),
      },
    ]),
  );
  const targets = regions.slice(0, 2);
  return {
    "big-keys": { regions, resources: keys, outputs: { key: ref("aws_kms_key.primary.arn") } },
    "big-data": { regions, resources: data, outputs: dataOutputs, reads: ["big-keys"] },
    ...services,
    "big-routing": {
      regions: [home, us],
      reads: targets.map((region) => `big-services-${region}`),
      resources: {
        aws_route53_record: each(targets, (region, index) => [
          `orders_${region}`,
          resource(home, `orders/${region}`, {
            zone_id: "Z1",
            name: "orders.example.com",
            failover_routing_policy: { type: index === 0 ? "PRIMARY" : "SECONDARY" },
            health_check_id: index === 0 ? ref("aws_route53_health_check.orders.id") : undefined,
            alias: { name: upstream(index, "api") },
          }),
        ]),
        aws_route53_health_check: { orders: resource(home, "orders/check", { type: "HTTPS" }) },
        aws_cloudwatch_event_endpoint: {
          events: resource(home, "events/endpoint", {
            name: "big-events",
            event_bus: targets.map((_, index) => ({ event_bus_arn: upstream(index, "bus") })),
          }),
        },
        aws_cloudfront_distribution: {
          site: resource(us, "site/distribution", {
            aliases: ["www.example.com"],
            origin: targets.map((region, index) => ({ origin_id: region, domain_name: upstream(index, "api") })),
            origin_group: [{ origin_id: "both", member: targets.map((region) => ({ origin_id: region })) }],
            web_acl_id: ref("aws_wafv2_web_acl.site.arn"),
            lambda_function_association: [{ lambda_arn: ref("aws_lambda_function.edge.qualified_arn") }],
          }),
        },
        aws_wafv2_web_acl: { site: resource(us, "site/firewall", { name: "big-site" }) },
        aws_lambda_function: { edge: resource(us, "site/edge/function", { function_name: "big-edge-router" }) },
      },
    },
  };
}

function service(region: string, tableArn: string, poolEndpoint: string): Resources {
  const at = (path: string, body: Record<string, unknown>) => ({ it: resource(region, path, body) });
  return {
    aws_apigatewayv2_api: at("orders/api/api", { name: "big-orders" }),
    aws_apigatewayv2_domain_name: { domain: resource(region, "orders/api/domain") },
    aws_apigatewayv2_api_mapping: at("orders/api/mapping", {
      api_id: ref("aws_apigatewayv2_api.it.id"),
      domain_name: ref("aws_apigatewayv2_domain_name.domain.id"),
    }),
    aws_apigatewayv2_integration: at("orders/api/integration", {
      api_id: ref("aws_apigatewayv2_api.it.id"),
      integration_uri: ref("aws_lambda_alias.it.invoke_arn"),
    }),
    aws_lambda_alias: at("orders/function/alias", { function_name: ref("aws_lambda_function.it.function_name") }),
    aws_lambda_function: at("orders/function/function", {
      function_name: "big-orders",
      role: ref("aws_iam_role.it.arn"),
      environment: { variables: { POOL: poolEndpoint } },
    }),
    aws_lambda_function_event_invoke_config: at("orders/function/invoke", {
      function_name: ref("aws_lambda_function.it.function_name"),
      destination_config: { on_failure: { destination: ref("aws_sqs_queue.it.arn") } },
    }),
    aws_iam_role: at("orders/function/role", {}),
    aws_iam_role_policy: at("orders/function/policy", {
      role: ref("aws_iam_role.it.name"),
      policy: JSON.stringify({ Resource: [tableArn, ref("aws_sqs_queue.it.arn")] }),
    }),
    aws_sqs_queue: at("orders/function/dead-letters/queue", { name: "big-orders-dead-letters" }),
    aws_cloudwatch_metric_alarm: {
      errors: resource(region, "orders/function/errors-alarm"),
      age: resource(region, "orders/function/dead-letters/age-alarm"),
    },
    aws_cloudwatch_event_bus: at("events/bus", { name: "big-events" }),
    aws_cloudwatch_event_rule: at("events/rule", { event_bus_name: ref("aws_cloudwatch_event_bus.it.name") }),
    aws_cloudwatch_event_target: at("events/target", {
      rule: ref("aws_cloudwatch_event_rule.it.name"),
      arn: ref("aws_lambda_function.it.arn"),
    }),
  };
}

function each<T>(items: readonly string[], entry: (item: string, index: number) => [string, T]): Record<string, T> {
  return Object.fromEntries(items.map(entry));
}
