import { Construct } from "constructs";
import {
  type AlarmTarget,
  ConstructError,
  deploymentStackOf,
  kebabName,
  LogGroup,
  parseConfig,
  partitionOf,
  type RegionalKey,
  type RoleSettings,
  setRoleSettings,
} from "../core";
import {
  type FaultExperimentsInput,
  type FunctionFaultsInput,
  faultExperimentsConfig,
  functionFaultsConfig,
} from "./config";
import { type ExperimentAction, type ExperimentProps, FaultExperiment } from "./fault-experiment";
import { FaultSwitch } from "./fault-switch";
import { GameDays, type GameDaysProps } from "./game-days";
import { crossRegionStatements, disruptStatements } from "./network-statements";

export interface FaultExperimentsProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: FaultExperimentsInput;
  /** Name of the environment; part of all resource names. */
  readonly environment: string;
  /** The region of what the experiments touch, and of their alarms. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** Encrypts the log of the experiments. */
  readonly key: RegionalKey;
  /** Where the alarm of game days sends notifications; without it there is none. */
  readonly alarms?: AlarmTarget;
  /** Path and permissions boundary of the roles; those of `setRoleSettings` if left out. */
  readonly roles?: RoleSettings;
}

/** Subnets whose traffic is cut. */
export interface DisruptedNetwork {
  /** What it is called in texts: `ledger`. */
  readonly name: string;
  readonly vpcId: string;
  /** At most 5 subnets of it. */
  readonly subnetIds: readonly string[];
}

/** What a failover of a cluster takes at most, for the hours of a game day, in minutes. */
export const failoverMinutes = 15;

/** What the replacement of stopped tasks takes at most, for the hours of a game day, in minutes: no less than what must hold. */
export const replacementMinutes = (recoveryTimeSeconds: number): number =>
  Math.max(10, Math.ceil(recoveryTimeSeconds / 60));

/**
 * Experiments of AWS FIS in one region, their log, and the game days that start them. Every experiment has a hypothesis, alarms that end
 * it, and a role of its own that names what it touches. Nothing starts by itself unless a game day says so.
 * @see https://docs.aws.amazon.com/fis/latest/userguide/what-is.html
 */
