import { Construct } from "constructs";
import { ConstructError, parseConfig, resourceName } from "../core";
import { type EndpointService, FlowLogs, type FlowLogsProps, PrivateVpc, SecurityGroup } from "../database-network";
import {
  type ExistingServiceNetwork,
  type ServiceNetworkConfig,
  type ServiceNetworkInput,
  serviceNetworkConfig,
} from "./config";

export interface ServiceNetworkProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: ServiceNetworkInput;
  /** `<environment>-containers`; cannot change. */
  readonly name: string;
  /** The region that it is in. */
  readonly region: string;
  /** AWS account id, 12 digits: endpoints of a new VPC only let its principals through. */
  readonly account: string;
  /** Services that tasks call, besides those that start them and write their logs; each is an endpoint of a new VPC. */
  readonly calls: readonly EndpointService[];
  /** What takes traces of tasks, reached by a private connection that others make. */
  readonly receivers?: { readonly cidrBlocks: readonly string[]; readonly port: number };
  /** Actions that tasks need through the endpoints besides the usual ones, as `sns:PublishBatch`. */
  readonly endpointActions?: readonly string[];
}

/** What Fargate calls to start a task without a way to the internet. @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html */
const startingTasks = ["ecr.api", "ecr.dkr", "logs"] as const;

/** A security group of tasks and one of their load balancer. */
export interface ServicePath {
  readonly taskSecurityGroupId: string;
  readonly loadBalancerSecurityGroupId: string;
}

export interface ServicePathProps {
  /** The port that tasks listen on. */
  readonly port: number;
  /** The ports that clients reach the load balancer on. */
  readonly listenerPorts: readonly number[];
  /** Address ranges of clients, in CIDR notation. */
  readonly clients: readonly string[];
}

/**
 * The network of containers in one region: private subnets for tasks, public ones for load balancers, and endpoints of what tasks
 * call, instead of a way to the internet.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/networking-outbound.html
 */
export class ServiceNetwork extends Construct {
  readonly region: string;
  readonly vpcId: string;
  /** Private subnets, for tasks. */
  readonly subnetIds: readonly string[];
  /** Public subnets, for load balancers. */
  readonly loadBalancerSubnetIds: readonly string[];
  /** Existing groups that tasks join in addition to their own; empty in a created VPC. */
  readonly additionalSecurityGroupIds: readonly string[];
  private readonly name: string;
  private readonly receivers: ServiceNetworkProps["receivers"];
  private readonly created?: { readonly vpc: PrivateVpc; readonly endpoints: SecurityGroup };
  private isLogged = false;

  constructor(scope: Construct, id: string, props: ServiceNetworkProps) {
    super(scope, id);
    const { region } = props;
    const config = parseConfig(serviceNetworkConfig, props.config, this.node.path);
    this.region = region;
    this.name = resourceName(this, [props.name], 200);
    this.receivers = props.receivers;
    if (config.existing) {
      const existing = this.existingIn(region, config.existing);
      this.vpcId = existing.vpcId;
      this.subnetIds = existing.subnetIds;
      this.loadBalancerSubnetIds = existing.loadBalancerSubnetIds;
      this.additionalSecurityGroupIds = existing.additionalSecurityGroupIds;
      return;
    }
    const vpc = this.vpc(config, props);
    this.vpcId = vpc.vpcId;
    this.subnetIds = vpc.subnetIds;
    this.loadBalancerSubnetIds = vpc.addPublicSubnets();
    this.additionalSecurityGroupIds = [];
    const endpoints = this.group("endpoints", "Endpoints of AWS services");
    const services = new Set<EndpointService>([...startingTasks, ...props.calls, ...config.interfaceEndpoints]);
    for (const service of services) {
      // These two have gateways, which cost nothing.
      if (service === "s3" || service === "dynamodb") continue;
      vpc.addInterfaceEndpoint(service, endpoints.securityGroupId);
    }
    this.created = { vpc, endpoints };
  }

  /**
   * The security groups of one service, with the way from its clients by its load balancer to its tasks, and from them to AWS.
   * @param id name of the service; part of addresses
   */
  addService(id: string, { port, listenerPorts, clients }: ServicePathProps): ServicePath {
    const balancer = this.group(`${id}-balancer`, `Load balancer of ${id}`);
    const tasks = this.group(`${id}-tasks`, `Tasks of ${id}`);
    for (const listenerPort of listenerPorts) {
      for (const range of clients) balancer.allowFromRange(`${listenerPort}`, range, listenerPort, "Requests");
    }
    // This also allows health checks, which come from the load balancer.
    balancer.allowTo("tasks", tasks, port, "Requests and health checks");
    if (this.created) {
      const { vpc, endpoints } = this.created;
      tasks.allowTo("endpoints", endpoints, 443, "Calls of AWS services");
      for (const [service, prefixListId] of vpc.prefixListIds) {
        tasks.allowToPrefixList(service, prefixListId, `Calls of ${service}`);
      }
      for (const range of this.receivers?.cidrBlocks ?? []) {
        tasks.allowToRange(`traces-${range}`, range, this.receivers?.port ?? 443, "Traces");
      }
    }
    return { taskSecurityGroupId: tasks.securityGroupId, loadBalancerSecurityGroupId: balancer.securityGroupId };
  }

  /** Logs the traffic of the VPC. One that is given is its owner's to log: nothing is added, as in a second call. */
  addFlowLogs(props: Omit<FlowLogsProps, "vpcId" | "name" | "region">): FlowLogs | undefined {
    if (!this.created || this.isLogged) return undefined;
    this.isLogged = true;
    const { name, region, vpcId } = this;
    return new FlowLogs(this, "flow-logs", { ...props, vpcId, name, region });
  }

  private vpc({ cidrBlock, availabilityZones, endpointActions }: ServiceNetworkConfig, props: ServiceNetworkProps) {
    if (cidrBlock === undefined) {
      throw new ConstructError(this, "has neither an existing VPC nor a CIDR block to create one", "set cidrBlock");
    }
    return new PrivateVpc(this, "private", {
      config: { cidrBlock, availabilityZones, gatewayEndpoints: ["dynamodb", "s3"] },
      name: this.name,
      region: props.region,
      account: props.account,
      actions: [...endpointActions, ...(props.endpointActions ?? [])],
    });
  }

  private existingIn(region: string, networks: NonNullable<ServiceNetworkConfig["existing"]>): ExistingServiceNetwork {
    const found = networks[region as keyof typeof networks];
    if (found) return found;
    throw new ConstructError(
      this,
      `has existing networks in ${Object.keys(networks).join(", ") || "no region"}, but none in ${region}`,
      `add existing.${region}, with vpcId, subnetIds and loadBalancerSubnetIds`,
    );
  }

  private group(id: string, description: string): SecurityGroup {
    const { region, vpcId, name } = this;
    return new SecurityGroup(this, id, { region, vpcId, name: `${name}-${id}`, description });
  }
}
