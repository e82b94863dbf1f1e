import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { Construct } from "constructs";
import { imageIn, secretArnIn } from "../container-service";
import { deploymentStackOf, LogGroup, type RegionalKey } from "../core";
import type { PgBouncerPoolConfig } from "./config";
import { containerScript } from "./container-script";
import { ExecutionRole } from "./execution-role";
import { pgbouncerIni } from "./pgbouncer-ini";

/** One of the PgBouncers in each task. */
export interface Pooler {
  readonly role: "writer" | "reader";
  /** Host name of the cluster endpoint; may be a token. */
  readonly databaseHost: string;
  readonly listenPort: number;
  /** Whether it leaves servers that take no writes, such as the writer of before a failover. */
  readonly leavesReaders: boolean;
}

export interface PoolTaskProps {
  readonly config: PgBouncerPoolConfig;
  readonly name: string;
  readonly region: string;
  readonly account: string;
  readonly databasePort: number;
  readonly databaseName: string;
  readonly poolers: readonly Pooler[];
  readonly poolSize: number;
  readonly maxClientConnections: number;
  /** Secret of the lookup user in the pool's region; may be a token. */
  readonly lookupSecretArn: string;
  readonly key: RegionalKey;
}

const runVolume = "run";
const runFolder = "/run/pgbouncer";

/** Each client and database connection needs a file. */
export const openFiles = 65_535;

/** How long running transactions have to finish after SIGTERM, in seconds; Fargate allows at most 120. */
const stopTimeout = 60;

/**
 * The task definition: one PgBouncer for the writer and one for the readers. They run as an unprivileged user, and only
 * their own folder in the file system is writable.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-security-considerations.html
 */
export class PoolTask extends Construct {
  readonly taskDefinitionArn: string;
  readonly logGroup: LogGroup;
  readonly logGroupName: string;
  /** The execution role, which must be complete before tasks start. */
  readonly role: ExecutionRole;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PoolTaskProps,
  ) {
    super(scope, id);
    const { config, name, region, account, key } = props;
    const provider = deploymentStackOf(this).providers.in(region);
    this.logGroupName = `/aws/ecs/${name}`;
    this.logGroup = new LogGroup(this, "log-group", {
      provider,
      name: this.logGroupName,
      retentionDays: config.logRetentionDays,
      keyArn: key.arnIn(region),
    });
    this.role = new ExecutionRole(this, "execution", {
      name,
      region,
      account,
      image: imageIn(region, config.image),
      logGroupName: this.logGroupName,
      secretArns: [props.lookupSecretArn, secretArnIn(region, config.certificateSecretArn)],
      key,
    });
    this.taskDefinitionArn = new EcsTaskDefinition(this, "definition", {
      provider,
      family: name,
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: String(config.cpu),
      memory: String(config.memoryMebibytes),
      runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: config.cpuArchitecture },
      executionRoleArn: this.role.roleArn,
      volume: [{ name: runVolume }],
      containerDefinitions: JSON.stringify([
        this.folderContainer(),
        ...props.poolers.map((pooler) => this.poolerContainer(pooler)),
      ]),
    }).arn;
  }

  /** Makes the volume writable: it belongs to root, whatever user the other containers run as. */
  private folderContainer() {
    return {
      ...this.common("folder"),
      essential: false,
      user: "0:0",
      entryPoint: ["/bin/sh", "-c"],
      command: [`chmod 1777 ${runFolder}`],
    };
  }

  private poolerContainer(pooler: Pooler) {
    const { config, databasePort, databaseName, poolSize, maxClientConnections } = this.props;
    const authoritiesFromSecret = config.databaseAuthoritiesFile === undefined;
    const ofCertificate = (key: string) => `${secretArnIn(this.props.region, config.certificateSecretArn)}:${key}::`;
    const settings = { config, databasePort, databaseName, poolSize, maxClientConnections, ...pooler };
    return {
      ...this.common(pooler.role),
      essential: true,
      dependsOn: [{ containerName: "folder", condition: "SUCCESS" }],
      user: config.user,
      entryPoint: ["/bin/sh", "-c"],
      command: [containerScript(authoritiesFromSecret)],
      stopTimeout,
      portMappings: [{ containerPort: pooler.listenPort, hostPort: pooler.listenPort, protocol: "tcp" }],
      ulimits: [{ name: "nofile", softLimit: openFiles, hardLimit: openFiles }],
      environment: [
        { name: "LOOKUP_USER", value: config.lookupUser },
        { name: "PGBOUNCER_INI", value: pgbouncerIni(settings) },
        { name: "RUN_FOLDER", value: `${runFolder}/${pooler.role}` },
      ],
      secrets: [
        { name: "LOOKUP_PASSWORD", valueFrom: `${this.props.lookupSecretArn}:password::` },
        { name: "SERVER_CERTIFICATE", valueFrom: ofCertificate("certificate") },
        { name: "SERVER_PRIVATE_KEY", valueFrom: ofCertificate("privateKey") },
        ...(authoritiesFromSecret
          ? [{ name: "DATABASE_AUTHORITIES", valueFrom: ofCertificate("databaseAuthorities") }]
          : []),
      ],
    };
  }

  private common(name: string) {
    const { config, region } = this.props;
    return {
      name,
      image: imageIn(region, config.image),
      readonlyRootFilesystem: true,
      linuxParameters: { capabilities: { drop: ["ALL"] } },
      mountPoints: [{ sourceVolume: runVolume, containerPath: runFolder, readOnly: false }],
      logConfiguration: {
        logDriver: "awslogs",
        options: {
          "awslogs-group": this.logGroupName,
          "awslogs-region": region,
          "awslogs-stream-prefix": "pool",
          // Problems with logging must not block queries.
          mode: "non-blocking",
          "max-buffer-size": "4m",
        },
      },
    };
  }
}
