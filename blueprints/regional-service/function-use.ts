import type { ServiceFunction } from "../../modules/service-function";

/** Something that a service uses: what its function is told of it, and what lets the function in. */
export interface FunctionUse {
  readonly variables: Readonly<Record<string, string>>;
  /** Adds permissions to the function's role, and what sends it events. */
  connect(target: ServiceFunction): void;
}
