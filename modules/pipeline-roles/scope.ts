/**
 * How the actions of a service are held to one environment. In patterns, `{env}` is its name, `{env_}` its name with `_`, and what precedes the resource
 * is `arn:{partition}:<service>:*:{account}:`, unless the pattern is an ARN.
 */
export interface Scope {
  /** Types of resources whose ARN holds a name that begins with that of the environment. */
  readonly named?: Readonly<Record<string, readonly string[]>>;
  /** Types of resources that AWS gives ids to: they are told by their tag `Environment`. */
  readonly tagged?: Readonly<Record<string, string>>;
  /** Actions that IAM takes neither a name nor a tag for; another environment of the account would be in their reach. */
  readonly unscoped?: readonly string[];
  /** Actions that no apply needs, and why. */
  readonly never?: Readonly<Record<string, string>>;
}
