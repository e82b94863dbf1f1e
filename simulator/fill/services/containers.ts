import { arn, form, generatedName, same, starting } from "../forms";
import type { Rule, ServiceRules } from "../subject";

/** `app`, `net` or `gwy`: the second part of a load balancer's ARN. */
const kinds: Record<string, string> = { network: "net", gateway: "gwy" };
const kind: Rule = (s) => kinds[s.text("load_balancer_type")] ?? "app";

/** Part of an ARN behind the resource's word, as metrics call a load balancer or target group. */
const afterLastColon =
  (prefix: string): Rule =>
  (s) =>
    (s.text("arn").split(":").pop() ?? "").replace(prefix, "");

/** The provider keeps an empty text. */
const nothing: Rule = () => null;

/** Names of headers that a listener can be given, and by default has not. */
const renamedHeaders = [
  ...["", "_issuer", "_leaf", "_serial_number", "_subject", "_validity"].map((part) => `mtls_clientcert${part}`),
  ...["tls_cipher_suite", "tls_version"],
].map((header) => `routing_http_request_x_amzn_${header}_header_name`);

/** Load balancers, and ECS. @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
export const containers: ServiceRules = {
  aws_lb: {
    name: generatedName("name_prefix", "tf-lb-"),
    arn: (s) => s.arn("elasticloadbalancing", `loadbalancer/${kind(s)}/${s.text("name")}/${s.random.hex(16)}`),
    id: same("arn"),
    arn_suffix: afterLastColon("loadbalancer/"),
    dns_name: (s) => `${s.text("name")}-${s.random.hex(16)}.elb.${s.region}.${s.dnsSuffix}`,
    zone_id: (s) => `Z${s.shared("elb", s.region).upper(13)}`,
    vpc_id: (s) => `vpc-${s.shared("default-vpc", s.region).hex(17)}`,
  },
  aws_lb_target_group: {
    name: generatedName("name_prefix", "tf-"),
    arn: (s) => s.arn("elasticloadbalancing", `targetgroup/${s.text("name")}/${s.random.hex(16)}`),
    id: same("arn"),
    arn_suffix: afterLastColon(""),
    load_balancer_arns: starting([]),
    preserve_client_ip: nothing,
  },
  aws_lb_listener: {
    arn: (s) => `${s.text("load_balancer_arn").replace(":loadbalancer/", ":listener/")}/${s.random.hex(16)}`,
    id: same("arn"),
    ...Object.fromEntries(renamedHeaders.map((name) => [name, nothing])),
  },
  aws_lb_listener_certificate: { id: form("{listener_arn}_{certificate_arn}") },
  aws_ecs_cluster_capacity_providers: { id: form("{cluster_name}") },
  aws_ecs_cluster: { arn: arn("ecs", "cluster/{name}"), id: same("arn") },
  aws_ecs_service: {
    // The cluster is given by name or by ARN.
    id: (s) => s.arn("ecs", `service/${s.text("cluster").split("/").pop()}/${s.text("name")}`),
    iam_role: starting(""),
  },
  aws_ecs_task_definition: {
    revision: starting(1),
    arn: arn("ecs", "task-definition/{family}:{revision}"),
    arn_without_revision: arn("ecs", "task-definition/{family}"),
    id: form("{family}"),
  },
};
