/** A quota of an account that AWS raises on request. */
export interface Quota {
  /** What is counted, as a plural. */
  readonly what: string;
  /** What is counted in: `in a region`. */
  readonly per: string;
  /** What an account has unless it asked for more. */
  readonly byDefault: number;
  /** How the Service Quotas API calls it, where that is known. */
  readonly service?: string;
  readonly code?: string;
}

/**
 * The quotas that one environment alone can come near to, by the name of the field that states them. The page of each service
 * has its quotas; `routesPerApi` and the next two are of the page on HTTP APIs.
 * @see https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
export const accountQuotas = {
  tables: { what: "tables", per: "in a region", byDefault: 2500, service: "dynamodb", code: "L-F98FE922" },
  eventBuses: { what: "event buses", per: "in a region", byDefault: 100, service: "events", code: "L-658A4FD9" },
  rulesPerBus: { what: "rules", per: "of an event bus", byDefault: 300 },
  routesPerApi: { what: "routes", per: "of an API", byDefault: 300, service: "apigateway", code: "L-65B5C802" },
  authorizersPerApi: { what: "authorizers", per: "of an API", byDefault: 10 },
  apiDomains: {
    what: "regional custom domains of API Gateway",
    per: "in a region",
    byDefault: 120,
    service: "apigateway",
    code: "L-A93447B8",
  },
  healthChecks: { what: "health checks", per: "of the account", byDefault: 200 },
  distributions: {
    what: "distributions",
    per: "of the account",
    byDefault: 200,
    service: "cloudfront",
    code: "L-24B04930",
  },
  vpcs: { what: "VPCs", per: "in a region", byDefault: 5, service: "vpc", code: "L-F678F1CE" },
  databaseClusters: { what: "RDS clusters", per: "in a region", byDefault: 40, service: "rds", code: "L-952B80B8" },
  databaseInstances: { what: "RDS instances", per: "in a region", byDefault: 40, service: "rds", code: "L-7B6409FD" },
  databaseProxies: { what: "RDS proxies", per: "in a region", byDefault: 20, service: "rds", code: "L-D94C7EA3" },
} as const satisfies Readonly<Record<string, Quota>>;

export type AccountQuota = keyof typeof accountQuotas;

/** A limit that AWS raises for nobody. */
export interface Limit {
  readonly what: string;
  readonly per: string;
  readonly most: number;
}

/**
 * The limits of lists that nothing else bounds.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 * @see https://docs.aws.amazon.com/general/latest/gr/as-app.html
 */
export const hardLimits = {
  audiencesPerAuthorizer: { what: "audiences", per: "of an authorizer", most: 50 },
  scopesPerRoute: { what: "scopes", per: "of a route", most: 10 },
  scheduledActions: { what: "schedules", per: "of a function", most: 200 },
} as const satisfies Readonly<Record<string, Limit>>;

export type HardLimit = keyof typeof hardLimits;

/** Concurrent executions of Lambda that AWS gives an account in a region; a new account may have 10. */
export const lambdaConcurrency = { byDefault: 1000, newAccount: 10, unreservable: 100 } as const;
