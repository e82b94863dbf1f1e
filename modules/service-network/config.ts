import { z } from "zod";
import { type Report, region, strictObject, withRule } from "../core";
import { ipv4Block } from "../database-network";

export type * from "./input";

/** AWS services that tasks may call besides those that they need to start, by the last part of the endpoint service name. */
const furtherServices = ["kms", "lambda", "monitoring", "secretsmanager", "sns", "ssm", "sts", "xray"] as const;

/** An EC2 id: a prefix and 17 hexadecimal digits, or 8 in old ids. */
const ec2Id = (prefix: "vpc" | "subnet" | "sg", what: string, command: string) =>
  z
    .string()
    .regex(
      new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`),
      `is not the id of a ${what}; copy it from \`aws ec2 ${command}\`, such as ${prefix}-0123456789abcdef0`,
    );

const twoZones = "has too few entries; list subnets in at least two zones, because a load balancer needs two";

const subnets = z.array(ec2Id("subnet", "subnet", "describe-subnets")).min(2, twoZones);

const existingNetwork = strictObject(() => ({
  vpcId: ec2Id("vpc", "VPC", "describe-vpcs").describe("The VPC; a change replaces target groups."),
  // Of ECS: 16 subnets of a service.
  subnetIds: subnets.max(16).describe("Private subnets of that VPC for the tasks, in at least two zones."),
  loadBalancerSubnetIds: subnets
    .max(16)
    .describe("Public subnets of that VPC for the load balancers, one in each of at least two zones."),
  additionalSecurityGroupIds: z
    .array(ec2Id("sg", "security group", "describe-security-groups"))
    .max(4, "has too many entries; list at most 4, because a network interface can have 5 and the toolkit adds one")
    .default([])
    .describe(
      "Security groups of that VPC that tasks join in addition to the toolkit's, which only let the load balancer reach them. These must allow HTTPS to the VPC's endpoints or NAT gateway.",
    ),
}));

const created = {
  cidrBlock: z
    .string()
    .optional()
    .describe(
      "IPv4 CIDR block of the VPC to create in each region, such as 10.72.0.0/20: the first half for tasks, the second for load balancers. Cannot change.",
    ),
  availabilityZones: z
    .array(z.string().regex(/^[a-z]$/, "is not the letter of an Availability Zone; write a for <region>a"))
    .min(2, "has too few entries; name at least two zones, because a load balancer needs two")
    .max(4, "has too many entries; name at most four, because the block has room for four")
    .default(["a", "b", "c"])
    .describe("Letters of the zones, in the order of their blocks. Append, never reorder. Only for a created VPC."),
  interfaceEndpoints: z
    .array(z.enum(furtherServices))
    .default([])
    .describe(
      "Services that tasks call besides those that the environment's file shows, such as sns for a topic of your own; billed per hour and zone. Only for a created VPC.",
    ),
  endpointActions: z
    .array(
      z
        .string()
        .regex(
          /^[a-z][a-z0-9-]*:[A-Z][A-Za-z0-9]*\*?$/,
          "is not an action; write <service>:<Action>, as sns:PublishBatch, with * at the end only",
        ),
    )
    .default([])
    .describe(
      "Actions that endpoints let through besides the usual ones, as sns:PublishBatch. Those that permissions of containers name are let through anyway. Only for a created VPC.",
    ),
};

const fields = strictObject(() => ({
  ...created,
  existing: z
    .partialRecord(region, existingNetwork)
    .optional()
    .describe(
      "Your own VPCs by region, instead of cidrBlock: one for the home region and one for each standby region.",
    ),
}));

/**
 * The network of containers and their load balancers, as literal values.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/networking-outbound.html
 */
export const serviceNetworkConfig = withRule(fields, (config, report) => {
  for (const list of ["availabilityZones", "interfaceEndpoints", "endpointActions"] as const) {
    const values: readonly string[] = config[list];
    const repeated = values.findIndex((value, at) => values.indexOf(value) < at);
    if (repeated >= 0) report([list, repeated], "is listed twice; remove the duplicate");
  }
  checkChoice(config, report);
  const problem = config.cidrBlock === undefined ? undefined : ipv4Block(config.cidrBlock).problem;
  if (problem) report(["cidrBlock"], problem);
});

export type ServiceNetworkConfig = z.output<typeof fields>;

/** A VPC that is there already, in one region. */
export type ExistingServiceNetwork = z.output<typeof existingNetwork>;

const defaults = strictObject(() => created).parse({});

/** A network is either created or existing, and the fields of created networks do not apply to existing ones. */
function checkChoice(network: ServiceNetworkConfig, report: Report): void {
  if (network.existing === undefined) {
    if (network.cidrBlock !== undefined) return;
    report(
      ["cidrBlock"],
      "is required unless existing is set; set it to a block such as 10.72.0.0/20 to create VPCs, or name your own in existing",
    );
    return;
  }
  for (const field of ["cidrBlock", "availabilityZones", "interfaceEndpoints", "endpointActions"] as const) {
    if (JSON.stringify(network[field]) === JSON.stringify(defaults[field])) continue;
    report([field], `only applies to VPCs that the toolkit creates, but existing names your own; remove ${field}`);
  }
}
