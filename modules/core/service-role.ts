import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type IResolveContext, Lazy } from "cdktf";
import { Construct } from "constructs";
import { deploymentStackOf } from "./deployment-stack";
import { type Grantee, type PolicyStatement, policyDocument } from "./policy";
import { resourceName } from "./resource-name";

export interface ServiceRoleProps {
  /** The region that the role is used in; IAM itself is global. */
  readonly region: string;
  /** The parts of its name, joined at most 64 characters, unique in the account. */
  readonly nameParts: readonly string[];
  /** Who may assume the role, as `trustPolicy` writes it. */
  readonly trust: string;
  /** Name of the one inline policy. */
  readonly policyName: string;
  /** What the role may do from the first; grants add to it. */
  readonly statements?: readonly PolicyStatement[];
  /** IAM path, `/` unless given. */
  readonly path?: string;
  readonly permissionsBoundaryArn?: string;
}

/**
 * A role with one inline policy, as `role` and `policy` below its owner, that holds its own statements and what grants add.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-service.html
 */
export class ServiceRole extends Construct implements Grantee {
  readonly region: string;
  /** As text; it makes nothing wait for the role. */
  readonly roleName: string;
  readonly roleArn: string;
  /** What has to exist before a permission is first used. */
  readonly policy: IamRolePolicy;
  private readonly own: PolicyStatement[];
  private readonly granted: PolicyStatement[] = [];

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    this.region = props.region;
    this.roleName = resourceName(this, props.nameParts, 64);
    this.own = [...(props.statements ?? [])];
    const provider = deploymentStackOf(this).providers.in(props.region);
    const role = new IamRole(this, "role", {
      provider,
      name: this.roleName,
      path: props.path,
      permissionsBoundary: props.permissionsBoundaryArn,
      assumeRolePolicy: props.trust,
    });
    this.roleArn = role.arn;
    this.policy = new IamRolePolicy(this, "policy", {
      provider,
      name: props.policyName,
      role: role.name,
      policy: Lazy.stringValue({ produce: (context) => policyDocument(this.distinctStatements(context)) }),
    });
  }

  addToRolePolicy(statement: PolicyStatement): void {
    this.granted.push(statement);
  }

  /** What the owner of the role needs for itself. It stands before all grants, so that the order of calls changes no policy. */
  addOwnStatement(statement: PolicyStatement): void {
    this.own.push(statement);
  }

  /** Two references to one attribute are different tokens, so statements are compared as they will read. */
  private distinctStatements(context: IResolveContext): PolicyStatement[] {
    const byText = new Map<string, PolicyStatement>();
    for (const statement of [...this.own, ...this.granted]) {
      const text = JSON.stringify(context.resolve(statement));
      if (!byText.has(text)) byText.set(text, statement);
    }
    return [...byText.values()];
  }
}
