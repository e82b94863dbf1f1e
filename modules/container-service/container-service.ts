import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsClusterCapacityProviders } from "@cdktf/provider-aws/lib/ecs-cluster-capacity-providers";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { type ITerraformDependable, Token } from "cdktf";
import { Construct } from "constructs";
import {
  type AlarmTarget,
  acceptFinding,
  ConstructError,
  deploymentStackOf,
  type Grantee,
  type PolicyStatement,
  parseConfig,
  type RegionalKey,
  resourceName,
  roleSettingsOf,
} from "../core";
import type { BalancerDimensions } from "../load-balancer";
import type { TaskCollector } from "./collector";
import { type ContainerServiceInput, containerServiceConfig } from "./config";
import { ContainerTask, containerName } from "./container-task";
import { taskAlarms } from "./task-alarms";
import { TaskScaling } from "./task-scaling";

/** Where tasks run; `ServiceNetwork` has the first, its `addService` the second. The ids may be tokens. */
export interface TaskNetwork {
  /** Private subnets in at least two zones. */
  readonly subnetIds: readonly string[];
  /** Security groups of the tasks, at most 5. */
  readonly securityGroupIds: readonly string[];
}

/** What sends requests to the tasks; `LoadBalancer` has these properties. */
export interface TaskTargets {
  readonly targetGroupArn: string;
  /** What uses the target group, before which no task can be registered. */
  readonly listener: ITerraformDependable;
  readonly dimensions: BalancerDimensions;
  /** What scaling by requests names it as. */
  readonly resourceLabel: string;
  /** Seconds that it keeps idle connections. */
  readonly idleSeconds: number;
  /** Seconds in which it still sends requests to a task that is about to stop. */
  readonly deregistrationDelaySeconds: number;
  /** Name of its alarm on failed requests, which deployments are rolled back by. */
  readonly serverErrorsAlarmName?: string;
}

export interface ContainerServiceProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: ContainerServiceInput;
  /** `<environment>-<service>`; cannot change. */
  readonly name: string;
  /** The region that it is in. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** Encrypts the log. */
  readonly key: RegionalKey;
  /** Where tasks run. */
  readonly network: TaskNetwork;
  /** What sends requests to them. */
  readonly targets: TaskTargets;
  /** Environment variables whose values only the stack knows, added to those in the config. */
  readonly environmentVariables?: Readonly<Record<string, string>>;
  /** What takes its traces to X-Ray, from beside it; none if left out. */
  readonly collector?: TaskCollector;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
}

/**
 * A container as an ECS service on Fargate: its tasks, spread over zones and scaled, the roles that start them and that they have,
 * and their log.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_services.html
 */
export class ContainerService extends Construct implements Grantee {
  readonly region: string;
  /** Literal name of the service and of its cluster, for alarms and texts. */
  readonly serviceName: string;
  /** A reference, so that what reads the log comes after it. */
  readonly logGroupName: string;
  /** ARN of the role of the code, without a dependency on the role. */
  readonly literalRoleArn: string;
  private readonly task: ContainerTask;

