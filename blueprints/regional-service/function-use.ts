import type { ServiceFunction } from "../../modules/service-function";

/** Something that a service uses: the variables that tell its function about it, and the permissions to use it. */
export interface FunctionUse {
  readonly variables: Readonly<Record<string, string>>;
  /** Adds permissions to the function's role, and the sources of its events. */
  connect(target: ServiceFunction): void;
}
