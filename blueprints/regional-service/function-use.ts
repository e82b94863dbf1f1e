import type { Grantee } from "../../modules/core";
import type { ServiceFunction } from "../../modules/service-function";

/** What permissions alone are needed for: whatever principal runs the code, a function or a container. */
export interface PrincipalUse {
  readonly variables: Readonly<Record<string, string>>;
  /** Whether the code asks STS for identity tokens; the bundle of a function then begins with what does. */
  readonly identityTokens?: boolean;
  /** Adds permissions to the principal's role. */
  connect(target: Grantee): void;
}

/** Something that a service uses: the variables that tell its function about it, and the permissions to use it. */
export interface FunctionUse extends Omit<PrincipalUse, "connect"> {
  /** Adds permissions to the function's role, and the sources of its events. */
  connect(target: ServiceFunction): void;
}
