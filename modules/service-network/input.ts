// Generated from the schemas by `npm run docs`; do not edit.
import type { AwsRegion } from "../core";

/** What `serviceNetworkConfig` takes: fields with defaults may be left out. */
export interface ServiceNetworkInput {
  /** IPv4 CIDR block of the VPC to create in each region, such as 10.72.0.0/20: the first half for tasks, the second for load balancers. Cannot change. */
  readonly cidrBlock?: string;
  /**
   * Letters of the zones, in the order of their blocks. Append, never reorder. Only for a created VPC.
   *
   * Takes `list of string, 2 to 4 entries`.
   *
   * @defaultValue `["a","b","c"]`
   */
  readonly availabilityZones?: readonly string[];
  /**
   * Services that tasks call besides those that the environment's file shows, such as sns for a topic of your own; billed per hour and zone. Only for a created VPC.
   *
   * @defaultValue `[]`
   */
  readonly interfaceEndpoints?: readonly ("kms" | "lambda" | "monitoring" | "secretsmanager" | "sns" | "ssm" | "sts" | "xray")[];
  /**
   * Actions that endpoints let through besides the usual ones, as sns:PublishBatch. Those that permissions of containers name are let through anyway. Only for a created VPC.
   *
   * @defaultValue `[]`
   */
  readonly endpointActions?: readonly string[];
  /** Your own VPCs by region, instead of cidrBlock: one for the home region and one for each standby region. */
  readonly existing?: { readonly [K in AwsRegion]?: {
    /** The VPC; a change replaces target groups. */
    readonly vpcId: string;
    /**
     * Private subnets of that VPC for the tasks, in at least two zones.
     *
     * Takes `list of string, 2 to 16 entries`.
     */
    readonly subnetIds: readonly string[];
    /**
     * Public subnets of that VPC for the load balancers, one in each of at least two zones.
     *
     * Takes `list of string, 2 to 16 entries`.
     */
    readonly loadBalancerSubnetIds: readonly string[];
    /**
     * Security groups of that VPC that tasks join in addition to the toolkit's, which only let the load balancer reach them. These must allow HTTPS to the VPC's endpoints or NAT gateway.
     *
     * Takes `list of string, at most 4 entries`.
     *
     * @defaultValue `[]`
     */
    readonly additionalSecurityGroupIds?: readonly string[];
  } };
}

