// Generated from the schemas by `npm run docs`; do not edit.
import type { AwsRegion } from "../core";

/** What `pipelineEnvironmentConfig` takes: fields with defaults may be left out. */
export interface PipelineEnvironmentInput {
  /**
   * Name of the environment: what begins so, or is tagged so, is what the roles reach.
   *
   * Takes `string of at most 16 characters`.
   */
  readonly name: string;
  /**
   * Whether the name is the prefix of previews: the roles reach every environment whose name begins with it and `-`.
   *
   * @defaultValue `false`
   */
  readonly previews?: boolean;
  /** All regions that it has anything in, standby ones included. */
  readonly regions: readonly AwsRegion[];
  /** Where its states are; the replica as well, so that a pipeline runs when the region of the first is lost. */
  readonly states: readonly {
    /** Bucket that holds the states. */
    readonly bucket: string;
    /** Region of the bucket. */
    readonly region: AwsRegion;
    /** The environment's own prefix in the bucket; the roles reach nothing beside it. */
    readonly keyPrefix: string;
    /** Key that encrypts the states. */
    readonly kmsKeyArn: string;
  }[];
  /**
   * Path of the environment's own roles, as in `iam.rolePath` of its file.
   *
   * @defaultValue `"/"`
   */
  readonly rolePath?: string;
  /**
   * Hosted zones that it has records in; without one, no DNS is changed.
   *
   * Takes `list of string, at most 20 entries`.
   *
   * @defaultValue `[]`
   */
  readonly hostedZoneIds?: readonly string[];
  /**
   * Keys that its review bundles are encrypted with: plan encrypts, apply decrypts.
   *
   * Takes `list of string, at most 5 entries`.
   *
   * @defaultValue `[]`
   */
  readonly bundleKeyArns?: readonly string[];
  /**
   * Roles that its apply assumes, such as the one for records in another account's zones.
   *
   * Takes `list of string, at most 5 entries`.
   *
   * @defaultValue `[]`
   */
  readonly assumes?: readonly string[];
  /**
   * What functions and tasks reach beside the environment's own, such as tables that exist: their boundary allows it. It allows nothing by itself.
   *
   * @defaultValue `[]`
   */
  readonly reaches?: readonly {
    /**
     * Actions, `s3:GetObject`.
     *
     * Takes `list of string, at most 20 entries`.
     */
    readonly actions: readonly string[];
    /**
     * ARNs, or patterns of them.
     *
     * Takes `list of string, at most 20 entries`.
     */
    readonly resources: readonly string[];
    /**
     * What of the environment needs them.
     *
     * Takes `string of at least 10 characters`.
     */
    readonly reason: string;
  }[];
  /** Terraform types that its stacks can have; all that the toolkit makes if left out. */
  readonly resourceTypes?: readonly ("aws_acm_certificate" | "aws_acm_certificate_validation" | "aws_apigatewayv2_api" | "aws_apigatewayv2_api_mapping" | "aws_apigatewayv2_authorizer" | "aws_apigatewayv2_domain_name" | "aws_apigatewayv2_integration" | "aws_apigatewayv2_route" | "aws_apigatewayv2_stage" | "aws_appautoscaling_policy" | "aws_appautoscaling_scheduled_action" | "aws_appautoscaling_target" | "aws_backup_plan" | "aws_backup_selection" | "aws_backup_vault" | "aws_backup_vault_lock_configuration" | "aws_backup_vault_policy" | "aws_budgets_budget" | "aws_budgets_budget_action" | "aws_ce_anomaly_monitor" | "aws_ce_anomaly_subscription" | "aws_cloudfront_cache_policy" | "aws_cloudfront_distribution" | "aws_cloudfront_origin_request_policy" | "aws_cloudfront_response_headers_policy" | "aws_chatbot_slack_channel_configuration" | "aws_chatbot_teams_channel_configuration" | "aws_cloudwatch_composite_alarm" | "aws_cloudwatch_dashboard" | "aws_cloudwatch_event_api_destination" | "aws_cloudwatch_event_archive" | "aws_cloudwatch_event_bus" | "aws_cloudwatch_event_bus_policy" | "aws_cloudwatch_event_connection" | "aws_cloudwatch_event_endpoint" | "aws_cloudwatch_event_rule" | "aws_cloudwatch_event_target" | "aws_cloudwatch_log_delivery" | "aws_cloudwatch_log_delivery_destination" | "aws_cloudwatch_log_delivery_source" | "aws_cloudwatch_log_group" | "aws_cloudwatch_log_metric_filter" | "aws_cloudwatch_log_resource_policy" | "aws_cloudwatch_metric_alarm" | "aws_cloudwatch_query_definition" | "aws_db_proxy" | "aws_db_proxy_default_target_group" | "aws_db_proxy_endpoint" | "aws_db_proxy_target" | "aws_db_subnet_group" | "aws_default_security_group" | "aws_dynamodb_contributor_insights" | "aws_dynamodb_table" | "aws_dynamodb_table_replica" | "aws_ecs_cluster" | "aws_ecs_cluster_capacity_providers" | "aws_ecs_service" | "aws_ecs_task_definition" | "aws_flow_log" | "aws_fis_experiment_template" | "aws_iam_policy" | "aws_guardduty_detector" | "aws_guardduty_detector_feature" | "aws_iam_role" | "aws_iam_role_policy" | "aws_iam_role_policy_attachment" | "aws_inspector2_enabler" | "aws_internet_gateway" | "aws_kms_alias" | "aws_kms_key" | "aws_kms_replica_key" | "aws_lambda_alias" | "aws_lambda_code_signing_config" | "aws_lambda_event_source_mapping" | "aws_lambda_function" | "aws_lambda_function_event_invoke_config" | "aws_lambda_function_recursion_config" | "aws_lambda_invocation" | "aws_lambda_layer_version" | "aws_lambda_layer_version_permission" | "aws_lambda_permission" | "aws_lambda_provisioned_concurrency_config" | "aws_lambda_runtime_management_config" | "aws_lb" | "aws_lb_listener" | "aws_lb_listener_certificate" | "aws_lb_target_group" | "aws_rds_cluster" | "aws_rds_cluster_instance" | "aws_rds_cluster_parameter_group" | "aws_rds_global_cluster" | "aws_route53_health_check" | "aws_route53_record" | "aws_route53_zone" | "aws_route53recoverycontrolconfig_cluster" | "aws_route53recoverycontrolconfig_control_panel" | "aws_route53recoverycontrolconfig_routing_control" | "aws_route53recoverycontrolconfig_safety_rule" | "aws_route_table" | "aws_route_table_association" | "aws_s3_bucket" | "aws_s3_bucket_lifecycle_configuration" | "aws_s3_bucket_logging" | "aws_s3_bucket_ownership_controls" | "aws_s3_bucket_policy" | "aws_s3_bucket_public_access_block" | "aws_s3_bucket_server_side_encryption_configuration" | "aws_s3_bucket_versioning" | "aws_s3_object" | "aws_scheduler_schedule" | "aws_scheduler_schedule_group" | "aws_secretsmanager_random_password" | "aws_secretsmanager_secret" | "aws_secretsmanager_secret_policy" | "aws_secretsmanager_secret_rotation" | "aws_secretsmanager_secret_version" | "aws_security_group" | "aws_signer_signing_job" | "aws_signer_signing_profile" | "aws_sns_topic" | "aws_sns_topic_policy" | "aws_sns_topic_subscription" | "aws_sqs_queue" | "aws_sqs_queue_policy" | "aws_sqs_queue_redrive_allow_policy" | "aws_ssm_document" | "aws_ssm_parameter" | "aws_subnet" | "aws_vpc" | "aws_vpc_endpoint" | "aws_vpc_security_group_egress_rule" | "aws_vpc_security_group_ingress_rule" | "aws_wafv2_ip_set" | "aws_wafv2_web_acl" | "aws_wafv2_web_acl_association" | "aws_wafv2_web_acl_logging_configuration")[];
  /** Allows what IAM can hold to no environment, such as health checks and policies of CloudFront, although other environments are in the account. */
  readonly unscoped?: {
    /**
     * Why its apply may reach the others' too.
     *
     * Takes `string of at least 10 characters`.
     */
    readonly reason: string;
  };
  /**
   * Who may plan.
   *
   * @defaultValue `{}`
   */
  readonly plan?: {
    /**
     * What else may plan, beside pull requests of GitHub and the main branch; merge requests of GitLab need it.
     *
     * @defaultValue `[]`
     */
    readonly subjects?: readonly {
      /**
       * The claim `sub` of the token, as the pipeline's host writes it; `*` and `?` stand for other characters.
       *
       * Takes `string of 3 to 255 characters`.
       */
      readonly subject: string;
      /**
       * Why a wildcard is needed; a subject with `*` or `?` is refused without.
       *
       * Takes `string of at least 10 characters`.
       */
      readonly reason?: string;
    }[];
  };
  /**
   * Who may apply.
   *
   * @defaultValue `{}`
   */
  readonly apply?: {
    /**
     * What else may apply, beside the protected deployment of the environment.
     *
     * @defaultValue `[]`
     */
    readonly subjects?: readonly {
      /**
       * The claim `sub` of the token, as the pipeline's host writes it; `*` and `?` stand for other characters.
       *
       * Takes `string of 3 to 255 characters`.
       */
      readonly subject: string;
      /**
       * Why a wildcard is needed; a subject with `*` or `?` is refused without.
       *
       * Takes `string of at least 10 characters`.
       */
      readonly reason?: string;
    }[];
  };
}

