import { kmsKeyArn } from "./common";
import type { Family } from "./type-values";

/** Values of DynamoDB. */
export const data: Family = {
  aws_dynamodb_table: {
    api: ["dynamodb.CreateTable", "dynamodb.UpdateTimeToLive", "dynamodb.UpdateContinuousBackups"],
    cfn: "AWS::DynamoDB::Table",
    members: {
      name: "TableName",
      attribute: "AttributeDefinitions",
      "attribute.name": "AttributeName",
      "attribute.type": "AttributeType",
      hash_key: "KeySchema[].AttributeName",
      range_key: "KeySchema[].AttributeName",
      read_capacity: "ProvisionedThroughput.ReadCapacityUnits",
      write_capacity: "ProvisionedThroughput.WriteCapacityUnits",
      stream_view_type: "StreamSpecification.StreamViewType",
      server_side_encryption: "SSESpecification",
      "server_side_encryption.kms_key_arn": "KMSMasterKeyId",
      ttl: "TimeToLiveSpecification",
      point_in_time_recovery: "PointInTimeRecoverySpecification",
      global_secondary_index: "GlobalSecondaryIndexes",
      "global_secondary_index.name": "IndexName",
      "global_secondary_index.hash_key": "KeySchema[].AttributeName",
      "global_secondary_index.range_key": "KeySchema[].AttributeName",
      "global_secondary_index.projection_type": "Projection.ProjectionType",
      "global_secondary_index.non_key_attributes": "Projection.NonKeyAttributes",
      "global_secondary_index.read_capacity": "ProvisionedThroughput.ReadCapacityUnits",
      "global_secondary_index.write_capacity": "ProvisionedThroughput.WriteCapacityUnits",
      local_secondary_index: "LocalSecondaryIndexes",
      "local_secondary_index.name": "IndexName",
      "local_secondary_index.range_key": "KeySchema[].AttributeName",
      "local_secondary_index.projection_type": "Projection.ProjectionType",
      "local_secondary_index.non_key_attributes": "Projection.NonKeyAttributes",
    },
    own: {
      "server_side_encryption.kms_key_arn": kmsKeyArn,
      "point_in_time_recovery.recovery_period_in_days": {
        min: 1,
        max: 35,
        see: "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PointInTimeRecoverySpecification.html",
      },
    },
  },
  aws_dynamodb_table_replica: {
    api: ["dynamodb.UpdateTable.ReplicaUpdates[].Create", "dynamodb.UpdateTable"],
    members: { kms_key_arn: "KMSMasterKeyId", global_table_arn: "TableName" },
    own: { kms_key_arn: kmsKeyArn },
  },
  aws_dynamodb_contributor_insights: { api: ["dynamodb.UpdateContributorInsights"] },
};
