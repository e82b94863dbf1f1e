import type { DomainTarget } from "../http-api";

/** A region that serves the domain; an `HttpApi` with a domain has these properties. */
export interface ServingRegion {
  readonly region: string;
  /** The target of the shared domain's alias record. */
  readonly target: DomainTarget;
  readonly apiId: string;
  readonly stageName: string;
  /**
   * Whether clients need a certificate. Health checkers have none, so nothing checks the region from the internet, and it has
   * no name of its own, which would be a way round the certificates.
   */
  readonly asksForCertificates?: boolean;
}
