import type { DomainTarget } from "../http-api";

/** One region that answers for the domain: an `HttpApi` with a domain has all of it. */
export interface ServingRegion {
  readonly region: string;
  /** Where the alias record of the shared domain points to. */
  readonly target: DomainTarget;
  readonly apiId: string;
  readonly stageName: string;
}
