import { type PolicyStatement, partitionOf } from "../core";

interface Network {
  readonly region: string;
  readonly account: string;
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
}

const managed = (key: "aws:RequestTag" | "ec2:ResourceTag") => ({ [`${key}/managedByFIS`]: "true" });

const ec2Arns =
  ({ region, account }: Network) =>
  (what: string) =>
    `arn:${partitionOf(region)}:ec2:${region}:${account}:${what}`;

const describe = (...what: readonly string[]): PolicyStatement => ({
  sid: "Describe",
  actions: what.map((each) => `ec2:Describe${each}`),
  resources: ["*"],
  wildcards: { resource: "EC2 takes no resource for what describes." },
});

/**
 * What `aws:network:disrupt-connectivity` needs: network ACLs that it makes itself get their ids then, so they are told by the tag that
 * FIS gives them. The ACL that a subnet has is not known either.
 * @see https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html#network-actions-reference
 */
export function disruptStatements(network: Network): PolicyStatement[] {
  const arn = ec2Arns(network);
  const acls = arn("network-acl/*");
  const vpc = arn(`vpc/${network.vpcId}`);
  return [
    describe("ManagedPrefixLists", "NetworkAcls", "Subnets", "VpcEndpoints", "Vpcs"),
    {
      sid: "TagAcl",
      actions: ["ec2:CreateTags"],
      resources: [acls],
      conditions: { StringEquals: { "ec2:CreateAction": "CreateNetworkAcl", ...managed("aws:RequestTag") } },
    },
    {
      sid: "MakeAcl",
      actions: ["ec2:CreateNetworkAcl"],
      resources: [acls],
      conditions: { StringEquals: managed("aws:RequestTag") },
    },
    { sid: "MakeAclInNetwork", actions: ["ec2:CreateNetworkAcl"], resources: [vpc] },
    {
      sid: "ChangeOwnAcl",
      actions: ["ec2:CreateNetworkAclEntry", "ec2:DeleteNetworkAcl"],
      resources: [acls],
      conditions: { StringEquals: managed("ec2:ResourceTag") },
    },
    {
      sid: "SwapAcl",
      actions: ["ec2:ReplaceNetworkAclAssociation"],
      resources: [...network.subnetIds.map((id) => arn(`subnet/${id}`)), acls],
    },
    { sid: "ReadPrefixLists", actions: ["ec2:GetManagedPrefixListEntries"], resources: [arn("prefix-list/*")] },
  ];
}

/** What `aws:network:route-table-disrupt-cross-region-connectivity` needs, as above. */
export function crossRegionStatements(network: Network): PolicyStatement[] {
  const arn = ec2Arns(network);
  const vpc = arn(`vpc/${network.vpcId}`);
  const subnets = network.subnetIds.map((id) => arn(`subnet/${id}`));
  const made = {
    CreateRouteTable: arn("route-table/*"),
    CreateNetworkInterface: arn("network-interface/*"),
    CreateManagedPrefixList: arn("prefix-list/*"),
  };
  const [tables, interfaces, lists] = Object.values(made) as [string, string, string];
  return [
    describe(
      "ManagedPrefixLists",
      "NetworkInterfaces",
      "RouteTables",
      "Subnets",
      "TransitGatewayAttachments",
      "TransitGatewayPeeringAttachments",
      "TransitGateways",
      "VpcEndpoints",
      "VpcPeeringConnections",
      "Vpcs",
    ),
    {
      sid: "Tag",
      actions: ["ec2:CreateTags"],
      resources: Object.values(made),
      conditions: { StringEquals: { "ec2:CreateAction": Object.keys(made), ...managed("aws:RequestTag") } },
    },
    {
      sid: "Make",
      actions: Object.keys(made).map((action) => `ec2:${action}`),
      resources: Object.values(made),
      conditions: { StringEquals: managed("aws:RequestTag") },
    },
    // A network interface is made with the default group of the network, whose id is not known here.
    {
      sid: "MakeInNetwork",
      actions: ["ec2:CreateRouteTable", "ec2:CreateNetworkInterface"],
      resources: [vpc, ...subnets, arn("security-group/*")],
    },
    {
      sid: "ChangeOwn",
      actions: [
        "ec2:CreateRoute",
        "ec2:DeleteManagedPrefixList",
        "ec2:DeleteNetworkInterface",
        "ec2:DeleteRouteTable",
        "ec2:DisassociateRouteTable",
        "ec2:ModifyManagedPrefixList",
        "ec2:ModifyVpcEndpoint",
      ],
      resources: [tables, interfaces, lists],
      conditions: { StringEquals: managed("ec2:ResourceTag") },
    },
    {
      sid: "SwapRouteTable",
      actions: ["ec2:AssociateRouteTable", "ec2:DisassociateRouteTable", "ec2:ReplaceRouteTableAssociation"],
      resources: [...subnets, tables],
    },
    { sid: "ReadPrefixLists", actions: ["ec2:GetManagedPrefixListEntries"], resources: [lists] },
    // Endpoints of the network take the route table that is put in place of theirs.
    { sid: "ChangeEndpoints", actions: ["ec2:ModifyVpcEndpoint"], resources: [arn("vpc-endpoint/*")] },
  ];
}
