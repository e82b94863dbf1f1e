import type { DeploymentStack, RegionalKey } from "../../../modules/core";
import { DatabaseNetwork } from "../../../modules/database-network";
import { GlobalDatabase } from "../../../modules/global-database";
import { SchemaMigration, type SchemaMigrationInput } from "../../../modules/schema-migration";

export const account = "111111111111";
export const region = "eu-west-1";

/** A key by name only, as if another stack had made it. */
export const key: RegionalKey = {
  arnIn: (place) => `arn:aws:kms:${place}:${account}:key/mrk-1234abcd12ab34cd56ef1234567890ab`,
  grantUse: (grantee) => grantee.addToRolePolicy({ actions: ["kms:Decrypt"], resources: [key.arnIn(grantee.region)] }),
};

/** A database in one region, with its migrations. */
export function migratedDatabase(
  stack: DeploymentStack,
  config: SchemaMigrationInput,
  projectRoot?: string,
): SchemaMigration {
  const network = new DatabaseNetwork(stack, "network", {
    config: { cidrBlock: "10.64.0.0/20", interfaceEndpoints: ["secretsmanager"] },
    name: "test-shop",
    region,
    account,
    directAccess: true,
  });
  const { subnetGroupName, databaseSecurityGroupId } = network;
  const database = new GlobalDatabase(stack, "database", {
    config: {
      engineVersion: "16.6",
      databaseName: "shop",
      capacity: { type: "serverless", minCapacity: 0.5, maxCapacity: 2 },
      deletionProtection: false,
      skipFinalSnapshot: true,
    },
    name: "test-shop",
    account,
    home: region,
    standby: [],
    key,
    networks: { [region]: { subnetGroupName, securityGroupIds: [databaseSecurityGroupId] } },
  });
  return new SchemaMigration(stack, "migrations", {
    config,
    name: "test-shop",
    environment: "test",
    account,
    database,
    network,
    serviceUsers: ["shop_service"],
    projectRoot,
    key,
  });
}
