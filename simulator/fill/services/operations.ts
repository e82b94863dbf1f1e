import { arn, form, generatedName, hexId, lowerId, same, starting, upperId, uuid } from "../forms";
import { onEveryChange, type Rule, type ServiceRules } from "../subject";

/** AWS's own roles for scaled services, by service namespace. */
const scalingRoles: Record<string, string> = {
  dynamodb: "DynamoDBTable",
  ecs: "ECSService",
  lambda: "LambdaConcurrency",
  rds: "RDSCluster",
};

const scalingRole: Rule = (s) => {
  const namespace = s.text("service_namespace");
  const name = `AWSServiceRoleForApplicationAutoScaling_${scalingRoles[namespace] ?? "CustomResource"}`;
  const path = `aws-service-role/${namespace}.application-autoscaling.amazonaws.com`;
  return s.arn("iam", `role/${path}/${name}`, { region: "" });
};

const scaled =
  (kind: string, nameWord: string): Rule =>
  (s) =>
    s.arn(
      "autoscaling",
      `${kind}:${s.random.uuid()}:resource/${s.text("service_namespace")}/${s.text("resource_id")}:${nameWord}/${s.text("name")}`,
    );

/** Target tracking keeps two alarms of its own. */
const trackingAlarms: Rule = (s) =>
  s.text("policy_type") === "TargetTrackingScaling"
    ? ["AlarmHigh", "AlarmLow"].map((kind) =>
        s.arn("cloudwatch", `alarm:TargetTracking-${s.text("resource_id")}-${kind}-${s.random.uuid()}`),
      )
    : [];

/** Versions of Valkey and Redis have two numbers, those of Memcached three. */
const cacheVersion: Rule = (s) => (/^(redis|valkey)$/.test(s.text("engine")) ? "7.1" : "1.6.22");

