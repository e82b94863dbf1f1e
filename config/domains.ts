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
  })
  .catch({ regions: { home: "", standby: [] }, services: [] });

/** Every domain that a service has, of its API or of its distribution. @param environment of any shape */
export function domainsOf(environment: unknown): StatedDomain[] {
  return domainsOnly.parse(environment).services.flatMap(({ api, edge }, index) => [
    ...(api?.domainName
      ? [{ path: ["services", index, "api", "domainName"], domain: api.domainName.toLowerCase() }]
      : []),
    ...(edge?.distribution.aliases ?? []).map((alias, at) => ({
      path: ["services", index, "edge", "distribution", "aliases", at],
      domain: alias.toLowerCase(),
    })),
  ]);
}

/** The domains that the toolkit makes for each region of an API, `<region>.<domain>`. @param environment of any shape */
export function regionalDomainsOf(environment: unknown): (StatedDomain & { readonly service: number })[] {
  const { regions, services } = domainsOnly.parse(environment);
  return services.flatMap(({ api }, service) =>
    api?.domainName
      ? [regions.home, ...regions.standby].map((region) => ({
          service,
          path: ["services", service, "api", "domainName"],
          domain: `${region}.${api.domainName}`.toLowerCase(),
        }))
      : [],
  );
}
