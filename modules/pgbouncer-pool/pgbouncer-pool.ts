import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { Construct } from "constructs";
import {
  ConstructError,
  deploymentStackOf,
  type Grantee,
  parseConfig,
  type RegionalKey,
  setRoleSettings,
} from "../core";
import type { UserWithSecret } from "../database-proxy";
import type { DatabaseAccess } from "../global-database";
import { type PgBouncerPoolConfig, pgbouncerPoolConfig } from "./config";
import { LoadBalancer } from "./load-balancer";
import { NetworkPath } from "./network-path";
import { PoolAlarms } from "./pool-alarms";
import { limitsProblem, type PoolLimits, poolLimits } from "./pool-limits";
import { clientsProblem, type PoolProblem, poolProblem } from "./pool-problem";
import type { PgBouncerPoolProps } from "./pool-props";
import { PoolService } from "./pool-service";
import { type Pooler, PoolTask } from "./pool-task";

/**
 * PgBouncer on Fargate for the cluster in one region, behind two internal Network Load Balancers: one for the writer
 * and one for the readers.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AWS_Fargate.html
 */
export class PgBouncerPool extends Construct implements DatabaseAccess {
  readonly region: string;
  readonly writerEndpoint: string;
  readonly readerEndpoint: string;
  readonly port: number;
  readonly databaseName: string;
  readonly authentication = "password";
  readonly forwardsWrites: boolean;
  /** How the pool was sized. */
  readonly limits: PoolLimits;
  private readonly users: readonly UserWithSecret[];
  private readonly key: RegionalKey;

  constructor(scope: Construct, id: string, props: PgBouncerPoolProps) {
    super(scope, id);
    setRoleSettings(this, props.roles ?? {});
    const { name, region, cluster, network, key } = props;
    const config = parseConfig(pgbouncerPoolConfig, props.config, this.node.path);
    this.refuseFirst(poolProblem(props, config));
    this.limits = this.fittingLimits(props, config);
    const maxClientConnections = config.maxClientConnections ?? Math.max(100, 2 * props.concurrency);
    this.refuseFirst(clientsProblem(maxClientConnections, props.concurrency, this.limits));
    const { port, databaseName } = cluster;
    const poolers = this.poolers(props);

    const zone = new Route53Zone(this, "zone", {
      provider: deploymentStackOf(this).providers.in(region),
      name: config.domainName,
      comment: `Connection pool ${name}`,
      vpc: [{ vpcId: network.vpcId, vpcRegion: region }],
    });
    const path = new NetworkPath(this, "path", {
      name,
      region,
      network,
      port,
      taskPorts: poolers.map(({ listenPort }) => listenPort),
    });
    const exposed = poolers.map((pooler) => ({
      pooler,
      loadBalancer: new LoadBalancer(this, pooler.role, {
        name: `${name}-${pooler.role}`,
        region,
        network,
        securityGroupId: path.loadBalancerSecurityGroupId,
        port,
        taskPort: pooler.listenPort,
        drainSeconds: config.drainSeconds,
        zoneId: zone.zoneId,
        hostName: `${pooler.role}.${config.domainName}`,
      }),
    }));
    const task = new PoolTask(this, "task", {
      config,
      name,
      region,
      account: props.account,
      databasePort: port,
      databaseName,
      poolers,
      poolSize: this.limits.connectionsPerPooler,
      maxClientConnections,
      lookupSecretArn: props.lookupSecretArn,
      key,
    });
    new PoolService(this, "pool", { config, name, region, network, task, exposed });
    if (props.alarms) new PoolAlarms(this, "alarms", { region, name, config, task, exposed, target: props.alarms });

    this.region = region;
    this.forwardsWrites = cluster.writeForwarding;
    this.users = props.users;
    this.key = key;
    this.port = port;
    this.databaseName = databaseName;
    this.writerEndpoint = `writer.${config.domainName}`;
    this.readerEndpoint = `reader.${config.domainName}`;
  }

  /** Lets a principal in the pool's region connect as one of its users, by reading the login from the user's secret. */
  grantConnect(grantee: Grantee, user: string): void {
    if (grantee.region !== this.region) {
      this.refuse(
        `is in ${this.region}, but the grantee runs in ${grantee.region}`,
        "grant access to the database in the grantee's own region",
      );
    }
    const { secretArn } =
      this.users.find((known) => known.user === user || known.alternate === user) ??
      this.refuse(
        `has no secret for the user "${user}", only for ${this.users.map((known) => known.user).join(", ")}`,
        "add the user with its secret",
      );
    grantee.addToRolePolicy({
      actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
      resources: [secretArn],
    });
    this.key.grantUse(grantee, "secretsmanager", "decrypt");
  }

  /**
   * The listen ports differ from the database's port, which clients can reach on members of the pool's security group.
   */
  private poolers({ cluster, database }: PgBouncerPoolProps): readonly Pooler[] {
    const first = [6432, 6433].includes(cluster.port) ? 7432 : 6432;
    return [
      {
        role: "writer",
        databaseHost: database.writerEndpoint,
        listenPort: first,
        // Where writes are forwarded, what follows another server takes them too.
        leavesReaders: !cluster.writeForwarding,
      },
      { role: "reader", databaseHost: database.readerEndpoint, listenPort: first + 1, leavesReaders: false },
    ];
  }

  private fittingLimits({ cluster, concurrency }: PgBouncerPoolProps, config: PgBouncerPoolConfig): PoolLimits {
    const { capacity, writeForwarding } = cluster;
    const limits = poolLimits(config, { capacity, writeForwarding, concurrency });
    const problem = limitsProblem(limits, concurrency);
    if (!problem) return limits;
    return this.refuse(
      problem,
      "raise the capacity of the database, lower scaling.max, bring scaling.min closer to it, or reserve less concurrency for the functions",
    );
  }

  private refuseFirst(problem: PoolProblem | undefined): void {
    if (problem) this.refuse(problem.problem, problem.remedy);
  }

  private refuse(problem: string, remedy: string): never {
    throw new ConstructError(this, problem, remedy);
  }
}
