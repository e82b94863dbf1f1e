import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { ConstructError } from "./construct-error";
import { deploymentStackOf } from "./deployment-stack";
import type { Grantee, PolicyStatement } from "./policy";
import { RoleStatements } from "./role-statements";

export interface GrantedRoleProps {
  /** The region that the role is used in: grants give access to resources there. */
  readonly region: string;
  /** Name of the role, in this stack, in another one or in the account already. */
  readonly roleName: string;
  /** Name of the inline policy, unique in the role. */
  readonly policyName: string;
  /** Permissions beside those that grants add. */
  readonly statements?: readonly PolicyStatement[];
}

/**
 * A role that is not the toolkit's, as one that can be granted permissions: it gets an inline policy, the child `policy`.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
 */
export class GrantedRole extends Construct implements Grantee {
  readonly region: string;
  /** The policy resource; depend on it where a permission is needed during the apply. */
  readonly policy: IamRolePolicy;
  private readonly statements: RoleStatements;

  constructor(scope: Construct, id: string, props: GrantedRoleProps) {
    super(scope, id);
    this.region = props.region;
    this.statements = new RoleStatements(props.statements);
    this.policy = new IamRolePolicy(this, "policy", {
      provider: deploymentStackOf(this).providers.in(props.region),
      name: props.policyName,
      role: props.roleName,
      policy: this.statements.document(() => this.policy),
    });
    this.node.addValidation({ validate: () => this.check() });
  }

  addToRolePolicy(statement: PolicyStatement): void {
    this.statements.add(statement);
  }

  private check(): string[] {
    if (this.statements.isEmpty) {
      throw new ConstructError(
        this,
        "is granted nothing, and IAM takes no empty policy",
        "grant something, or remove it",
      );
    }
    this.statements.checkSize(this, this.region);
    return [];
  }
}
