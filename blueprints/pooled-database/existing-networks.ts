import type { IConstruct } from "constructs";
import { z } from "zod";
import { ConstructError, type Report, region, withRule } from "../../modules/core";
import { databaseNetworkConfig, type ExistingVpc } from "../../modules/database-network";

/** An id of EC2: its prefix and 17 hexadecimal digits, 8 where it is an old one. */
const ec2Id = (prefix: "vpc" | "subnet" | "sg", what: string, command: string) =>
  z
    .string()
    .regex(
      new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`),
      `is no id of a ${what}; copy it from \`aws ec2 ${command}\`, as ${prefix}-0123456789abcdef0`,
    );

const existingNetwork = z.strictObject({
  vpcId: ec2Id("vpc", "VPC", "describe-vpcs").describe(
    "The VPC, with DNS support and DNS host names switched on; never changes.",
  ),
  subnetIds: z
    .array(ec2Id("subnet", "subnet", "describe-subnets"))
    .min(2, "are too few; name private subnets of at least two zones, AWS refuses a subnet group or a proxy in one")
    .max(20)
    .describe(
      "Private subnets of that VPC, in at least two zones, for the database, its pool and the functions. A change replaces proxies, not the database.",
    ),
  additionalSecurityGroupIds: z
    .array(ec2Id("sg", "security group", "describe-security-groups"))
    .max(4, "are too many; name at most 4, as a network interface takes 5 and the toolkit's own is one of them")
    .default([])
    .describe(
      "Security groups of that VPC that functions and PgBouncer's tasks join beside the toolkit's, which let them reach the database only. These must allow HTTPS to the VPC's endpoints or NAT gateway, and the endpoints' groups must let them in: xray for traces, dynamodb for tables, ssm for settings and the canary of rotated logins, kms for encryption, secretsmanager for passwords and their rotation; ecr.api, ecr.dkr, s3, logs and secretsmanager for PgBouncer.",
    ),
});

const fields = z.partialRecord(region, existingNetwork);

/** VPCs that there are already, by region, in literal values. @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html */
export const existingNetworks = withRule(fields, (networks, report) => {
  const owners = new Map<string, string>();
  const own = (id: string, path: PropertyKey[], in_: string) => {
    const owner = owners.get(id);
    owners.set(id, owner ?? in_);
    if (owner === in_) report(path, "is named twice; remove the repetition");
    else if (owner) report(path, `is that of ${owner} as well, but a region has its own; use one of ${in_}`);
  };
  for (const [name, network] of Object.entries(networks)) {
    own(network.vpcId, [name, "vpcId"], name);
    for (const field of ["subnetIds", "additionalSecurityGroupIds"] as const) {
      network[field].forEach((id, index) => {
        own(id, [name, field, index], name);
      });
    }
  }
}).describe(
  "VPCs that there are already, by region, in place of cidrBlock: one for the home region and one for each standby region. The toolkit makes its security groups and subnet group there, and nothing else of a network.",
);

type ExistingNetworks = z.output<typeof fields>;
type Choice = z.output<typeof databaseNetworkConfig> & { readonly existing?: ExistingNetworks };

const created = databaseNetworkConfig.parse({});

/** A network is either created or given, and what is of created ones has no place beside a given one. */
export function checkNetworkChoice(network: Choice, report: Report): void {
  if (network.existing === undefined) {
    if (network.cidrBlock !== undefined) return;
    report(
      ["cidrBlock"],
      "is required where no VPC is given; write a block such as 10.64.0.0/20 to have one created, or existing with yours",
    );
    return;
  }
  if (network.cidrBlock !== undefined) {
    report(["cidrBlock"], "is of a VPC to create, but existing gives one; remove one of them");
  }
  for (const field of ["availabilityZones", "gatewayEndpoints", "interfaceEndpoints"] as const) {
    if (JSON.stringify(network[field]) === JSON.stringify(created[field])) continue;
    report([field], "is of a VPC to create, but existing gives one, which has its own; remove it");
  }
}

/** The given network of a region. @throws ConstructError when there is none */
export function existingNetworkIn(scope: IConstruct, networks: ExistingNetworks, in_: string): ExistingVpc {
  const found = Object.entries(networks).find(([name]) => name === in_)?.[1];
  if (found) return found;
  throw new ConstructError(
    scope,
    `network.existing names VPCs in ${Object.keys(networks).join(", ") || "no region"}, but none in ${in_}`,
    `add network.existing.${in_}, with vpcId and subnetIds`,
  );
}
