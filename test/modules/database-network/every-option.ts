import { TerraformOutput } from "cdktf";
import type { DeploymentStack } from "../../../modules/core";
import { DatabaseNetwork } from "../../../modules/database-network";
import { EncryptionKey } from "../../../modules/encryption-key";

/** A created network with every option, one in a VPC that exists, and the least one. */
export function everyOption(stack: DeploymentStack): void {
  const key = new EncryptionKey(stack, "key", {
    config: {},
    name: "test-network",
    account: "111111111111",
    home: "eu-west-1",
    replicas: [],
    users: ["logs"],
  });
  const created = new DatabaseNetwork(stack, "created", {
    config: {
      cidrBlock: "10.64.0.0/20",
      availabilityZones: ["a", "b"],
      gatewayEndpoints: ["s3", "dynamodb"],
      interfaceEndpoints: ["secretsmanager", "ecr.api", "sqs", "monitoring"],
      endpointActions: ["sqs:PurgeQueue"],
      port: 6432,
    },
    name: "test-created",
    region: "eu-west-1",
    account: "111111111111",
    endpointActions: ["s3:PutObjectTagging"],
    directAccess: true,
    clientTargets: { vault: { cidrBlocks: ["10.80.0.0/24", "10.81.0.0/24"], port: 8200 } },
  });
  created.addFlowLogs({
    config: { trafficType: "REJECT", aggregationIntervalSeconds: 60, logRetentionDays: 30 },
    account: "111111111111",
    key,
  });
  new TerraformOutput(stack, "client-group", { value: created.clientSecurityGroupId });
  new DatabaseNetwork(stack, "existing", {
    config: {},
    name: "test-existing",
    region: "eu-central-1",
    existing: {
      vpcId: "vpc-0123456789abcdef0",
      subnetIds: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
      additionalSecurityGroupIds: ["sg-0123456789abcdef0"],
    },
    directAccess: false,
  });
  new DatabaseNetwork(stack, "least", {
    config: { cidrBlock: "10.65.0.0/20" },
    name: "test-least",
    region: "eu-west-1",
    directAccess: false,
  });
}
