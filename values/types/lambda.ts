import { batchesOfQueues, variablesTogether } from "../rules/lambda";
import { securityGroupId, subnetId } from "./common";
import type { Family } from "./type-values";

/** Values of Lambda. */
export const lambda: Family = {
  aws_lambda_alias: {
    api: ["lambda.CreateAlias"],
    cfn: "AWS::Lambda::Alias",
    members: { "routing_config.additional_version_weights": "AdditionalVersionWeights" },
  },
  aws_lambda_code_signing_config: {
    api: ["lambda.CreateCodeSigningConfig"],
    cfn: "AWS::Lambda::CodeSigningConfig",
    members: {
      policies: "CodeSigningPolicies",
      "policies.untrusted_artifact_on_deployment": "UntrustedArtifactOnDeployment",
    },
  },
  aws_lambda_event_source_mapping: {
    api: ["lambda.CreateEventSourceMapping"],
    cfn: "AWS::Lambda::EventSourceMapping",
    members: { "document_db_event_source_config.collection_name": null },
    own: {
      "document_db_event_source_config.collection_name": {
        minLength: 1,
        maxLength: 57,
        pattern: "^[_a-zA-Z0-9][^$]*$",
        says: "is not the name of a collection; begin it with a letter, a digit or an underscore",
        because: "the model's pattern looks ahead, which RE2 cannot; the toolkit makes none",
        see: "https://docs.aws.amazon.com/lambda/latest/api/API_DocumentDBEventSourceConfig.html",
      },
    },
    rules: [batchesOfQueues],
  },
  aws_lambda_function: {
    api: ["lambda.CreateFunction", "lambda.PutFunctionConcurrency"],
    cfn: "AWS::Lambda::Function",
    members: {
      s3_bucket: "Code.S3Bucket",
      s3_key: "Code.S3Key",
      s3_object_version: "Code.S3ObjectVersion",
      image_uri: "Code.ImageUri",
      kms_key_arn: "KMSKeyArn",
      file_system_config: "FileSystemConfigs",
    },
    own: {
      function_name: {
        maxLength: 64,
        pattern: "^[A-Za-z0-9_-]+$",
        says: "is not a valid function name; use letters, digits, hyphens and underscores",
        because: "the model also counts ARNs",
        see: "https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html",
      },
      memory_size: {
        min: 128,
        max: 10_240,
        because: "more is for functions on managed instances only",
        see: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
      },
      timeout: { min: 1, max: 900, see: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html" },
      reserved_concurrent_executions: {
        min: -1,
        because: "-1 is Terraform's word for none",
        see: "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lambda_function",
      },
      "vpc_config.security_group_ids.*": securityGroupId,
      "vpc_config.subnet_ids.*": subnetId,
      "environment.variables.*": {
        bytes: true,
        maxLength: 4096,
        see: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
      },
    },
    computed: {
      filename: "the bundle that is built from the handler",
      source_code_hash: "the bundle that is built from the handler",
    },
    rules: [variablesTogether],
  },
  aws_lambda_function_event_invoke_config: {
    api: ["lambda.PutFunctionEventInvokeConfig"],
    cfn: "AWS::Lambda::EventInvokeConfig",
  },
  aws_lambda_permission: { api: ["lambda.AddPermission"], cfn: "AWS::Lambda::Permission" },
  aws_lambda_provisioned_concurrency_config: { api: ["lambda.PutProvisionedConcurrencyConfig"] },
  aws_lambda_function_recursion_config: { api: ["lambda.PutFunctionRecursionConfig"] },
  aws_lambda_runtime_management_config: { api: ["lambda.PutRuntimeManagementConfig"] },
  aws_lambda_invocation: {
    own: {
      lifecycle_scope: {
        enum: ["CREATE_ONLY", "CRUD"],
        see: "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lambda_invocation",
      },
      input: {
        bytes: true,
        maxLength: 6 * 1024 * 1024,
        see: "https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html",
      },
    },
    computed: {
      "triggers.*": "the checksum of the migrations",
      "triggers.migrations": "the checksum of the migrations",
    },
  },
  aws_lambda_layer_version: {
    api: ["lambda.PublishLayerVersion"],
    cfn: "AWS::Lambda::LayerVersion",
    members: { s3_bucket: "Content.S3Bucket", s3_key: "Content.S3Key" },
    own: {
      layer_name: {
        maxLength: 140,
        pattern: "^[a-zA-Z0-9_-]+$",
        says: "is not a valid name of a layer; use letters, digits, hyphens and underscores",
        because: "the model also counts ARNs",
        see: "https://docs.aws.amazon.com/lambda/latest/api/API_PublishLayerVersion.html",
      },
    },
    computed: { filename: "the files of the layer", source_code_hash: "the files of the layer" },
  },
  aws_lambda_layer_version_permission: {
    api: ["lambda.AddLayerVersionPermission"],
    cfn: "AWS::Lambda::LayerVersionPermission",
  },
};
