import { DbSubnetGroup } from "@cdktf/provider-aws/lib/db-subnet-group";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { ConstructError, deploymentStackOf, parseConfig, resourceName } from "../core";
import { type DatabaseNetworkConfig, type DatabaseNetworkInput, databaseNetworkConfig } from "./config";
import type { FlowLogsProps } from "./flow-logs";
import { PrivateVpc } from "./private-vpc";
import { SecurityGroup } from "./security-group";

/** What flow logs need to know besides the network. */
export type DatabaseNetworkFlowLogs = Omit<FlowLogsProps, "vpcId" | "name" | "region">;

/** An existing VPC; the ids may be tokens. */
export interface ExistingVpc {
  readonly vpcId: string;
  /** Private subnets in at least two availability zones. */
  readonly subnetIds: readonly string[];
  /** Security groups that give functions and poolers outbound access to AWS services, at most 4. */
  readonly additionalSecurityGroupIds?: readonly string[];
}

/** A network interface of a function or task takes 5 security groups, and one is the network's own. */
const mostAdditionalGroups = 4;

export interface DatabaseNetworkProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: DatabaseNetworkInput;
  /** `<environment>-<name>`; cannot change. */
  readonly name: string;
  /** The region that it is in. */
  readonly region: string;
  /** The VPC to use instead of a new one. Switching later would replace the database. */
  readonly existing?: ExistingVpc;
  /** AWS account id, 12 digits: endpoints of a new VPC then only let its principals through, and only the usual actions. */
  readonly account?: string;
  /** Actions that clients need through the endpoints besides the usual ones, as `sqs:PurgeQueue`. */
  readonly endpointActions?: readonly string[];
  /** Lets clients reach the database directly, without a pool. */
  readonly directAccess: boolean;
  /** The port that the pool listens on: that of the database if left out. An RDS Proxy has that of its engine, whatever the database has. */
  readonly poolPort?: number;
  /**
   * Other servers that clients may reach, in the network or peered with it, by a name that cannot change. Endpoints or
   * routes to them are created elsewhere.
   */
  readonly clientTargets?: Readonly<Record<string, PrivateTarget>>;
}

/** Servers at private addresses. */
export interface PrivateTarget {
  /** Ranges in CIDR notation; see {@link privateRange}. */
  readonly cidrBlocks: readonly string[];
  readonly port: number;
}

const postgresPort = 5432;

/**
 * The network of a database in one region: a subnet group, and three security groups that form the path from clients
 * through the pool to the database.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.RDSSecurityGroups.html
 */
export class DatabaseNetwork extends Construct {
  readonly region: string;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly subnetGroupName: string;
  /** Security group of the functions that query. */
  readonly clientSecurityGroupId: string;
  /** Security group of proxies and poolers. */
  readonly poolSecurityGroupId: string;
  /** Security group of the cluster. */
  readonly databaseSecurityGroupId: string;
  /** Existing groups that functions and poolers join in addition to their own; empty in a created VPC. */
  readonly additionalSecurityGroupIds: readonly string[];
  readonly port: number;
  /** The VPC that is made here; undefined for one that is given. */
  private readonly created?: PrivateVpc;
  private isLogged = false;

