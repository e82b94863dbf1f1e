import type { IConstruct } from "constructs";
import { z } from "zod";
import { ConstructError, type Report, region, strictObject, withRule } from "../../modules/core";
import { databaseNetworkConfig, type ExistingVpc } from "../../modules/database-network";

/** An EC2 id: a prefix and 17 hexadecimal digits, or 8 in old ids. */
const ec2Id = (prefix: "vpc" | "subnet" | "sg", what: string, command: string) =>
  z
    .string()
    .regex(
      new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`),
      `is not the id of a ${what}; copy it from \`aws ec2 ${command}\`, such as ${prefix}-0123456789abcdef0`,
    );

const existingNetwork = strictObject(() => ({
  vpcId: ec2Id("vpc", "VPC", "describe-vpcs").describe(
    "The VPC, with DNS support and DNS host names switched on; never changes.",
  ),
  subnetIds: z
    .array(ec2Id("subnet", "subnet", "describe-subnets"))
    .min(
      2,
      "has too few entries; list private subnets in at least two zones, because AWS rejects a subnet group or a proxy in a single zone",
    )
    .max(20)
    .describe(
      "Private subnets of that VPC, in at least two zones, for the database, its pool and the functions. A change replaces proxies, not the database.",
    ),
  additionalSecurityGroupIds: z
    .array(ec2Id("sg", "security group", "describe-security-groups"))
    .max(4, "has too many entries; list at most 4, because a network interface can have 5 and the toolkit adds one")
    .default([])
    .describe(
      "Security groups of that VPC that functions and PgBouncer's tasks join in addition to the toolkit's, which only let them reach the database. These must allow HTTPS to the VPC's endpoints or NAT gateway, and the endpoints' groups must allow it from them: xray for traces, dynamodb for tables, ssm for settings and the canary of rotated logins, kms for encryption, secretsmanager for passwords and their rotation; ecr.api, ecr.dkr, s3, logs and secretsmanager for PgBouncer.",
    ),
}));

const fields = z.partialRecord(region, existingNetwork);

/** Existing VPCs by region, as literal values. @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html */
export const existingNetworks = withRule(fields, (networks, report) => {
  const owners = new Map<string, string>();
  const own = (id: string, path: PropertyKey[], in_: string) => {
    const owner = owners.get(id);
    owners.set(id, owner ?? in_);
    if (owner === in_) report(path, "is listed twice; remove the duplicate");
    else if (owner)
      report(
        path,
        `is already used for ${owner}, but VPCs, subnets and security groups belong to one region; use one in ${in_}`,
      );
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
  "Existing VPCs by region, instead of cidrBlock: one for the home region and one for each standby region. The toolkit creates its security groups and subnet group there, but no other part of the network.",
);

type ExistingNetworks = z.output<typeof fields>;
type Choice = z.output<typeof databaseNetworkConfig> & { readonly existing?: ExistingNetworks };

const created = databaseNetworkConfig.parse({});

/** A network is either created or existing, and the fields of created networks do not apply to existing ones. */
export function checkNetworkChoice(network: Choice, report: Report): void {
  if (network.existing === undefined) {
    if (network.cidrBlock !== undefined) return;
    report(
      ["cidrBlock"],
      "is required unless existing is set; set it to a block such as 10.64.0.0/20 to create VPCs, or name your own in existing",
    );
    return;
  }
  if (network.cidrBlock !== undefined) {
    report(
      ["cidrBlock"],
      "only applies to VPCs that the toolkit creates, but existing names your own; remove cidrBlock or existing",
    );
  }
  for (const field of ["availabilityZones", "gatewayEndpoints", "interfaceEndpoints", "endpointActions"] as const) {
    if (JSON.stringify(network[field]) === JSON.stringify(created[field])) continue;
    report([field], "only applies to VPCs that the toolkit creates, but existing names your own; remove it");
  }
}

/** The existing network of a region. @throws ConstructError if there is none */
export function existingNetworkIn(scope: IConstruct, networks: ExistingNetworks, in_: string): ExistingVpc {
  const found = Object.entries(networks).find(([name]) => name === in_)?.[1];
  if (found) return found;
  throw new ConstructError(
    scope,
    `network.existing names VPCs in ${Object.keys(networks).join(", ") || "no region"}, but none in ${in_}`,
    `add network.existing.${in_}, with vpcId and subnetIds`,
  );
}
