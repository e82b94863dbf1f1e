import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import {
  ConstructError,
  deploymentStackOf,
  type PolicyStatement,
  parseConfig,
  partitionOf,
  policyDocument,
  resourceName,
} from "../core";
import { boundaryOfPipelines, boundaryOfRoles } from "./boundary";
import {
  type PipelineEnvironment,
  type PipelineRolesConfig,
  type PipelineRolesInput,
  pipelineRolesConfig,
} from "./config";
import type { PolicyOf } from "./environment-policy";
import { applyStatements, planStatements } from "./policies";
import { policyLimits, splitStatements } from "./split-policies";
import { applySubjects, planSubjects, trustStatement } from "./trust";

export interface PipelineRolesProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: PipelineRolesInput;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** A region of the stack: IAM itself has none. */
  readonly region: string;
}

/** The roles of one environment, and what they carry. */
export interface PipelineRolesOfEnvironment {
  /** ARN of the role that plans. */
  readonly planRoleArn: string;
  /** ARN of the role that applies. */
  readonly applyRoleArn: string;
  /** ARN of the permissions boundary; `iam.permissionsBoundaryArn` of the environment's file takes it. */
  readonly boundaryArn: string;
}

/**
 * The roles that pipelines assume by tokens of GitHub or GitLab: for each environment one that plans and changes nothing, and one that applies and
 * changes nothing of another environment. Both carry a permissions boundary, and every role that they make must carry another, which allows no IAM and no states.
 * @throws ConstructError if names clash, or a role needs more policies than IAM allows
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
 */