  constructor(scope: Construct, id: string, props: DatabaseNetworkProps) {
    super(scope, id);
    const { region } = props;
    const config = parseConfig(databaseNetworkConfig, props.config, this.node.path);
    const name = resourceName(this, [props.name], 200);
    const vpc = this.vpc(props, config, name);
    const group = (groupId: string, description: string) =>
      new SecurityGroup(this, groupId, { region, vpcId: vpc.vpcId, name: `${name}-${groupId}`, description });
    const clients = group("clients", "Clients of the database");
    const pool = group("pool", "Connection pools of the database");
    const database = group("database", "The database");
    const { port: databasePort = postgresPort } = config;
    clients.allowTo("pool", pool, props.poolPort ?? databasePort, "Queries through a pool");
    pool.allowTo("database", database, databasePort, "Pooled connections");
    if (props.directAccess) clients.allowTo("database", database, databasePort, "Queries without a pool");
    for (const [target, { cidrBlocks, port }] of Object.entries(props.clientTargets ?? {})) {
      for (const range of cidrBlocks) clients.allowToRange(target, range, port, `Calls of ${target}`);
    }
    if (vpc instanceof PrivateVpc) {
      this.created = vpc;
      this.addEndpoints(vpc, config, group, [clients, pool]);
    }

    this.region = region;
    this.vpcId = vpc.vpcId;
    this.subnetIds = vpc.subnetIds;
    this.subnetGroupName = new DbSubnetGroup(this, "subnet-group", {
      provider: deploymentStackOf(this).providers.in(region),
      name: subnetGroupName(name, props.existing),
      description: "Private subnets of the database",
      subnetIds: [...vpc.subnetIds],
    }).name;
    this.clientSecurityGroupId = clients.securityGroupId;
    this.poolSecurityGroupId = pool.securityGroupId;
    this.databaseSecurityGroupId = database.securityGroupId;
    this.additionalSecurityGroupIds = props.existing?.additionalSecurityGroupIds ?? [];
    this.port = databasePort;
  }

  /** Logs the traffic of the VPC. One that is given is its owner's to log: nothing is added, as in a second call. */
  addFlowLogs(props: DatabaseNetworkFlowLogs): void {
    if (!this.created || this.isLogged) return;
    this.isLogged = true;
    this.created.addFlowLogs(props);
  }

  private vpc(
    { existing, region, account, endpointActions = [] }: DatabaseNetworkProps,
    config: DatabaseNetworkConfig,
    name: string,
  ) {
    const { cidrBlock } = config;
    if (existing === undefined) {
      if (cidrBlock !== undefined)
        return new PrivateVpc(this, "private", {
          config: { ...config, cidrBlock },
          name,
          region,
          account,
          actions: [...config.endpointActions, ...endpointActions],
        });
      throw new ConstructError(
        this,
        "has neither an existing VPC nor a CIDR block to create one",
        "set cidrBlock or pass existing",
      );
    }
    const useless =
      cidrBlock !== undefined
        ? "cidrBlock"
        : (["interfaceEndpoints", "endpointActions"] as const).find((list) => config[list].length > 0);
    if (useless) {
      throw new ConstructError(
        this,
        `${useless} only applies to a created VPC, but an existing one is passed`,
        `remove ${useless} or existing`,
      );
    }
    const { subnetIds, additionalSecurityGroupIds: groups = [] } = existing;
    if (!Token.isUnresolved(subnetIds) && new Set(subnetIds).size < 2) {
      throw new ConstructError(
        this,
        `${new Set(subnetIds).size} distinct subnets are passed, but AWS requires at least 2, in 2 zones`,
        "pass private subnets of at least two zones",
      );
    }
    if (!Token.isUnresolved(groups) && groups.length > mostAdditionalGroups) {
      throw new ConstructError(
        this,
        `${groups.length} additional security groups are passed, but a network interface takes 5 and one is the network's own`,
        `pass at most ${mostAdditionalGroups}`,
      );
    }
    return existing;
  }

  private addEndpoints(
    vpc: PrivateVpc,
    config: DatabaseNetworkConfig,
    group: (id: string, description: string) => SecurityGroup,
    callers: readonly SecurityGroup[],
  ): void {
    for (const [service, prefixListId] of vpc.prefixListIds) {
      for (const caller of callers) caller.allowToPrefixList(service, prefixListId, `Calls of ${service}`);
    }
    if (config.interfaceEndpoints.length === 0) return;
    const endpoints = group("endpoints", "Endpoints of AWS services");
    for (const caller of callers) caller.allowTo("endpoints", endpoints, 443, "Calls of AWS services");
    for (const service of config.interfaceEndpoints) {
      vpc.addInterfaceEndpoint(service, endpoints.securityGroupId);
    }
  }
}

/**
 * A subnet group cannot move to another VPC. If its name stayed the same, Terraform would plan a change in place and
 * the apply would fail halfway. With the VPC id in the name, the plan shows what the move means: the cluster is
 * replaced.
 */
function subnetGroupName(name: string, existing: ExistingVpc | undefined): string {
  return existing === undefined || Token.isUnresolved(existing.vpcId) ? name : `${name}-${existing.vpcId}`;
}
