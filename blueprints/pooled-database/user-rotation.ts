import { createHash } from "node:crypto";
import { Construct } from "constructs";
import type { AlarmTarget, RegionalKey } from "../../modules/core";
import type { DatabaseNetwork } from "../../modules/database-network";
import { type GlobalDatabase, rdsAuthoritiesFile } from "../../modules/global-database";
import { type ReplicatedSecret, SecretRotation } from "../../modules/replicated-secret";
import { toolkitFunction } from "../../modules/service-function";
import type { VersionCanary } from "../../modules/version-canary";
import type { PooledDatabaseConfig } from "./config";

export interface UserRotationProps {
  readonly config: PooledDatabaseConfig["rotation"];
  readonly environment: string;
  /** `<environment>-<name>` of the database. */
  readonly name: string;
  readonly user: string;
  readonly account: string;
  readonly secret: ReplicatedSecret;
  readonly database: GlobalDatabase;
  /** The network of the home region. */
  readonly network: DatabaseNetwork;
  /** Encrypts the function's log, variables and dead letters. */
  readonly key: RegionalKey;
  /** The share of functions that use a new login first. */
  readonly canary?: VersionCanary;
  readonly alarms?: AlarmTarget;
}

/** The role without login that has the privileges of a user and of the second user it alternates with. */
export const roleOfUser = (user: string): string => `${user}_role`;

/** Lambda allows 64 characters; the name of the function's role also ends in the region, within 64 as well. */
const longestName = 48;

/** The function of a canary adds a word to the name. */
const longestCanaryName = 40;

/**
 * New passwords for one database user: a function in the database's network in the home region, the only one where secrets
 * and users can be written, and a schedule that runs it, for the first time right away.
 */
export class UserRotation extends Construct {
  constructor(scope: Construct, id: string, props: UserRotationProps) {
    super(scope, id);
    const { user, secret, database, network, canary, alarms } = props;
    const { logRetentionDays, canary: _, ...schedule } = props.config;
    const region = secret.home;
    const access = database.accessIn(region);
    const rotationFunction = toolkitFunction(this, "secret-rotation", {
      config: {
        memoryMb: 256,
        timeoutSeconds: 30,
        reservedConcurrency: null,
        logRetentionDays,
      },
      name: functionName(props.name, user),
      region,
      account: props.account,
      key: props.key,
      environment: props.environment,
      // Its network may have no route to X-Ray, and only Secrets Manager calls it.
      tracing: false,
      alarms,
      vpc: {
        subnetIds: network.subnetIds,
        securityGroupIds: [network.clientSecurityGroupId, ...network.additionalSecurityGroupIds],
      },
      variables: {
        ADMINISTRATOR_SECRET_ID: database.masterSecretArn,
        ...(access.engine === "aurora-mysql" && { DATABASE_ENGINE: access.engine }),
        DATABASE_HOST: access.writerEndpoint,
        DATABASE_PORT: String(access.port),
        DATABASE_NAME: access.databaseName,
        DATABASE_USERNAME: user,
        DATABASE_ROLE: roleOfUser(user),
        NODE_EXTRA_CA_CERTS: rdsAuthoritiesFile,
        ...(canary && {
          CANARY_SHARE_PARAMETER: canary.parameterName,
          CANARY_REGIONS: region,
          CANARY_STEP_PERCENT: String(canary.stepPercent),
        }),
      },
    });
    canary?.grantMove(rotationFunction);
    database.grantReadMasterSecret(rotationFunction);
    new SecretRotation(this, "schedule", {
      config: schedule,
      secret,
      rotationFunction,
      alarms,
      dependsOn: database.instancesIn(region),
    });
  }
}

/** The name of a user's canary in its environment. */
export function canaryName(database: string, user: string): string {
  return shortened(`${database}-${user.replaceAll("_", "-")}`, database, user, longestCanaryName);
}

/** Says whose password it rotates, as far as there is room. */
function functionName(database: string, user: string): string {
  return shortened(`${database}-rotate-${user}`, database, user, longestName);
}

function shortened(name: string, database: string, user: string, longest: number): string {
  if (name.length <= longest) return name;
  return `${database}-${createHash("sha256").update(user).digest("hex").slice(0, 6)}`;
}
