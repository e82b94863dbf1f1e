import type { DomainTarget } from "../http-api";

/** A region that serves the domain; an `HttpApi` with a domain has these properties. */
export interface ServingRegion {
  readonly region: string;
  /** The target of the shared domain's alias record. */
  readonly target: DomainTarget;
  readonly apiId: string;
  readonly stageName: string;
}
