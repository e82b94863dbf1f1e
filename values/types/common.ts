import type { OwnLimits } from "./type-values";

/** Limits that several services share. */

const ec2Ids = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html";

const idOf = (prefix: string, thing: string): OwnLimits => ({
  pattern: `^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`,
  says: `is not the id of a ${thing}; write it like ${prefix}-0123456789abcdef0`,
  see: ec2Ids,
});

export const subnetId = idOf("subnet", "subnet");
export const securityGroupId = idOf("sg", "security group");
export const routeTableId = idOf("rtb", "route table");
export const vpcId = idOf("vpc", "VPC");

/** Tags of services whose model says nothing of their lengths. */
export const tags: Readonly<Record<string, OwnLimits>> = {
  "tags.{}": {
    minLength: 1,
    maxLength: 128,
    see: "https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html",
  },
  "tags.*": {
    maxLength: 256,
    see: "https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html",
  },
};

export const kmsKeyArn: OwnLimits = {
  pattern: "^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:(key|alias)/[A-Za-z0-9/_-]+$",
  says: "is not the ARN of a KMS key; write it as arn:aws:kms:<region>:<account>:key/<key id>",
  see: "https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-ARN",
};

/** TCP and UDP ports. */
export const port = (see: string): OwnLimits => ({ min: 1, max: 65_535, see });

export const emptyText = (see: string): OwnLimits => ({ minLength: 1, see });

/** Ids of managed and own policies of CloudFront. */
export const policyId: OwnLimits = {
  pattern: "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
  says: "is not the id of a policy; use the id of an AWS managed policy, or of one of your own",
  see: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html",
};

/** Names of hosts, with labels of up to 63 characters. */
export const hostName = (see: string): OwnLimits => ({
  maxLength: 253,
  pattern:
    "^(\\*\\.)?([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)*[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.?$",
  says: "is not a valid domain name; use labels of letters, digits and hyphens, joined by dots",
  see,
});

export const email: OwnLimits = {
  pattern: "^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$",
  says: "is not a valid e-mail address; write it like name@example.com",
  see: "https://docs.aws.amazon.com/sns/latest/dg/sns-email-notifications.html",
};

/** A block of IPv4 addresses of a VPC or subnet, between /16 and /28. */
export const networkBlock: OwnLimits = {
  pattern: "^((25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])\\.){3}(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])/(1[6-9]|2[0-8])$",
  says: "is not an IPv4 CIDR block between /16 and /28; write it like 10.0.0.0/16",
  see: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
};