export class PipelineRoles extends Construct {
  /** By the name of the environment. */
  readonly roles: ReadonlyMap<string, PipelineRolesOfEnvironment>;
  private readonly config: PipelineRolesConfig;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PipelineRolesProps,
  ) {
    super(scope, id);
    this.config = parseConfig(pipelineRolesConfig, props.config, this.node.path);
    this.checkNames();
    const providerArn = this.providerArn();
    this.roles = new Map(
      this.config.environments.map((environment) => [environment.name, this.addEnvironment(environment, providerArn)]),
    );
  }

  private get provider() {
    return deploymentStackOf(this).providers.in(this.props.region);
  }

  private providerArn(): string {
    const { existingProviderArn, issuer, audience, thumbprints } = this.config.oidc;
    if (existingProviderArn !== undefined) return existingProviderArn;
    return new IamOpenidConnectProvider(this, "oidc", {
      provider: this.provider,
      url: `https://${issuer}`,
      clientIdList: [audience],
      // AWS looks at its own list of certificate authorities, and at thumbprints only for others.
      ...(thumbprints.length > 0 && { thumbprintList: thumbprints }),
    }).arn;
  }

  private addEnvironment(environment: PipelineEnvironment, providerArn: string): PipelineRolesOfEnvironment {
    const { account, region } = this.props;
    const { path, environments } = this.config;
    const partition = partitionOf(region);
    const scope = new Construct(this, environment.name);
    const boundaryName = resourceName(this, ["pipeline", environment.name, "boundary"], 128);
    const of: PolicyOf = {
      partition,
      account,
      path,
      environment,
      alone: environments.length === 1,
      boundaryArn: `arn:${partition}:iam::${account}:policy${path}${boundaryName}`,
    };
    const boundary = (name: string, description: string, statements: readonly PolicyStatement[]) =>
      new IamPolicy(scope, name === boundaryName ? "boundary" : "limits", {
        provider: this.provider,
        name,
        path,
        description,
        policy: policyDocument(this.fitting(name, statements)),
      });
    boundary(boundaryName, `The most that roles of ${environment.name} may do.`, boundaryOfRoles(of));
    const limits = boundary(
      resourceName(this, ["pipeline", environment.name, "limits"], 128),
      `The most that pipelines of ${environment.name} may do.`,
      boundaryOfPipelines(of),
    );
    const role = (kind: "plan" | "apply", subjects: readonly string[], statements: readonly PolicyStatement[]) =>
      this.addRole(new Construct(scope, kind), `pipeline-${environment.name}-${kind}`, {
        trust: trustStatement(this.config.oidc, providerArn, subjects),
        boundaryArn: limits.arn,
        statements,
      });
    return {
      planRoleArn: role("plan", planSubjects(this.config, environment), planStatements(of)),
      applyRoleArn: role("apply", applySubjects(this.config, environment), applyStatements(of)),
      boundaryArn: of.boundaryArn,
    };
  }

  private addRole(
    scope: Construct,
    name: string,
    { trust, boundaryArn, statements }: { trust: string; boundaryArn: string; statements: readonly PolicyStatement[] },
  ): string {
    const { path, maxSessionSeconds } = this.config;
    const role = new IamRole(scope, "role", {
      provider: this.provider,
      name: resourceName(this, [name], 64),
      path,
      assumeRolePolicy: trust,
      maxSessionDuration: maxSessionSeconds,
      permissionsBoundary: boundaryArn,
    });
    const policies = splitStatements(statements);
    if (policies.length > policyLimits.policiesOfRole) {
      throw new ConstructError(
        this,
        `the role ${name} needs ${policies.length} policies, but IAM allows ${policyLimits.policiesOfRole}`,
        "name the resourceTypes that the environment has",
      );
    }
    for (const [at, each] of policies.entries()) {
      const policy = new IamPolicy(scope, `policy-${at + 1}`, {
        provider: this.provider,
        name: resourceName(this, [name, `${at + 1}`], 128),
        path,
        policy: policyDocument(each),
      });
      new IamRolePolicyAttachment(scope, `attachment-${at + 1}`, {
        provider: this.provider,
        role: role.name,
        policyArn: policy.arn,
      });
    }
    return role.arn;
  }

  /** A boundary is one policy, so that it cannot be split. */
  private fitting(name: string, statements: readonly PolicyStatement[]): readonly PolicyStatement[] {
    const size = policyDocument(statements).length;
    if (size <= policyLimits.characters) return statements;
    throw new ConstructError(
      this,
      `the permissions boundary ${name} has ${size} characters, but IAM allows ${policyLimits.characters}`,
      "name fewer regions, and less in reaches",
    );
  }

  private checkNames(): void {
    const { environments, path } = this.config;
    for (const { name, rolePath, states } of environments) {
      const begun = environments.find(
        (other) => name.startsWith(`${other.name}-`) || (other.name === name && other.states !== states),
      );
      if (begun !== undefined) {
        const problem = `the environment "${name}" begins with the name of "${begun.name}", whose roles would reach it`;
        throw new ConstructError(this, problem, "rename one of them, or put it into another account");
      }
      if (rolePath.startsWith(path) || path.startsWith(rolePath === "/" ? "//" : rolePath)) {
        const problem = `the path ${rolePath} of roles of ${name} is that of the pipelines, ${path}`;
        throw new ConstructError(this, problem, "give the pipelines another path");
      }
      for (const { bucket, keyPrefix } of states) this.checkState(name, bucket, keyPrefix);
    }
  }

  /** A state of one environment is in reach of no other. */
  private checkState(name: string, bucket: string, keyPrefix: string): void {
    const inReach = this.config.environments.find((other) => bucket.startsWith(`${other.name}-`));
    if (inReach !== undefined) {
      const problem = `the bucket "${bucket}" has the name of a bucket of ${inReach.name}, whose apply may delete it`;
      throw new ConstructError(this, problem, "use a bucket whose name does not begin with that of an environment");
    }
    for (const other of this.config.environments) {
      if (other.name === name) continue;
      if (other.states.some((place) => place.bucket === bucket && `${place.keyPrefix}/`.startsWith(`${keyPrefix}/`))) {
        const problem = `states of ${other.name} are below ${keyPrefix} in ${bucket}, the prefix of ${name}`;
        throw new ConstructError(this, problem, "give each environment a prefix of its own");
      }
    }
  }
}
