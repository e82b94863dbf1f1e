import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { Construct } from "constructs";
import { ConstructError, deploymentStackOf, LogGroup, partitionOf, type RegionalKey, ServiceRole } from "../core";
import { collectorDefinition, collectorStatement, type TaskCollector } from "./collector";
import type { ContainerServiceConfig } from "./config";
import { imageIn } from "./regional-copy";
import { execStatement, executionStatements, secretIn, taskTrust } from "./roles";

export interface ContainerTaskProps {
  readonly config: ContainerServiceConfig;
  readonly name: string;
  readonly region: string;
  readonly account: string;
  /** Encrypts the log. */
  readonly key: RegionalKey;
  /** Seconds in which a task that is about to stop still gets requests. */
  readonly drainSeconds: number;
  /** Seconds that the load balancer keeps idle connections. */
  readonly idleSeconds: number;
  /** Variables whose values only the stack knows. */
  readonly environmentVariables: Readonly<Record<string, string>>;
  /** What takes traces to X-Ray, from beside the code. */
  readonly collector?: TaskCollector;
}

/** The name of the container that serves, in the task definition and in the service. */
export const containerName = "service";

/**
 * The task definition, with the role that starts it, the role of its code, and its log. It runs as an unprivileged user without
 * capabilities of Linux, and only the folders that the configuration names can be written.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-security-considerations.html
 */
export class ContainerTask extends Construct {
  readonly taskDefinitionArn: string;
  /** Literal name of the log, for policies and texts. */
  readonly logGroupName: string;
  /** A reference to the same name, for what has to come after the log. */
  readonly logGroupReference: string;
  /** What starts tasks; its policy must be complete before they start. */
  readonly executionRole: ServiceRole;
  /** What the code of the container may do. */
  readonly taskRole: ServiceRole;
  private readonly definition: EcsTaskDefinition;
  private readonly added: Record<string, string> = {};

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ContainerTaskProps,
  ) {
    super(scope, id);
    const { config, name, region, account, key } = props;
    const provider = deploymentStackOf(this).providers.in(region);
    this.logGroupName = `/aws/ecs/${name}`;
    const logGroup = new LogGroup(this, "log-group", {
      provider,
      name: this.logGroupName,
      retentionDays: config.logRetentionDays,
      keyArn: key.arnIn(region),
    });
    this.logGroupReference = logGroup.name;
    const role = { region, trust: taskTrust(props) };
    this.executionRole = new ServiceRole(this, "execution", {
      ...role,
      // IAM is global: the region distinguishes the roles of the same service in several regions.
      nameParts: [name, "start", region],
      policyName: "start",
      statements: executionStatements(config, props, this.logGroupName, props.collector?.image),
    });
    this.taskRole = new ServiceRole(this, "role", {
      ...role,
      nameParts: [name, region],
      policyName: "task",
      statements: [
        {
          sid: "DescribeOwnLog",
          // A role without permissions has no policy that grants could add to.
          actions: ["logs:DescribeLogStreams"],
          resources: [`arn:${partitionOf(region)}:logs:${region}:${account}:log-group:${this.logGroupName}:*`],
        },
        ...(config.exec ? [execStatement] : []),
        ...(props.collector ? [collectorStatement] : []),
      ],
    });
    this.definition = new EcsTaskDefinition(this, "definition", {
      provider,
      family: name,
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: String(config.cpu),
      memory: String(config.memoryMebibytes),
      runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: config.cpuArchitecture },
      executionRoleArn: this.executionRole.roleArn,
      taskRoleArn: this.taskRole.roleArn,
      ephemeralStorage: config.ephemeralStorageGib ? { sizeInGib: config.ephemeralStorageGib } : undefined,
      volume: config.writableFolders.map((folder) => ({ name: volumeOf(folder) })),
      containerDefinitions: this.containers(),
    });
    this.taskDefinitionArn = this.definition.arn;
  }

  /** Adds variables to those that the code has. @throws ConstructError for one that is set already */
  addEnvironmentVariables(variables: Readonly<Record<string, string>>): void {
    const taken = Object.keys(variables).find((name) => Object.hasOwn(this.variables(), name));
    if (taken !== undefined) {
      throw new ConstructError(this, `the environment variable "${taken}" is set already`, "choose another name");
    }
    Object.assign(this.added, variables);
    this.definition.containerDefinitions = this.containers();
  }

  /** @param path IAM path of the roles, with a / at either end */
  literalRoleArn(path: string): string {
    const { region, account } = this.props;
    return `arn:${partitionOf(region)}:iam::${account}:role${path}${this.taskRole.roleName}`;
  }

  private containers(): string {
    const { collector, region } = this.props;
    const beside = collector
      ? [
          collectorDefinition(collector, {
            image: imageIn(region, collector.image),
            region,
            logGroupName: this.logGroupName,
          }),
        ]
      : [];
    return JSON.stringify([this.container(), ...beside]);
  }

  private container() {
    const { config, region } = this.props;
    const { port } = config;
    return {
      name: containerName,
      image: imageIn(region, config.image),
      essential: true,
      user: config.user,
      ...(config.entryPoint && { entryPoint: config.entryPoint }),
      ...(config.command && { command: config.command }),
      readonlyRootFilesystem: config.readOnlyRootFilesystem,
      // With an init process, signals reach the program, and what it starts is waited for.
      linuxParameters: { initProcessEnabled: true, capabilities: { drop: ["ALL"] } },
      stopTimeout: config.stopTimeoutSeconds,
      portMappings: [{ containerPort: port, hostPort: port, protocol: "tcp" }],
      environment: Object.entries(this.variables())
        .map(([name, value]) => ({ name, value }))
        .sort((one, other) => (one.name < other.name ? -1 : 1)),
      secrets: Object.entries(config.secrets)
        .map(([name, secret]) => ({ name, valueFrom: secretIn(this.props, secret).valueFrom }))
        .sort((one, other) => (one.name < other.name ? -1 : 1)),
      mountPoints: config.writableFolders.map((folder) => ({
        sourceVolume: volumeOf(folder),
        containerPath: folder,
        readOnly: false,
      })),
      ...(config.healthCheck && {
        healthCheck: {
          command: ["CMD", ...config.healthCheck.command],
          interval: config.healthCheck.intervalSeconds,
          timeout: config.healthCheck.timeoutSeconds,
          retries: config.healthCheck.retries,
          startPeriod: config.healthCheck.startPeriodSeconds,
        },
      }),
      logConfiguration: {
        logDriver: "awslogs",
        options: {
          "awslogs-group": this.logGroupName,
          "awslogs-region": region,
          "awslogs-stream-prefix": "task",
          mode: config.logMode,
          ...(config.logMode === "non-blocking" && { "max-buffer-size": `${config.logBufferMebibytes}m` }),
        },
      },
    };
  }

  private variables(): Record<string, string> {
    const { config, region, drainSeconds, idleSeconds, environmentVariables } = this.props;
    return {
      ...config.environment,
      ...environmentVariables,
      ...this.added,
      // Fargate sets it as well; the code of functions reads it, and a task is to find nothing missing.
      AWS_REGION: region,
      DRAIN_SECONDS: String(drainSeconds),
      LOAD_BALANCER_IDLE_SECONDS: String(idleSeconds),
      LOG_LEVEL: config.logLevel,
      PORT: String(config.port),
      STOP_TIMEOUT_SECONDS: String(config.stopTimeoutSeconds),
    };
  }
}

/** A volume's name takes no slashes. */
const volumeOf = (folder: string): string => folder.slice(1).replaceAll(/[/.]/g, "-");
