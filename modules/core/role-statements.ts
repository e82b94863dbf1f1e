import { type IResolveContext, Lazy, type TerraformResource, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import { ConstructError } from "./construct-error";
import { literalText } from "./literal-text";
import { type PolicyStatement, policyDocument } from "./policy";
import { joinStatements, longestRolePolicy, rolePolicySize } from "./policy-size";
import { tokenResolver } from "./token-resolver";
import { checkWildcards, keepReasons } from "./wildcards";

/** The statements of the inline policy of a role, which grants add to until the stack is synthesized. */
export class RoleStatements {
  private readonly own: PolicyStatement[];
  private readonly granted: PolicyStatement[] = [];
  /** What the policy was made of last: the engine asks for it when it prepares a stack, and again when it writes it. */
  private last?: { readonly count: number; readonly statements: readonly PolicyStatement[] };

  constructor(own: readonly PolicyStatement[] = []) {
    this.own = [...own];
    own.forEach(checkWildcards);
  }

  get isEmpty(): boolean {
    return this.own.length + this.granted.length === 0;
  }

  /** @throws PolicyError for a wildcard without a reason */
  add(statement: PolicyStatement): void {
    checkWildcards(statement);
    this.granted.push(statement);
  }

  /** What the owner of the role needs for itself. It stands before all grants, so that the order of calls changes no policy. */
  addOwn(statement: PolicyStatement): void {
    checkWildcards(statement);
    this.own.push(statement);
  }

  /**
   * The JSON of the policy, as a token.
   * @param owner the resource that the policy is of; asked when it is written
   */
  document(owner: () => TerraformResource): string {
    return Lazy.stringValue({
      produce: (context) => {
        const statements = this.fitting(context);
        keepReasons(statements, owner());
        return literalText(policyDocument(statements));
      },
    });
  }

  /** @throws ConstructError if the policy is longer than IAM allows */
  checkSize(role: IConstruct, region: string): void {
    const size = rolePolicySize(joinStatements(this.measured()));
    if (size <= longestRolePolicy) return;
    throw new ConstructError(
      role,
      `the role needs ${size} characters of permissions in ${region}, but IAM allows ${longestRolePolicy} in all inline policies of a role`,
      "let the service use fewer tables, buses and secrets, or split it into several",
    );
  }

  /** Statements are only joined where the policy would be too long otherwise: a policy that fits stays as it is. */
  private fitting(context: IResolveContext): readonly PolicyStatement[] {
    const count = this.own.length + this.granted.length;
    if (this.last?.count !== count) {
      const statements = this.distinct(context);
      const isTooLong = rolePolicySize(statements) > longestRolePolicy;
      this.last = { count, statements: isTooLong ? joinStatements(statements) : statements };
    }
    return this.last.statements;
  }

  /** The statements with what stands for references, so that two references to one thing are one. */
  private measured(): PolicyStatement[] {
    const byText = new Map<string, PolicyStatement>();
    for (const { measuredAs, resources, wildcards, ...rest } of [...this.own, ...this.granted]) {
      const statement = { ...rest, resources: measuredAs ?? resources };
      byText.set(JSON.stringify(statement), { ...statement, wildcards });
    }
    return [...byText.values()];
  }

  /** Two references to the same attribute are different tokens, so statements are compared after resolving them. */
  private distinct({ scope, preparing }: IResolveContext): PolicyStatement[] {
    const byText = new Map<string, PolicyStatement>();
    for (const statement of [...this.own, ...this.granted]) {
      const { wildcards: _, ...granted } = statement;
      const text = JSON.stringify(Tokenization.resolve(granted, { scope, preparing, resolver: tokenResolver }));
      if (!byText.has(text)) byText.set(text, statement);
    }
    return [...byText.values()];
  }
}
