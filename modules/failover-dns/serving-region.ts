import type { DomainTarget } from "../http-api";

/** A region that serves the domain: an HTTP API, or a load balancer. */
export type ServingRegion = ServingApi | ServingLoadBalancer;

/** A region that serves the domain by a load balancer; a `LoadBalancer` has these properties. */
export interface ServingLoadBalancer {
  readonly region: string;
  /** The target of the shared domain's alias record. */
  readonly target: DomainTarget;
  /** Its HTTPS listener, which gets the certificate of the region's own name as well. */
  readonly listenerArn: string;
  readonly asksForCertificates?: undefined;
}

/** A region that serves the domain by an HTTP API; an `HttpApi` with a domain has these properties. */
export interface ServingApi {
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
