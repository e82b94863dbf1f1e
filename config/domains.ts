import { z } from "zod";

/** A domain that an environment's file states. */
export interface StatedDomain {
  /** Where, from the root of the environment. */
  readonly path: readonly PropertyKey[];
  /** In lower case, as DNS does not tell them apart. */
  readonly domain: string;
}

/** What is read of an environment, whatever else is wrong in it. */
const domainsOnly = z
  .looseObject({
    regions: z.looseObject({ home: z.string().catch(""), standby: z.array(z.string()).catch([]) }).catch({
      home: "",
      standby: [],
    }),
    services: z
      .array(
        z
          .looseObject({
            api: z.looseObject({ domainName: z.string().optional() }).optional().catch(undefined),
            edge: z
              .looseObject({ distribution: z.looseObject({ aliases: z.array(z.string()).default([]) }) })
              .optional()
              .catch(undefined),
          })
          .catch({ api: undefined, edge: undefined }),
      )
      .catch([]),
    containers: z
      .array(
        z
          .looseObject({ loadBalancer: z.looseObject({ domainName: z.string().optional() }).catch({}) })
          .catch({ loadBalancer: {} }),
      )
      .catch([]),
  })
  .catch({ regions: { home: "", standby: [] }, services: [], containers: [] });

/** Every domain that a service has, of its API or of its distribution. @param environment of any shape */
export function domainsOf(environment: unknown): StatedDomain[] {
  const { services, containers } = domainsOnly.parse(environment);
  const ofServices = services.flatMap(({ api, edge }, index) => [
    ...(api?.domainName
      ? [{ path: ["services", index, "api", "domainName"], domain: api.domainName.toLowerCase() }]
      : []),
    ...(edge?.distribution.aliases ?? []).map((alias, at) => ({
      path: ["services", index, "edge", "distribution", "aliases", at],
      domain: alias.toLowerCase(),
    })),
  ]);
  const ofContainers = containers.flatMap(({ loadBalancer: { domainName } }, index) =>
    domainName ? [{ path: ["containers", index, "loadBalancer", "domainName"], domain: domainName.toLowerCase() }] : [],
  );
  return [...ofServices, ...ofContainers];
}

/** The domains that the toolkit makes for each region of an API or a load balancer, `<region>.<domain>`. @param environment of any shape */
export function regionalDomainsOf(environment: unknown): (StatedDomain & { readonly owner: string })[] {
  const { regions, services, containers } = domainsOnly.parse(environment);
  const named = [
    ...services.map(({ name, api }, index) => ({
      name,
      list: "services",
      part: "api",
      domain: api?.domainName,
      index,
    })),
    ...containers.map(({ name, loadBalancer }, index) => ({
      name,
      list: "containers",
      part: "loadBalancer",
      domain: loadBalancer.domainName,
      index,
    })),
  ];
  return named.flatMap(({ name, list, part, domain, index }) =>
    domain
      ? [regions.home, ...regions.standby].map((region) => ({
          owner: typeof name === "string" ? name : "",
          path: [list, index, part, "domainName"],
          domain: `${region}.${domain}`.toLowerCase(),
        }))
      : [],
  );
}