export class FaultExperiments extends Construct {
  readonly region: string;
  readonly logGroupName: string;
  private readonly logGroup: LogGroup;
  private readonly experiments = new Map<string, FaultExperiment>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: FaultExperimentsProps,
  ) {
    super(scope, id);
    setRoleSettings(this, props.roles ?? {});
    const { region, environment, key } = props;
    this.region = region;
    const { logRetentionDays } = parseConfig(faultExperimentsConfig, props.config, this.node.path);
    this.logGroup = new LogGroup(this, "log-group", {
      provider: deploymentStackOf(this).providers.in(region),
      name: `/aws/fis/${environment}`,
      retentionDays: logRetentionDays,
      keyArn: key.arnIn(region),
    });
    this.logGroupName = this.logGroup.name;
  }

  /**
   * Switches faults of a function's own code on for some minutes, by the parameter that `FaultInjection` makes.
   * @param name kebab-case, unique in the region; it becomes part of the Terraform address
   * @throws ConstructError if the faults do not fit into the parameter, and as all experiments do
   */
  injectFaults(
    name: string,
    props: ExperimentProps & {
      readonly config: FunctionFaultsInput;
      readonly functionName: string;
      readonly parameterName: string;
      readonly parameterArn: string;
    },
  ): FaultExperiment {
    const { region, account } = this.props;
    const config = parseConfig(functionFaultsConfig, props.config, `${this.node.path}: ${name}`);
    const { functionName, parameterName, parameterArn } = props;
    const { action } = new FaultSwitch(this, `${name}-switch`, {
      name: this.fullName(name),
      region,
      account,
      functionName,
      parameterName,
      parameterArn,
      config,
    });
    return this.add(name, config.minutes, action, props);
  }

  /**
   * Pauses the replication of a global table to and from this region; applications go on, and replication catches up afterwards.
   * @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html#dynamodb-actions-reference
   */
  pauseReplication(
    name: string,
    props: ExperimentProps & { readonly minutes: number; readonly tableName: string; readonly tableArn: string },
  ): FaultExperiment {
    const { minutes, tableName, tableArn } = props;
    const action: ExperimentAction = {
      actionId: "aws:dynamodb:global-table-pause-replication",
      does: `Pauses the replication of ${tableName} to and from ${this.region} for ${minutes} min`,
      parameters: { duration: `PT${minutes}M` },
      target: { key: "Tables", resourceType: "aws:dynamodb:global-table", arns: [tableArn] },
      statements: [
        {
          actions: [
            "dynamodb:DeleteResourcePolicy",
            "dynamodb:DescribeTable",
            "dynamodb:GetResourcePolicy",
            "dynamodb:PutResourcePolicy",
          ],
          resources: [tableArn],
        },
      ],
    };
    return this.add(name, minutes, action, props);
  }

  /**
   * Makes a reader of a cluster its writer, within the region.
   * @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html#rds-actions-reference
   */
  failOver(
    name: string,
    props: ExperimentProps & { readonly clusterName: string; readonly clusterArn: string },
  ): FaultExperiment {
    const { clusterName, clusterArn } = props;
    const action: ExperimentAction = {
      actionId: "aws:rds:failover-db-cluster",
      does: `Makes a reader of ${clusterName} its writer in ${this.region}`,
      parameters: {},
      target: { key: "Clusters", resourceType: "aws:rds:cluster", arns: [clusterArn] },
      statements: [{ actions: ["rds:DescribeDBClusters", "rds:FailoverDBCluster"], resources: [clusterArn] }],
    };
    return this.add(name, failoverMinutes, action, props);
  }

  /**
   * Stops some tasks of an ECS service, which starts new ones. It needs nothing in the tasks themselves.
   * @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html#ecs-actions-reference
   */
  stopTasks(
    name: string,
    props: ExperimentProps & {
      /** Name of the service and of its cluster. */
      readonly serviceName: string;
      /** Share of its tasks, in percent, rounded down. */
      readonly percent: number;
    },
  ): FaultExperiment {
    const { serviceName, percent, hypothesis } = props;
    const { region, account } = this.props;
    const arn = (what: string) => `arn:${partitionOf(region)}:ecs:${region}:${account}:${what}`;
    const tasks = arn(`task/${serviceName}/*`);
    const action: ExperimentAction = {
      actionId: "aws:ecs:stop-task",
      does: `Stops ${percent} % of the tasks of ${serviceName} in ${region}`,
      parameters: {},
      target: {
        key: "Tasks",
        resourceType: "aws:ecs:task",
        within: { parameters: { cluster: serviceName, service: serviceName }, percent },
      },
      statements: [
        // ECS gives ids of tasks.
        { sid: "StopTasks", actions: ["ecs:DescribeTasks", "ecs:StopTask"], resources: [tasks] },
        {
          sid: "FindTasks",
          actions: ["ecs:ListTasks"],
          resources: ["*"],
          conditions: { ArnEquals: { "ecs:cluster": arn(`cluster/${serviceName}`) } },
          wildcards: {
            resource: "ECS takes no resource for the list of tasks on Fargate; the condition names the cluster.",
          },
        },
      ],
    };
    return this.add(name, replacementMinutes(hypothesis.row.recoveryTimeSeconds), action, props);
  }

  /**
   * Cuts subnets off from everything outside of them. What is inside of one goes on.
   * @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html#network-actions-reference
   */
  disruptNetwork(
    name: string,
    props: ExperimentProps & { readonly minutes: number; readonly network: DisruptedNetwork },
  ): FaultExperiment {
    const { minutes, network } = props;
    const { region, account } = this.props;
    const action: ExperimentAction = {
      actionId: "aws:network:disrupt-connectivity",
      does: `Cuts the subnets of ${network.name} in ${region} off for ${minutes} min`,
      parameters: { duration: `PT${minutes}M`, scope: "all" },
      target: this.subnets(network),
      statements: disruptStatements({ region, account, ...network }),
    };
    return this.add(name, minutes, action, props);
  }

  /**
   * Cuts subnets off from the addresses of another region. Its route tables need room for 250 routes more, or 350 for us-east-1.
   * @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html#network-actions-reference
   */
  disruptCrossRegion(
    name: string,
    props: ExperimentProps & {
      readonly minutes: number;
      readonly network: DisruptedNetwork;
      readonly otherRegion: string;
    },
  ): FaultExperiment {
    const { minutes, network, otherRegion } = props;
    const { region, account } = this.props;
    if (otherRegion === region) {
      throw new ConstructError(this, `"${name}" cuts "${region}" off from itself`, "name another region");
    }
    const action: ExperimentAction = {
      actionId: "aws:network:route-table-disrupt-cross-region-connectivity",
      does: `Cuts the subnets of ${network.name} in ${region} off from ${otherRegion} for ${minutes} min`,
      parameters: { duration: `PT${minutes}M`, region: otherRegion },
      target: this.subnets(network),
      statements: crossRegionStatements({ region, account, ...network }),
    };
    return this.add(name, minutes, action, props);
  }

  /**
   * Starts experiments of this region on schedules. May be called once.
   * @throws ConstructError if a game day names an experiment that is not here, or leaves the hours that are allowed
   */
  addGameDays(props: Pick<GameDaysProps, "gameDays" | "hours" | "elsewhere">): GameDays {
    const { environment, region, account, alarms } = this.props;
    return new GameDays(this, "game-days", {
      ...props,
      name: `${environment}-game-days`,
      region,
      account,
      experiments: this.experiments,
      alarms,
    });
  }

  private subnets({ subnetIds }: DisruptedNetwork): NonNullable<ExperimentAction["target"]> {
    const { region, account } = this.props;
    const arns = subnetIds.map((id) => `arn:${partitionOf(region)}:ec2:${region}:${account}:subnet/${id}`);
    return { key: "Subnets", resourceType: "aws:ec2:subnet", arns };
  }

  private fullName = (name: string): string => `${this.props.environment}-${name}`;

  private add(
    id: string,
    minutes: number,
    action: ExperimentAction,
    { hypothesis, stopAlarmArns }: ExperimentProps,
  ): FaultExperiment {
    const { region, account } = this.props;
    const name = parseConfig(kebabName(43), id, `${this.node.path}: name of an experiment`);
    const experiment = new FaultExperiment(this, name, {
      ...action,
      hypothesis,
      stopAlarmArns,
      name: this.fullName(name),
      minutes,
      region,
      account,
      logGroupArn: this.logGroup.arn,
    });
    this.experiments.set(name, experiment);
    return experiment;
  }
}
