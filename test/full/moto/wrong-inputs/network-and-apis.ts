import { ref } from "../../../support/synth";
import { alone, twice, type WrongInput } from "./wrong-input";

const vpc = ref("aws_vpc.shared.id");
const elsewhere = ref("aws_vpc.elsewhere.id");
const api = ref("aws_apigatewayv2_api.elsewhere.id");
const rule = {
  security_group_id: ref("aws_security_group.shared.id"),
  ip_protocol: "tcp",
  from_port: 443,
  to_port: 443,
  cidr_ipv4: "10.0.0.0/8",
};
const record = {
  zone_id: ref("aws_route53_zone.shared.zone_id"),
  name: "taken.shared.example.com",
  type: "A",
  ttl: 60,
  records: ["192.0.2.1"],
};
const acl = {
  name: "taken",
  scope: "REGIONAL",
  default_action: { allow: {} },
  visibility_config: { cloudwatch_metrics_enabled: false, metric_name: "taken", sampled_requests_enabled: false },
};

export const networkAndApis: readonly WrongInput[] = [
  alone("a subnet in a VPC of another region", "InvalidVpcID.NotFound", "aws_subnet", {
    vpc_id: elsewhere,
    cidr_block: "10.20.9.0/24",
  }),
  alone("a subnet that overlaps another", "InvalidSubnet.Conflict", "aws_subnet", {
    vpc_id: vpc,
    cidr_block: "10.20.0.128/25",
    depends_on: ["aws_subnet.shared"],
  }),
  alone("a subnet outside its VPC", "InvalidSubnet.Range", "aws_subnet", { vpc_id: vpc, cidr_block: "10.99.0.0/24" }),
  twice("a security group whose name another of the VPC has", "InvalidGroup.Duplicate", "aws_security_group", {
    name: "taken",
    vpc_id: vpc,
  }),
  twice(
    "an ingress rule that a group has",
    "InvalidPermission.Duplicate",
    "aws_vpc_security_group_ingress_rule",
    rule,
    { other: { description: "again" } },
  ),
  twice("an egress rule that a group has", "InvalidPermission.Duplicate", "aws_vpc_security_group_egress_rule", rule, {
    other: { description: "again" },
  }),
  alone("a rule of a group in another region", "InvalidGroup.NotFound", "aws_vpc_security_group_ingress_rule", {
    ...rule,
    security_group_id: ref("aws_security_group.elsewhere.id"),
  }),
  alone(
    "a rule that lets in a group of another region",
    "InvalidGroup.NotFound",
    "aws_vpc_security_group_ingress_rule",
    {
      security_group_id: ref("aws_security_group.shared.id"),
      ip_protocol: "tcp",
      from_port: 80,
      to_port: 80,
      referenced_security_group_id: ref("aws_security_group.elsewhere.id"),
    },
  ),
  alone("a route table in a VPC of another region", "InvalidVpcID.NotFound", "aws_route_table", { vpc_id: elsewhere }),
  alone("a route table for a subnet of another region", "InvalidSubnetID.NotFound", "aws_route_table_association", {
    subnet_id: ref("aws_subnet.elsewhere.id"),
    route_table_id: ref("aws_route_table.shared.id"),
  }),
  alone("an endpoint in a VPC of another region", "InvalidVpcID.NotFound", "aws_vpc_endpoint", {
    vpc_id: elsewhere,
    service_name: "com.amazonaws.eu-west-1.s3",
  }),
  twice("a record that the zone has", "InvalidChangeBatch", "aws_route53_record", record),
  alone("an integration of an API in another region", "NotFoundException", "aws_apigatewayv2_integration", {
    api_id: api,
    integration_type: "AWS_PROXY",
    integration_uri: ref("aws_lambda_function.shared.invoke_arn"),
    payload_format_version: "2.0",
  }),
  alone("a route of an API in another region", "NotFoundException", "aws_apigatewayv2_route", {
    api_id: api,
    route_key: "GET /",
  }),
  alone("a stage of an API in another region", "couldn't find resource", "aws_apigatewayv2_stage", {
    api_id: api,
    name: "$default",
  }),
  alone("an authorizer of an API in another region", "couldn't find resource", "aws_apigatewayv2_authorizer", {
    api_id: api,
    name: "tokens",
    authorizer_type: "JWT",
    identity_sources: ["$request.header.Authorization"],
    jwt_configuration: { issuer: "https://example.com/", audience: ["orders"] },
  }),
  alone("an API at a missing domain name", "NotFoundException", "aws_apigatewayv2_api_mapping", {
    api_id: ref("aws_apigatewayv2_api.shared.id"),
    domain_name: "missing.example.com",
    stage: "$default",
  }),
  twice("a web ACL whose name another has", "WAFDuplicateItemException", "aws_wafv2_web_acl", acl, {
    motoCode: "WafV2DuplicateItem",
  }),
  twice("a backup vault whose name another has", "AlreadyExistsException", "aws_backup_vault", { name: "taken" }),
  twice("a repository whose name another has", "RepositoryAlreadyExistsException", "aws_ecr_repository", {
    name: "taken",
  }),
  twice("a load balancer whose name another has", "already exists", "aws_lb", {
    name: "taken",
    internal: true,
    load_balancer_type: "network",
    subnets: [ref("aws_subnet.shared.id")],
  }),
  twice("a target group whose name another has", "already exists", "aws_lb_target_group", {
    name: "taken",
    port: 80,
    protocol: "TCP",
    vpc_id: vpc,
  }),
];
