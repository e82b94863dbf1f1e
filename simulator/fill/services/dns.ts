import { accountArn, arn, bareArn, form, same, starting, timestamp, upperId, uuid } from "../forms";
import type { Rule, ServiceRules, Subject } from "../subject";

/** ACM asks for one record per domain and account, the same in every region; a wildcard shares its parent's. */
function validation(s: Subject, domain: string): Record<"name" | "value", string> {
  const plain = domain.replace(/^\*\./, "");
  const random = s.shared("acm-validation", plain);
  return { name: `_${random.hex(32)}.${plain}.`, value: `_${random.hex(32)}.${random.lower(10)}.acm-validations.aws.` };
}

const domains = (s: Subject): string[] => {
  const names = s.value("subject_alternative_names");
  const others = Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
  return [...new Set([s.text("domain_name"), ...others])];
};

const validationOptions: Rule = (s) =>
  domains(s).map((domain) => ({
    domain_name: domain,
    resource_record_name: validation(s, domain).name,
    resource_record_type: "CNAME",
    resource_record_value: validation(s, domain).value,
  }));

const recordId: Rule = (s) =>
  [s.text("zone_id"), s.text("name").toLowerCase(), s.text("type"), s.text("set_identifier")].filter(Boolean).join("_");

const nameServers: Rule = (s) =>
  ["com", "net", "org", "co.uk"].map((end, index) => {
    const number = (Number(s.random.digits(3)) % 512) + 512 * index;
    return `ns-${number}.awsdns-${String(number % 64).padStart(2, "0")}.${end}`;
  });

/** Health checks that ask no endpoint have no threshold. @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html */
const asksNobody = ["CALCULATED", "CLOUDWATCH_METRIC", "RECOVERY_CONTROL"];

const recoveryRegions = ["us-east-1", "us-west-2", "eu-west-1", "ap-northeast-1", "ap-southeast-2"];

/** Certificates, zones, records, health checks and recovery controls. */
export const dns: ServiceRules = {
  // @see https://docs.aws.amazon.com/acm/latest/userguide/dns-validation.html
  aws_acm_certificate: {
    arn: (s) => s.arn("acm", `certificate/${s.random.uuid()}`),
    id: same("arn"),
    domain_name: starting(""),
    validation_method: starting("NONE"),
    domain_validation_options: validationOptions,
    "domain_validation_options.domain_name": (s) => s.text("domain_name"),
    "domain_validation_options.resource_record_name": (s) => validation(s, s.sibling("domain_name")).name,
    "domain_validation_options.resource_record_type": starting("CNAME"),
    "domain_validation_options.resource_record_value": (s) => validation(s, s.sibling("domain_name")).value,
    subject_alternative_names: (s) => [s.text("domain_name")],
    key_algorithm: starting("RSA_2048"),
    status: (s) => (s.text("validation_method") === "NONE" ? "ISSUED" : "PENDING_VALIDATION"),
    type: (s) => (s.text("validation_method") === "NONE" ? "IMPORTED" : "AMAZON_ISSUED"),
    renewal_eligibility: starting("INELIGIBLE"),
    renewal_summary: starting([]),
    validation_emails: starting([]),
    not_after: starting(""),
    not_before: starting(""),
  },
  aws_acm_certificate_validation: {
    id: (s) => s.random.date().toISOString().replace("T", " ").replace("Z", " +0000 UTC"),
  },
  aws_route53_zone: {
    zone_id: upperId("Z", 20),
    id: same("zone_id"),
    arn: bareArn("route53", "hostedzone/{zone_id}"),
    name_servers: nameServers,
    primary_name_server: (s) => {
      const servers = s.value("name_servers");
      return Array.isArray(servers) && typeof servers[0] === "string" ? servers[0] : "";
    },
    "vpc.vpc_region": (s) => s.region,
  },
  // The zone's name is not among the record's values, so a relative name stays relative here.
  aws_route53_record: {
    id: recordId,
    fqdn: (s) => s.text("name").toLowerCase().replace(/\.$/, ""),
    allow_overwrite: starting(null),
  },
  aws_route53_health_check: {
    id: uuid,
    arn: bareArn("route53", "healthcheck/{id}"),
    enable_sni: (s) => s.text("type").startsWith("HTTPS"),
    failure_threshold: (s) => (asksNobody.includes(s.text("type")) ? 0 : 3),
    triggers: starting({}),
  },
  aws_route53_query_log: { id: uuid, arn: bareArn("route53", "queryloggingconfig/{id}") },
  aws_route53_zone_association: {
    id: form("{zone_id}:{vpc_id}:{vpc_region}"),
    owning_account: form("{account}"),
    vpc_region: form("{region}"),
  },
  // @see https://docs.aws.amazon.com/r53recovery/latest/dg/routing-control.html
  aws_route53recoverycontrolconfig_cluster: {
    arn: (s) => s.arn("route53-recovery-control", `cluster/${s.random.uuid()}`, { region: "" }),
    id: same("arn"),
    status: starting("DEPLOYED"),
    cluster_endpoints: (s) =>
      recoveryRegions.map((region) => ({
        region,
        endpoint: `https://${s.random.hex(8)}.route53-recovery-cluster.${region}.amazonaws.com/v1`,
      })),
  },
  aws_route53recoverycontrolconfig_control_panel: {
    arn: (s) => s.arn("route53-recovery-control", `controlpanel/${s.random.hex(32)}`, { region: "" }),
    id: same("arn"),
    status: starting("DEPLOYED"),
  },
  aws_route53recoverycontrolconfig_routing_control: {
    control_panel_arn: (s) =>
      s.arn("route53-recovery-control", `controlpanel/${s.shared(s.text("cluster_arn")).hex(32)}`, { region: "" }),
    arn: (s) => `${s.text("control_panel_arn")}/routingcontrol/${s.random.hex(16)}`,
    id: same("arn"),
    status: starting("DEPLOYED"),
  },
  aws_route53recoverycontrolconfig_safety_rule: {
    arn: (s) => `${s.text("control_panel_arn")}/safetyrule/${s.random.hex(16)}`,
    id: same("arn"),
    status: starting("DEPLOYED"),
  },
  aws_route53recoveryreadiness_cell: {
    id: same("cell_name"),
    arn: accountArn("route53-recovery-readiness", "cell/{cell_name}"),
    parent_readiness_scopes: starting([]),
  },
  aws_route53recoveryreadiness_recovery_group: {
    id: same("recovery_group_name"),
    arn: accountArn("route53-recovery-readiness", "recovery-group/{recovery_group_name}"),
  },
  aws_route53recoveryreadiness_readiness_check: {
    id: same("readiness_check_name"),
    arn: accountArn("route53-recovery-readiness", "readiness-check/{readiness_check_name}"),
  },
  aws_route53recoveryreadiness_resource_set: {
    id: same("resource_set_name"),
    arn: accountArn("route53-recovery-readiness", "resource-set/{resource_set_name}"),
    "resources.component_id": (s) => s.random.hex(32),
  },
  aws_rum_app_monitor: {
    id: same("name"),
    app_monitor_id: uuid,
    arn: arn("rum", "appmonitor/{name}"),
    cw_log_group: starting(""),
  },
  aws_acmpca_certificate_authority: {
    arn: (s) => s.arn("acm-pca", `certificate-authority/${s.random.uuid()}`),
    id: same("arn"),
    not_after: timestamp,
    not_before: timestamp,
  },
};
