import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import {
  deploymentStackOf,
  type Grantee,
  type PolicyStatement,
  policyDocument,
  type RegionalKey,
  resourceName,
  trustPolicy,
} from "../core";

export interface ProxyRoleProps {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  readonly secretArns: readonly string[];
  /** The key that the secrets are encrypted with. */
  readonly key: RegionalKey;
}

/**
 * The role of a proxy: it may read the secrets of its database users, and nothing else.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/rds-proxy-iam-setup.html
 */
export class ProxyRole extends Construct implements Grantee {
  readonly region: string;
  readonly roleArn: string;
  /** What the proxy waits for: it checks its secrets when it starts. */
  readonly policy: IamRolePolicy;
  private readonly statements: PolicyStatement[] = [];

  constructor(scope: Construct, id: string, { name, region, account, secretArns, key }: ProxyRoleProps) {
    super(scope, id);
    this.region = region;
    const provider = deploymentStackOf(this).providers.in(region);
    const role = new IamRole(this, "role", {
      provider,
      // IAM is global: the region keeps the proxies of one database apart.
      name: resourceName(this, [name, region], 64),
      assumeRolePolicy: trustPolicy(
        { Service: "rds.amazonaws.com" },
        { StringEquals: { "aws:SourceAccount": account } },
      ),
    });
    this.addToRolePolicy({
      sid: "ReadSecretsOfUsers",
      actions: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
      resources: secretArns,
    });
    key.grantUse(this, "secretsmanager");
    this.roleArn = role.arn;
    this.policy = new IamRolePolicy(this, "policy", {
      provider,
      name: "secrets",
      role: role.name,
      policy: policyDocument(this.statements),
    });
  }

  addToRolePolicy(statement: PolicyStatement): void {
    this.statements.push(statement);
  }
}
