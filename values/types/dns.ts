import { vpcId } from "./common";
import type { Family } from "./type-values";

const route53Tag = "https://docs.aws.amazon.com/Route53/latest/APIReference/API_Tag.html";
const healthCheck = "https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html";

/** Values of Route 53 and of Application Recovery Controller. */
export const dns: Family = {
  aws_route53_health_check: {
    api: ["route53.CreateHealthCheck.HealthCheckConfig", "route53.CreateHealthCheck"],
    cfn: "AWS::Route53::HealthCheck.HealthCheckConfig",
    members: {
      fqdn: "FullyQualifiedDomainName",
      ip_address: "IPAddress",
      enable_sni: "EnableSNI",
      cloudwatch_alarm_name: "AlarmIdentifier.Name",
      cloudwatch_alarm_region: "AlarmIdentifier.Region",
      child_health_threshold: "HealthThreshold",
      child_healthchecks: "ChildHealthChecks",
      invert_healthcheck: "Inverted",
      reference_name: "CallerReference",
    },
    own: {
      "tags.{}": { minLength: 1, maxLength: 128, see: route53Tag },
      "tags.*": { maxLength: 256, see: route53Tag },
      child_healthchecks: { maxItems: 255, see: healthCheck },
    },
    computed: { "triggers.*": "the alarm's settings, so that a change of them is noticed" },
  },
  aws_route53_record: {
    api: ["route53.ChangeResourceRecordSets.ChangeBatch.Changes[].ResourceRecordSet", "route53.ListResourceRecordSets"],
    cfn: "AWS::Route53::RecordSet",
    members: {
      records: "ResourceRecords",
      "records.*": "Value",
      ttl: "TTL",
      zone_id: "HostedZoneId",
      alias: "AliasTarget",
      "alias.name": "DNSName",
      "alias.zone_id": "HostedZoneId",
      "failover_routing_policy.type":
        "/route53.ChangeResourceRecordSets.ChangeBatch.Changes[].ResourceRecordSet.Failover",
      failover_routing_policy: null,
      latency_routing_policy: null,
      "latency_routing_policy.region":
        "/route53.ChangeResourceRecordSets.ChangeBatch.Changes[].ResourceRecordSet.Region",
    },
  },
  aws_route53_zone: {
    api: ["route53.CreateHostedZone"],
    cfn: "AWS::Route53::HostedZone",
    members: {
      comment: "HostedZoneConfig.Comment",
      vpc: "VPC",
      "vpc.vpc_region": "VPCRegion",
    },
    own: {
      "tags.{}": { minLength: 1, maxLength: 128, see: route53Tag },
      "tags.*": { maxLength: 256, see: route53Tag },
      "vpc.vpc_id": vpcId,
    },
  },
  aws_route53recoverycontrolconfig_cluster: {
    api: ["route53-recovery-control-config.CreateCluster"],
    cfn: "AWS::Route53RecoveryControl::Cluster",
    members: { name: "ClusterName" },
  },
  aws_route53recoverycontrolconfig_control_panel: {
    api: ["route53-recovery-control-config.CreateControlPanel"],
    cfn: "AWS::Route53RecoveryControl::ControlPanel",
    members: { name: "ControlPanelName" },
  },
  aws_route53recoverycontrolconfig_routing_control: {
    api: ["route53-recovery-control-config.CreateRoutingControl"],
    cfn: "AWS::Route53RecoveryControl::RoutingControl",
    members: { name: "RoutingControlName" },
  },
  aws_route53recoverycontrolconfig_safety_rule: {
    api: [
      "route53-recovery-control-config.CreateSafetyRule.AssertionRule",
      "route53-recovery-control-config.CreateSafetyRule.GatingRule",
    ],
    cfn: "AWS::Route53RecoveryControl::SafetyRule",
    own: {
      "rule_config.threshold": {
        min: 0,
        see: "https://docs.aws.amazon.com/recovery-cluster/latest/api/safetyrule.html",
      },
      wait_period_ms: { min: 0, see: "https://docs.aws.amazon.com/recovery-cluster/latest/api/safetyrule.html" },
    },
  },
};