/** Scaling, tracing, deployment, backup and audit. */
export const operations: ServiceRules = {
  // @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_applicationautoscaling.html
  aws_appautoscaling_target: {
    id: same("resource_id"),
    arn: (s) => s.arn("application-autoscaling", `scalable-target/${s.random.hex(32)}`),
    role_arn: scalingRole,
  },
  aws_appautoscaling_policy: {
    id: same("name"),
    arn: scaled("scalingPolicy", "policyName"),
    alarm_arns: trackingAlarms,
  },
  aws_appautoscaling_scheduled_action: {
    id: form("{name}-{service_namespace}-{resource_id}"),
    arn: scaled("scheduledAction", "scheduledActionName"),
  },
  // @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
  aws_xray_group: {
    arn: (s) => s.arn("xray", `group/${s.text("group_name")}/${s.random.upper(26)}`),
    id: same("arn"),
    "insights_configuration.notifications_enabled": starting(false),
  },
  aws_xray_sampling_rule: { id: same("rule_name"), arn: arn("xray", "sampling-rule/{rule_name}") },
  aws_xray_encryption_config: { id: form("{region}") },
  aws_codedeploy_app: {
    application_id: uuid,
    id: form("{application_id}:{name}"),
    arn: arn("codedeploy", "application:{name}"),
    github_account_name: starting(""),
  },
  aws_codedeploy_deployment_group: {
    deployment_group_id: uuid,
    id: same("deployment_group_id"),
    arn: arn("codedeploy", "deploymentgroup:{app_name}/{deployment_group_name}"),
    compute_platform: starting("Lambda"),
  },
  aws_codedeploy_deployment_config: {
    deployment_config_id: uuid,
    id: same("deployment_config_name"),
    arn: arn("codedeploy", "deploymentconfig:{deployment_config_name}"),
  },
  aws_appconfig_application: { id: lowerId(7), arn: arn("appconfig", "application/{id}") },
  aws_appconfig_environment: {
    environment_id: lowerId(7),
    id: form("{environment_id}:{application_id}"),
    arn: arn("appconfig", "application/{application_id}/environment/{environment_id}"),
    state: starting("READY_FOR_DEPLOYMENT"),
    description: starting(""),
  },
  aws_appconfig_configuration_profile: {
    configuration_profile_id: lowerId(7),
    id: form("{configuration_profile_id}:{application_id}"),
    arn: arn("appconfig", "application/{application_id}/configurationprofile/{configuration_profile_id}"),
  },
  aws_appconfig_deployment_strategy: { id: lowerId(7), arn: arn("appconfig", "deploymentstrategy/{id}") },
  aws_synthetics_canary: {
    id: same("name"),
    arn: arn("synthetics", "canary:{name}"),
    engine_arn: (s) => s.arn("lambda", `function:cwsyn-${s.text("name")}-${s.random.uuid()}:1`),
    source_location_arn: (s) => s.arn("lambda", `layer:cwsyn-${s.text("name")}-${s.random.uuid()}:1`),
    status: starting("READY"),
  },
  aws_backup_vault: {
    id: same("name"),
    arn: arn("backup", "backup-vault:{name}"),
    kms_key_arn: (s) => s.arn("kms", `key/${s.shared("aws/backup", s.region).uuid()}`),
  },
  aws_backup_plan: { id: uuid, arn: arn("backup", "backup-plan:{id}"), version: onEveryChange(lowerId(48)) },
  aws_backup_selection: { id: uuid, not_resources: starting([]) },
  aws_backup_vault_lock_configuration: {
    id: same("backup_vault_name"),
    backup_vault_arn: arn("backup", "backup-vault:{backup_vault_name}"),
  },
  aws_backup_vault_policy: {
    id: same("backup_vault_name"),
    backup_vault_arn: arn("backup", "backup-vault:{backup_vault_name}"),
  },
  aws_cloudtrail: {
    arn: arn("cloudtrail", "trail/{name}"),
    id: same("arn"),
    home_region: form("{region}"),
    sns_topic_arn: starting(""),
  },
  aws_guardduty_detector: {
    id: (s) => s.random.hex(32),
    account_id: form("{account}"),
    arn: arn("guardduty", "detector/{id}"),
    finding_publishing_frequency: starting("SIX_HOURS"),
  },
  aws_guardduty_detector_feature: { id: form("{detector_id}/{name}") },
  aws_inspector2_enabler: {
    // Both are sets, whose values the provider sorts.
    id: (s) => [listed(s.value("account_ids")).join(":"), listed(s.value("resource_types")).join(":")].join("-"),
  },
  aws_securityhub_account: {
    id: form("{account}"),
    arn: arn("securityhub", "hub/default"),
    control_finding_generator: starting("SECURITY_CONTROL"),
  },
  aws_config_configuration_recorder: { id: same("name") },
  aws_config_config_rule: {
    id: same("name"),
    rule_id: lowerId(6, "config-rule-"),
    arn: arn("config", "config-rule/{rule_id}"),
  },
  aws_resourcegroups_group: { id: same("name"), arn: arn("resource-groups", "group/{name}") },
  aws_oam_sink: { sink_id: uuid, arn: arn("oam", "sink/{sink_id}"), id: same("arn") },
  aws_oam_link: { link_id: uuid, arn: arn("oam", "link/{link_id}"), id: same("arn"), label: starting("") },
  aws_kinesis_stream: { arn: arn("kinesis", "stream/{name}"), id: same("arn") },
  aws_kinesis_firehose_delivery_stream: {
    arn: arn("firehose", "deliverystream/{name}"),
    id: same("arn"),
    destination_id: starting("destinationId-000000000001"),
    version_id: onEveryChange((s) => String(Number(s.prior("version_id") ?? 0) + 1)),
  },
  aws_sfn_state_machine: {
    name: generatedName("name_prefix"),
    arn: arn("states", "stateMachine:{name}"),
    id: same("arn"),
    status: starting("ACTIVE"),
    revision_id: onEveryChange(uuid),
    state_machine_version_arn: form("{arn}:1"),
    version_description: starting(""),
  },
  aws_elasticache_cluster: { engine_version: cacheVersion, engine_version_actual: cacheVersion },
  // AWS only creates one for the deployment type PERSISTENT_2; the provider refuses it for others.
  aws_fsx_lustre_file_system: { metadata_configuration: starting([]) },
  aws_instance: { id: hexId("i-"), arn: arn("ec2", "instance/{id}"), instance_state: starting("running") },
  aws_cognito_user_pool: {
    id: (s) => `${s.region}_${s.random.lower(9)}`,
    arn: arn("cognito-idp", "userpool/{id}"),
    endpoint: form("cognito-idp.{region}.{dns_suffix}/{id}"),
  },
  aws_cognito_user_pool_client: { id: lowerId(26) },
  aws_accessanalyzer_analyzer: { id: same("analyzer_name"), arn: arn("access-analyzer", "analyzer/{analyzer_name}") },
  aws_organizations_account: { id: (s) => s.random.digits(12) },
  aws_iam_user_login_profile: { id: same("user") },
  aws_service_discovery_private_dns_namespace: { id: (s) => `ns-${s.random.lower(16)}`, hosted_zone: upperId("Z", 20) },
};

/** The texts of a set, sorted. */
const listed = (values: unknown): string[] => (Array.isArray(values) ? values.map(String).sort() : []);
