import { IamRole, type IamRoleConfig } from "@cdktf/provider-aws/lib/iam-role";
import type { Construct, IConstruct } from "constructs";

/** What an organisation demands of IAM roles. */
export interface RoleSettings {
  /** IAM path, which begins and ends with `/`; AWS replaces a role whose path changes. */
  readonly path?: string;
  /** ARN of the policy that limits what the role can be allowed. */
  readonly permissionsBoundaryArn?: string;
}

/** Shared by two copies of this package in one app. */
const mark = Symbol.for("evenkeel.roleSettings");

type Marked = IConstruct & { [mark]?: RoleSettings };

/**
 * Sets the path and the permissions boundary of every role that modules make below a construct from now on: a stack, or a
 * construct that holds modules. The nearest construct that sets one decides; props of a module come before either.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function setRoleSettings(scope: IConstruct, settings: RoleSettings): void {
  (scope as Marked)[mark] = { ...(scope as Marked)[mark], ...known(settings) };
}

/** The settings that apply to roles below a construct. */
export function roleSettingsOf(scope: IConstruct): RoleSettings {
  return Object.assign({}, ...scope.node.scopes.map((construct) => (construct as Marked)[mark]));
}

/** A role with the path and the boundary that apply where it is made, unless it has its own. */
export function iamRole(scope: Construct, id: string, { path, permissionsBoundary, ...rest }: IamRoleConfig): IamRole {
  const settings = roleSettingsOf(scope);
  return new IamRole(scope, id, {
    ...rest,
    path: path ?? settings.path,
    permissionsBoundary: permissionsBoundary ?? settings.permissionsBoundaryArn,
  });
}

/**
 * Gives a role that was made without `iamRole` the path and the boundary that apply where it is, unless it has its own:
 * an organisation that demands a boundary refuses to create a role without one.
 */
export function applyRoleSettings(role: IamRole): void {
  const { path, permissionsBoundaryArn } = roleSettingsOf(role);
  if (path !== undefined && role.pathInput === undefined) role.path = path;
  if (permissionsBoundaryArn !== undefined && role.permissionsBoundaryInput === undefined) {
    role.permissionsBoundary = permissionsBoundaryArn;
  }
}

/** Without what is not set, which must not hide what a construct further out sets. */
function known(settings: RoleSettings): RoleSettings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
