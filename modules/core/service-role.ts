import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { deploymentStackOf } from "./deployment-stack";
import type { Grantee, PolicyStatement } from "./policy";
import { resourceName } from "./resource-name";
import { iamRole } from "./role-settings";
import { RoleStatements } from "./role-statements";

export interface ServiceRoleProps {
  /** The region that the role is used in; IAM itself is global. */
  readonly region: string;
  /** The parts of its name: at most 64 characters when joined, unique in the account. */
  readonly nameParts: readonly string[];
  /** Who may assume the role, as built by `trustPolicy`. */
  readonly trust: string;
  /** Name of the inline policy. */
  readonly policyName: string;
  /** The initial permissions of the role; grants add more. */
  readonly statements?: readonly PolicyStatement[];
  /** IAM path; that of `setRoleSettings` if left out, and `/` without one. */
  readonly path?: string;
  /** That of `setRoleSettings` if left out. */
  readonly permissionsBoundaryArn?: string;
}

/**
 * A role with one inline policy that holds the role's own statements and those added by grants. They are the children
 * `role` and `policy` of this construct.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-service.html
 */
export class ServiceRole extends Construct implements Grantee {
  readonly region: string;
  /** The literal name; using it does not create a dependency on the role. */
  readonly roleName: string;
  readonly roleArn: string;
  /** The policy resource; depend on it where a permission is needed during the apply. */
  readonly policy: IamRolePolicy;
  private readonly statements: RoleStatements;

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    this.region = props.region;
    this.roleName = resourceName(this, props.nameParts, 64);
    this.statements = new RoleStatements(props.statements);
    const provider = deploymentStackOf(this).providers.in(props.region);
    const role = iamRole(this, "role", {
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
      policy: this.statements.document(() => this.policy),
    });
    this.node.addValidation({
      validate: () => {
        this.statements.checkSize(this, this.region);
        return [];
      },
    });
  }

  addToRolePolicy(statement: PolicyStatement): void {
    this.statements.add(statement);
  }

  /** What the owner of the role needs for itself. It stands before all grants, so that the order of calls changes no policy. */
  addOwnStatement(statement: PolicyStatement): void {
    this.statements.addOwn(statement);
  }
}
