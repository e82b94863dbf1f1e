import { LambdaInvocation } from "@cdktf/provider-aws/lib/lambda-invocation";
import { Construct } from "constructs";
import {
  type AlarmTarget,
  ConstructError,
  deploymentStackOf,
  parseConfig,
  type RegionalKey,
  type RoleSettings,
  setRoleSettings,
} from "../core";
import type { DatabaseNetwork } from "../database-network";
import { type GlobalDatabase, rdsAuthoritiesFile } from "../global-database";
import { type ServiceFunction, toolkitFunction } from "../service-function";
import { type SchemaMigrationInput, schemaMigrationConfig } from "./config";
import { readMigrations, showProblem } from "./migrations";

export interface SchemaMigrationProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: SchemaMigrationInput;
  /** `<environment>-<name>` of the database; cannot change. */
  readonly name: string;
  /** Name of the environment. */
  readonly environment: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** The database, which is written in the region of the network. */
  readonly database: GlobalDatabase;
  /** The network of the home region, where the writer is. */
  readonly network: DatabaseNetwork;
  /** Database users of services; each has the role `<user>_role`, which grants are given to. */
  readonly serviceUsers: readonly string[];
  /** Folder that `folder` of the config is relative to; defaults to the working directory. */
  readonly projectRoot?: string;
  /** Encrypts the function's log and variables. */
  readonly key: RegionalKey;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
  /** Path and permissions boundary of the roles; those of `setRoleSettings` if left out. */
  readonly roles?: RoleSettings;
}

/** Where the function of an engine is, in `handlers`. */
const handlers = {
  "aurora-postgresql": "schema-migration/postgres",
  "aurora-mysql": "schema-migration/mysql",
} as const;

/** What Lambda allows at most, in seconds. @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html */
const longestSeconds = 900;

/**
 * Migrations of a database as a step of the deployment: a function in its network that holds them, and its invocation by Terraform, once
 * for each change of the files.
 *
 * The invocation is `CREATE_ONLY`, so one with other files is a new one. Where it is changed in place, the provider keeps the new files in
 * the state although the invocation has failed, and the next apply would not run it again. Nothing is invoked when it is destroyed.
 * @see https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lambda_invocation
 */
export class SchemaMigration extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, props: SchemaMigrationProps) {
    super(scope, id);
    setRoleSettings(this, props.roles ?? {});
    const { database, network, account, environment, key, alarms } = props;
    const config = parseConfig(schemaMigrationConfig, props.config, this.node.path);
    const { region } = network;
    const access = database.accessIn(region);
    const { engine = "aurora-postgresql" } = access;
    const { bundled, problems, checksum } = readMigrations(config.folder, { engine, projectRoot: props.projectRoot });
    const [first] = problems;
    if (first) {
      const [what = "", ...remedy] = showProblem(first).split("; ");
      const more = problems.length > 1 ? `, and ${problems.length - 1} more` : "";
      throw new ConstructError(this, `${what}${more}`, remedy.join("; "));
    }
    this.function = toolkitFunction(this, handlers[engine], {
      config: {
        memoryMb: 256,
        timeoutSeconds: longestSeconds,
        reservedConcurrency: null,
        logRetentionDays: config.logRetentionDays,
        // Terraform waits for the answer; nobody invokes it asynchronously.
        asyncInvoke: { maximumRetryAttempts: 0 },
      },
      name: `${props.name}-migrations`,
      region,
      account,
      key,
      environment,
      constants: { MIGRATIONS: bundled },
      // Its network may have no route to X-Ray, and only deployments call it.
      tracing: false,
      alarms,
      vpc: {
        subnetIds: network.subnetIds,
        securityGroupIds: [network.clientSecurityGroupId, ...network.additionalSecurityGroupIds],
      },
      variables: {
        SERVICE_NAME: "schema-migration",
        ADMINISTRATOR_SECRET_ID: database.masterSecretArn,
        DATABASE_HOST: access.writerEndpoint,
        DATABASE_PORT: String(access.port),
        DATABASE_NAME: access.databaseName,
        DATABASE_USER: config.user,
        SERVICE_USERS: props.serviceUsers.join(","),
        ADOPTED_SCHEMAS: config.adoptedSchemas.join(","),
        LOCK_TIMEOUT_MS: String(config.lockTimeoutMs),
        LOCK_ATTEMPTS: String(config.lockAttempts),
        STATEMENT_TIMEOUT_SECONDS: String(config.statementTimeoutSeconds),
        UNUSED_HOURS: String(config.unusedHours),
        NODE_EXTRA_CA_CERTS: rdsAuthoritiesFile,
      },
    });
    database.grantReadMasterSecret(this.function);
    access.grantConnect(this.function, config.user);
    const { functionName, qualifier } = this.function.permissionTarget;
    new LambdaInvocation(this, "run", {
      provider: deploymentStackOf(this).providers.in(region),
      functionName,
      qualifier,
      lifecycleScope: "CREATE_ONLY",
      input: JSON.stringify({ run: "migrations" }),
      triggers: { migrations: checksum },
      dependsOn: [this.function.rolePolicy, ...database.instancesIn(region)],
    });
  }
}
