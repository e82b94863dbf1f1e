import { starting } from "../forms";
import type { ServiceRules } from "../subject";

/**
 * Values for attributes that only allow a fixed list of words, of types without other rules. The test over all types
 * finds such attributes and quotes the list.
 */
const words: Record<string, Record<string, string>> = {
  aws_bedrock_custom_model: { job_status: "Completed" },
  aws_bedrock_guardrail: { status: "READY" },
  aws_bedrock_inference_profile: { type: "APPLICATION", status: "ACTIVE" },
  aws_bedrockagent_agent_action_group: { action_group_state: "ENABLED" },
  aws_bedrockagent_data_source: { data_deletion_policy: "RETAIN" },
  aws_codeconnections_connection: { connection_status: "PENDING" },
  aws_datazone_form_type: { status: "ENABLED" },
  aws_datazone_user_profile: { status: "ACTIVATED", type: "IAM" },
  aws_ec2_capacity_block_reservation: { end_date_type: "limited", reservation_type: "capacity-block" },
  aws_elasticache_reserved_cache_node: { duration: "P1Y" },
  aws_networkmonitor_probe: { address_family: "IPV4" },
  aws_paymentcryptography_key: { key_state: "CREATE_COMPLETE", key_origin: "AWS_PAYMENT_CRYPTOGRAPHY" },
  aws_resiliencehub_resiliency_policy: { estimated_cost_tier: "L1" },
  aws_route53profiles_association: { status: "COMPLETE" },
  aws_route53profiles_profile: { status: "COMPLETE", share_status: "NOT_SHARED" },
  aws_route53profiles_resource_association: { status: "COMPLETE" },
  aws_s3tables_table: { type: "customer" },
  aws_securityhub_automation_rule: { rule_status: "ENABLED" },
  aws_timestreamquery_scheduled_query: { state: "ENABLED" },
  aws_vpc_security_group_vpc_association: { state: "associated" },
};

export const closedLists: ServiceRules = Object.fromEntries(
  Object.entries(words).map(([typeName, values]) => [
    typeName,
    Object.fromEntries(Object.entries(values).map(([name, word]) => [name, starting(word)])),
  ]),
);
