import type { Construct } from "constructs";
import { type RegionalKey, ServiceRole, trustPolicy } from "../core";

export interface ProxyRoleProps {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  readonly secretArns: readonly string[];
  /** Encrypts the secrets. */
  readonly key: RegionalKey;
}

/**
 * The role of a proxy: it may only read the secrets of its database users, if they have any.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy-iam-setup.html
 */
export class ProxyRole extends ServiceRole {
  constructor(scope: Construct, id: string, { name, region, account, secretArns, key }: ProxyRoleProps) {
    super(scope, id, {
      region,
      // IAM is global: the region distinguishes the proxies of one database.
      nameParts: [name, region],
      trust: trustPolicy({ Service: "rds.amazonaws.com" }, { StringEquals: { "aws:SourceAccount": account } }),
      policyName: "secrets",
      statements:
        secretArns.length === 0
          ? []
          : [
              {
                sid: "ReadSecretsOfUsers",
                actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
                resources: secretArns,
              },
            ],
    });
    if (secretArns.length > 0) key.grantUse(this, "secretsmanager", "decrypt");
  }
}