  constructor(scope: Construct, id: string, props: ContainerServiceProps) {
    super(scope, id);
    const { region, network, targets } = props;
    const config = parseConfig(containerServiceConfig, props.config, this.node.path);
    this.checkNetwork(network);
    if (config.stopTimeoutSeconds < targets.deregistrationDelaySeconds) {
      throw new ConstructError(
        this,
        `stops its tasks after ${config.stopTimeoutSeconds} s, but the load balancer still sends requests to them for ${targets.deregistrationDelaySeconds} s`,
        "raise stopTimeoutSeconds to at least that",
      );
    }
    const name = resourceName(this, [props.name], 255);
    const provider = deploymentStackOf(this).providers.in(region);
    this.region = region;
    this.serviceName = name;
    this.task = new ContainerTask(this, "task", {
      config,
      name,
      region,
      account: props.account,
      key: props.key,
      drainSeconds: targets.deregistrationDelaySeconds,
      idleSeconds: targets.idleSeconds,
      environmentVariables: props.environmentVariables ?? {},
      collector: props.collector,
    });
    this.logGroupName = this.task.logGroupReference;
    const { path = "/" } = roleSettingsOf(this);
    this.literalRoleArn = this.task.literalRoleArn(path);
    const cluster = new EcsCluster(this, "cluster", {
      provider,
      name,
      setting: [{ name: "containerInsights", value: config.containerInsights }],
    });
    if (config.containerInsights === "disabled") {
      acceptFinding(
        cluster,
        "CKV_AWS_65",
        "Metrics of the service and of its load balancer are enough for its alarms; containerInsights of the configuration adds those of tasks.",
      );
    }
    const providers = new EcsClusterCapacityProviders(this, "capacity", {
      provider,
      clusterName: cluster.name,
      capacityProviders: ["FARGATE", "FARGATE_SPOT"],
    });
    const { capacity, deployment, scaling } = config;
    const service = new EcsService(this, "service", {
      provider,
      name,
      cluster: cluster.arn,
      taskDefinition: this.task.taskDefinitionArn,
      // From the first day on: to change from a launch type to capacity providers would replace the service.
      capacityProviderStrategy: [
        { capacityProvider: "FARGATE", base: capacity.onDemandBase, weight: capacity.onDemandWeight },
        { capacityProvider: "FARGATE_SPOT", weight: capacity.spotWeight },
      ],
      // With it, other weights change in place.
      forceNewDeployment: true,
      platformVersion: config.platformVersion,
      schedulingStrategy: "REPLICA",
      desiredCount: scaling.min,
      deploymentController: { type: "ECS" },
      deploymentMinimumHealthyPercent: deployment.minimumHealthyPercent,
      deploymentMaximumPercent: deployment.maximumPercent,
      deploymentCircuitBreaker: { enable: true, rollback: true },
      alarms:
        deployment.rollbackOnErrors && targets.serverErrorsAlarmName !== undefined
          ? { enable: true, rollback: true, alarmNames: [targets.serverErrorsAlarmName] }
          : undefined,
      waitForSteadyState: deployment.waitForSteadyState,
      availabilityZoneRebalancing: "ENABLED",
      enableExecuteCommand: config.exec,
      enableEcsManagedTags: true,
      propagateTags: "SERVICE",
      healthCheckGracePeriodSeconds: deployment.graceSeconds,
      networkConfiguration: {
        subnets: [...network.subnetIds],
        securityGroups: [...network.securityGroupIds],
        assignPublicIp: false,
      },
      loadBalancer: [{ containerName, containerPort: config.port, targetGroupArn: targets.targetGroupArn }],
      // After creation, scaling controls the number of tasks.
      lifecycle: { ignoreChanges: ["desired_count"] },
      dependsOn: [this.task.executionRole.policy, this.task.taskRole.policy, providers, targets.listener],
    });
    new TaskScaling(this, "scaling", {
      config: scaling,
      name,
      region,
      clusterName: cluster.name,
      serviceName: service.name,
      resourceLabel: targets.resourceLabel,
    });
    if (props.alarms) {
      taskAlarms(this, {
        config,
        name,
        region,
        logGroupName: this.task.logGroupName,
        dimensions: targets.dimensions,
        target: props.alarms,
      });
    }
  }

  /** Lets the code of the container do something, as its task role. */
  addToRolePolicy(statement: PolicyStatement): void {
    this.task.taskRole.addToRolePolicy(statement);
  }

  /** Tells the code of the container more, by environment variables. @throws ConstructError for one that is set already */
  addEnvironmentVariables(variables: Readonly<Record<string, string>>): void {
    this.task.addEnvironmentVariables(variables);
  }

  private checkNetwork({ subnetIds, securityGroupIds }: TaskNetwork): void {
    if (!Token.isUnresolved(subnetIds) && new Set(subnetIds).size < 2) {
      throw new ConstructError(
        this,
        `runs in ${new Set(subnetIds).size} subnet, so that the loss of its zone would stop it`,
        "pass private subnets of at least two zones",
      );
    }
    if (!Token.isUnresolved(securityGroupIds) && (securityGroupIds.length === 0 || securityGroupIds.length > 5)) {
      throw new ConstructError(
        this,
        `has ${securityGroupIds.length} security groups, but a network interface takes 1 to 5`,
        "pass at least the group that the load balancer may reach",
      );
    }
  }
}
