import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { Construct } from "constructs";
import { acceptFinding, ConstructError, deploymentStackOf, type WrittenStack } from "../core";
import type { DatabaseNetworkConfig } from "./config";
import { type EndpointService, endpointPolicy } from "./endpoint-policy";
import { FlowLogs, type FlowLogsProps } from "./flow-logs";
import { ipv4Block } from "./ipv4-block";

export interface PrivateVpcProps {
  /** Its zones, gateways and addresses. */
  readonly config: Pick<DatabaseNetworkConfig, "availabilityZones" | "gatewayEndpoints"> & {
    /** IPv4 block, of which each zone gets an eighth. */
    readonly cidrBlock: string;
  };
  /** Name tag, and the prefix of the names of its parts. */
  readonly name: string;
  /** The region that it is in. */
  readonly region: string;
  /** AWS account id, 12 digits, whose principals alone the endpoints let through; anyone and anything without it. */
  readonly account?: string;
  /** Actions that the endpoints let through besides the usual ones. */
  readonly actions: readonly string[];
}

/**
 * A VPC whose private subnets have no route to the internet: one per zone, and one route table with gateway endpoints only.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-example-private-subnets-nat.html
 */
export class PrivateVpc extends Construct {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  /** Prefix list ids of the gateway endpoints by service, for security group rules. */
  readonly prefixListIds: ReadonlyMap<string, string>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PrivateVpcProps,
  ) {
    super(scope, id);
    const { config, name, region } = props;
    const provider = deploymentStackOf(this).providers.in(region);
    const { eighths } = ipv4Block(config.cidrBlock);
    const vpc = new Vpc(this, "vpc", {
      provider,
      cidrBlock: config.cidrBlock,
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: { Name: name },
    });
    acceptFinding(vpc, "CKV2_AWS_11", (written) => (isLogged(written(), vpc) ? undefined : noFlowLog));
    // Adopts the default group to remove its rules, so that anything without a group of its own cannot reach anything.
    new DefaultSecurityGroup(this, "default", { provider, vpcId: vpc.id, tags: { Name: `${name}-unused` } });
    const routes = new RouteTable(this, "routes", { provider, vpcId: vpc.id, tags: { Name: name } });
    const subnets = config.availabilityZones.map((letter, at) => {
      const subnet = new Subnet(this, `subnet-${letter}`, {
        provider,
        vpcId: vpc.id,
        cidrBlock: eighths[at],
        availabilityZone: `${region}${letter}`,
        mapPublicIpOnLaunch: false,
        tags: { Name: `${name}-${letter}` },
      });
      new RouteTableAssociation(this, `subnet-${letter}-routes`, {
        provider,
        subnetId: subnet.id,
        routeTableId: routes.id,
      });
      return subnet;
    });
    this.vpcId = vpc.id;
    this.subnetIds = subnets.map(({ id }) => id);
    this.prefixListIds = new Map(
      config.gatewayEndpoints.map((service) => [
        service,
        new VpcEndpoint(this, `endpoint-${service}`, {
          provider,
          vpcId: vpc.id,
          serviceName: `com.amazonaws.${region}.${service}`,
          vpcEndpointType: "Gateway",
          routeTableIds: [routes.id],
          policy: this.policyOf(service),
          tags: { Name: `${name}-${service}` },
        }).prefixListId,
      ]),
    );
  }

  /**
   * Adds a subnet in each zone that is routed to the internet, for load balancers: the second half of the block is for them, so the
   * VPC has at most four zones then.
   * @returns the ids of the subnets, in the order of the zones
   */
  addPublicSubnets(): string[] {
    const { config, name, region } = this.props;
    const provider = deploymentStackOf(this).providers.in(region);
    const { eighths } = ipv4Block(config.cidrBlock);
    if (config.availabilityZones.length > eighths.length / 2) {
      throw new ConstructError(
        this,
        `has ${config.availabilityZones.length} zones, but a block has room for private and public subnets in ${eighths.length / 2}`,
        "name fewer availabilityZones",
      );
    }
    const gateway = new InternetGateway(this, "internet", { provider, vpcId: this.vpcId, tags: { Name: name } });
    const routes = new RouteTable(this, "public-routes", {
      provider,
      vpcId: this.vpcId,
      route: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }],
      tags: { Name: `${name}-public` },
    });
    return config.availabilityZones.map((letter, at) => {
      const subnet = new Subnet(this, `public-${letter}`, {
        provider,
        vpcId: this.vpcId,
        cidrBlock: eighths[eighths.length / 2 + at],
        availabilityZone: `${region}${letter}`,
        mapPublicIpOnLaunch: false,
        tags: { Name: `${name}-public-${letter}` },
        // A load balancer is refused as long as its VPC has no gateway.
        dependsOn: [gateway],
      });
      new RouteTableAssociation(this, `public-${letter}-routes`, {
        provider,
        subnetId: subnet.id,
        routeTableId: routes.id,
      });
      return subnet.id;
    });
  }

  /** Gives an AWS service a private address in each subnet, under the service's own DNS name. */
  addInterfaceEndpoint(service: EndpointService, securityGroupId: string): void {
    const { name, region } = this.props;
    new VpcEndpoint(this, `endpoint-${service.replaceAll(".", "-")}`, {
      provider: deploymentStackOf(this).providers.in(region),
      vpcId: this.vpcId,
      serviceName: `com.amazonaws.${region}.${service}`,
      vpcEndpointType: "Interface",
      subnetIds: [...this.subnetIds],
      securityGroupIds: [securityGroupId],
      privateDnsEnabled: true,
      policy: this.policyOf(service),
      tags: { Name: `${name}-${service}` },
    });
  }

  /** Logs the traffic of the whole VPC. */
  addFlowLogs(props: Omit<FlowLogsProps, "vpcId" | "name" | "region">): void {
    const { name, region } = this.props;
    new FlowLogs(this, "flow-logs", { ...props, vpcId: this.vpcId, name, region });
  }

  private policyOf(service: EndpointService): string | undefined {
    const { account, actions, region } = this.props;
    return account === undefined ? undefined : endpointPolicy({ service, region, account, actions });
  }
}

const noFlowLog =
  "Nothing logs its traffic here: an environment adds a flow log from hardening on. It has no route to the internet.";

const isLogged = ({ resource = {} }: WrittenStack, vpc: Vpc): boolean =>
  Object.values(resource.aws_flow_log ?? {}).some((log) =>
    String((log as { readonly vpc_id?: unknown }).vpc_id).includes(`aws_vpc.${vpc.friendlyUniqueId}.`),
  );
