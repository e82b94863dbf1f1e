/** What the router is built with: `originRoutingConfig` of the distribution describes each field. */
export interface OriginRouting {
  /** Name of the header, on each origin, that holds the other region's domain name. */
  readonly counterpartHeader: string;
  readonly standbyCountries: readonly string[];
  readonly standbyEdgeRegions: readonly string[];
  readonly writes: "home" | "nearest";
}
