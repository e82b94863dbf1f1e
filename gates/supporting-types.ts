/**
 * Resource types that hold no data themselves, but through which data or services are reached, each with what stops
 * while one is replaced. Their addresses, names or ids change with the replacement, so what clients know of them is gone.
 */
export const supportingTypes: Readonly<Record<string, string>> = {
  // The network of a database and of what connects to it
  aws_db_subnet_group: "the network of a database",
  aws_docdb_subnet_group: "the network of a database",
  aws_elasticache_subnet_group: "the network of a cache",
  aws_internet_gateway: "the way out of a network",
  aws_nat_gateway: "the way out of a network, and the address that others know it by",
  aws_eip: "an address that others know",
  aws_neptune_subnet_group: "the network of a database",
  aws_redshift_subnet_group: "the network of a data warehouse",
  aws_route_table: "the way out of its subnets",
  aws_security_group: "what may reach the databases and functions that have it",
  aws_subnet: "the addresses of everything in it, databases included",
  aws_vpc: "the network of everything in it, databases included",
  aws_vpc_endpoint: "the way from a network to an AWS service",
  aws_vpc_peering_connection: "the way between two networks",

  // How clients reach a database
  aws_db_proxy: "the name that clients connect to",
  aws_db_proxy_endpoint: "a name that clients connect to",
  aws_rds_cluster_endpoint: "a name that clients connect to",

  // What clients call
  aws_alb: "the name that clients call",
  aws_api_gateway_domain_name: "the name that clients call",
  aws_api_gateway_rest_api: "the name that clients call",
  aws_apigatewayv2_api: "the name that clients call",
  aws_apigatewayv2_domain_name: "the name that clients call",
  aws_appsync_graphql_api: "the name that clients call",
  aws_cloudfront_distribution: "the name that viewers call",
  aws_cloudwatch_event_endpoint: "the endpoint that publishers send events to",
  aws_globalaccelerator_accelerator: "the addresses that clients call",
  aws_lambda_function: "the function that others call, with its versions and permissions",
  aws_lambda_function_url: "the name that clients call",
  aws_lb: "the name that clients call",
  aws_vpc_endpoint_service: "the service that others connect to",

  // Who others know a caller as
  aws_iam_role: "the identity that policies of keys, secrets and other accounts know",
  aws_iam_user: "the identity that policies of keys, secrets and other accounts know",
};
