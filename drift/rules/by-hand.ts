import type { DriftRule } from "../rule";
import { boundsFor, boundsInWords } from "./scaling";

/** What somebody has changed beside Terraform: first what has a reason of its own to be looked at, then every argument that is configured. */
export const byHandRules: readonly DriftRule[] = [
  {
    id: "deleted",
    kind: "by-hand",
    when: ({ attribute }) => attribute === undefined,
    because: "It was deleted beside Terraform; the next deployment creates it anew, without what it held.",
  },
  {
    id: "beyond-scaling",
    kind: "by-hand",
    types: ["aws_lambda_provisioned_concurrency_config", "aws_ecs_service", "aws_dynamodb_table"],
    when: (change, environment) => boundsFor(change, environment) !== undefined,
    because: (change, environment) => `It is scaled between ${boundsInWords(change, environment)}, and is outside of that: somebody has set it.`,
  },
  {
    id: "scaling-limits-by-hand",
    kind: "by-hand",
    types: ["aws_appautoscaling_target"],
    attributes: ["min_capacity", "max_capacity"],
    because: "No schedule or forecast of the environment sets this limit.",
  },
  {
    id: "network-access",
    kind: "by-hand",
    types: [
      "aws_security_group",
      "aws_security_group_rule",
      "aws_vpc_security_group_ingress_rule",
      "aws_vpc_security_group_egress_rule",
      "aws_network_acl",
      "aws_network_acl_rule",
      "aws_route_table",
    ],
    attributes: [
      "ingress", "egress", "route", "cidr_blocks", "cidr_ipv4", "cidr_ipv6", "from_port", "to_port", "ip_protocol", "protocol",
      "prefix_list_id", "referenced_security_group_id", "source_security_group_id",
    ],
    because: "Who can reach it, or what it can reach, is not as configured.",
  },
  {
    id: "permissions",
    kind: "by-hand",
    attributes: [
      "policy", "assume_role_policy", "inline_policy", "managed_policy_arns", "permissions_boundary", "policy_arn", "principal",
      "access_policy",
    ],
    because: "Who may do what is not as configured.",
  },
  {
    id: "key",
    kind: "by-hand",
    types: ["aws_kms_key", "aws_kms_replica_key"],
    attributes: ["is_enabled", "enabled", "enable_key_rotation", "rotation_period_in_days", "primary_key_arn"],
    because: "A key is off, or rotates otherwise than configured; what it encrypts depends on it.",
  },
  {
    id: "protection",
    kind: "by-hand",
    attributes: [
      "deletion_protection", "deletion_protection_enabled", "point_in_time_recovery", "backup_retention_period", "retention_in_days",
      "message_retention_seconds", "enable_deletion_protection", "versioning_configuration", "force_destroy", "skip_final_snapshot",
    ],
    because: "What protects data, or says how long it is kept, is not as configured.",
  },
  {
    id: "code",
    kind: "by-hand",
    types: ["aws_lambda_function"],
    attributes: ["source_code_hash", "code_sha256", "image_uri", "handler", "runtime", "layers", "environment"],
    because: "Other code, or other settings of it, were deployed beside Terraform.",
  },
  {
    id: "served-version",
    kind: "by-hand",
    types: ["aws_lambda_alias"],
    attributes: ["function_version", "routing_config"],
    because:
      "The alias serves another version than was deployed: somebody has moved it, by evenkeel apply --way-back or by hand. Plan the code that should serve.",
  },
  {
    id: "membership",
    kind: "by-hand",
    types: ["aws_rds_global_cluster", "aws_rds_cluster"],
    attributes: ["global_cluster_members", "global_cluster_identifier", "replication_source_identifier"],
    because: "A cluster has left or joined the global database, which no switchover does.",
  },
  {
    id: "mapping-off",
    kind: "by-hand",
    types: ["aws_lambda_event_source_mapping"],
    attributes: ["enabled"],
    because: "Nothing of the environment pauses this queue or stream: somebody has switched the mapping.",
  },
  {
    id: "health-check",
    kind: "by-hand",
    types: ["aws_route53_health_check"],
    attributes: ["disabled", "inverted"],
    because: "Somebody has taken a decision away from a health check; use the drain command, which the next deployment leaves alone.",
  },
  {
    id: "tags",
    kind: "by-hand",
    attributes: ["tags", "tags_all"],
    because: "Tags are not as configured; costs, access and other tools may go by them.",
  },
  {
    id: "ignored",
    kind: "by-hand",
    when: ({ ignored }) => ignored,
    because: "Terraform ignores it once it is made, and nothing of the environment changes it: somebody has, and no deployment reverts it.",
  },
  {
    id: "configured",
    kind: "by-hand",
    when: ({ configured }) => configured,
    because: "The configuration sets it, and AWS has another value; the next deployment reverts it.",
  },
];
