import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { type IResolveContext, Lazy } from "cdktf";
import { Construct } from "constructs";
import { ConstructError } from "./construct-error";
import { deploymentStackOf } from "./deployment-stack";
import { literalText } from "./literal-text";
import { type Grantee, type PolicyStatement, policyDocument } from "./policy";
import { joinStatements, longestRolePolicy, rolePolicySize } from "./policy-size";
import { resourceName } from "./resource-name";
import { iamRole } from "./role-settings";

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
  private readonly own: PolicyStatement[];
  private readonly granted: PolicyStatement[] = [];

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    this.region = props.region;
    this.roleName = resourceName(this, props.nameParts, 64);
    this.own = [...(props.statements ?? [])];
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
      policy: Lazy.stringValue({ produce: (context) => literalText(policyDocument(this.statements(context))) }),
    });
    this.node.addValidation({ validate: () => this.checkSize() });
  }

  addToRolePolicy(statement: PolicyStatement): void {
    this.granted.push(statement);
  }

  /** What the owner of the role needs for itself. It stands before all grants, so that the order of calls changes no policy. */
  addOwnStatement(statement: PolicyStatement): void {
    this.own.push(statement);
  }

  /** Statements are only joined where the policy would be too long otherwise: a policy that fits stays as it is. */
  private statements(context: IResolveContext): PolicyStatement[] {
    const statements = this.distinctStatements(context);
    return rolePolicySize(statements) > longestRolePolicy ? joinStatements(statements) : statements;
  }

  private checkSize(): string[] {
    const size = rolePolicySize(joinStatements(this.measuredStatements()));
    if (size <= longestRolePolicy) return [];
    throw new ConstructError(
      this,
      `the role needs ${size} characters of permissions in ${this.region}, but IAM allows ${longestRolePolicy} in all inline policies of a role`,
      "let the service use fewer tables, buses and secrets, or split it into several",
    );
  }

  /** The statements with what stands for references, so that two references to one thing are one. */
  private measuredStatements(): PolicyStatement[] {
    const byText = new Map<string, PolicyStatement>();
    for (const { measuredAs, resources, ...rest } of [...this.own, ...this.granted]) {
      const statement = { ...rest, resources: measuredAs ?? resources };
      byText.set(JSON.stringify(statement), statement);
    }
    return [...byText.values()];
  }

  /** Two references to the same attribute are different tokens, so statements are compared after resolving them. */
  private distinctStatements(context: IResolveContext): PolicyStatement[] {
    const byText = new Map<string, PolicyStatement>();
    for (const statement of [...this.own, ...this.granted]) {
      const text = JSON.stringify(context.resolve(statement));
      if (!byText.has(text)) byText.set(text, statement);
    }
    return [...byText.values()];
  }
}