/** What `pipelineRolesConfig` takes: fields with defaults may be left out. */
export interface PipelineRolesInput {
  /** Who issues the tokens of the pipeline. */
  readonly oidc: {
    /** GitHub Actions. */
    readonly host: "github";
    /** The repository that pipelines run in, `owner/name`, as GitHub spells it. */
    readonly repository: string;
    /**
     * Issuer of the tokens, without https://; another one for GitHub Enterprise.
     *
     * @defaultValue `"token.actions.githubusercontent.com"`
     */
    readonly issuer?: string;
    /**
     * Audience that the pipeline asks its tokens for.
     *
     * @defaultValue `"sts.amazonaws.com"`
     */
    readonly audience?: string;
    /** The provider of the issuer, if the account has one: an account has one for each issuer at most. */
    readonly existingProviderArn?: string;
    /**
     * SHA-1 thumbprints of certificates of a self-hosted issuer whose CA is none that AWS trusts; AWS needs none for GitHub and gitlab.com.
     *
     * Takes `list of string, at most 5 entries`.
     *
     * @defaultValue `[]`
     */
    readonly thumbprints?: readonly string[];
  } | {
    /** GitLab CI. */
    readonly host: "gitlab";
    /** The project that pipelines run in, `group/name`. */
    readonly project: string;
    /**
     * Address of the GitLab that issues the tokens, without https://.
     *
     * @defaultValue `"gitlab.com"`
     */
    readonly issuer?: string;
    /**
     * Audience that the pipeline asks its tokens for.
     *
     * @defaultValue `"sts.amazonaws.com"`
     */
    readonly audience?: string;
    /** The provider of the issuer, if the account has one: an account has one for each issuer at most. */
    readonly existingProviderArn?: string;
    /**
     * SHA-1 thumbprints of certificates of a self-hosted issuer whose CA is none that AWS trusts; AWS needs none for GitHub and gitlab.com.
     *
     * Takes `list of string, at most 5 entries`.
     *
     * @defaultValue `[]`
     */
    readonly thumbprints?: readonly string[];
  };
  /**
   * Branch that is deployed from; protected.
   *
   * @defaultValue `"main"`
   */
  readonly mainBranch?: string;
  /**
   * Path of the roles and policies; no environment's own may have it.
   *
   * @defaultValue `"/pipelines/"`
   */
  readonly path?: string;
  /**
   * The longest session, in seconds: an apply that takes longer loses its credentials.
   *
   * Takes `integer 3600..43200`.
   *
   * @defaultValue `3600`
   */
  readonly maxSessionSeconds?: number;
  /** The environments of the account. */
  readonly environments: readonly PipelineEnvironmentInput[];
}

