/** A quota of an account. */
export interface Quota {
  /** What is counted, as a plural. */
  readonly what: string;
  /** What is counted in: `in a region`. */
  readonly per: string;
  /** What an account has unless it asked for more. */
  readonly byDefault: number;
  /** What it has in regions where AWS gives less. */
  readonly byDefaultIn?: Readonly<Record<string, number>>;
  /** How the Service Quotas API calls the service and the quota, where that is known. */
  readonly service?: string;
  readonly code?: string;
  /** Whether each region has its own, or the whole account one, which is asked for in us-east-1. */
  readonly scope: "region" | "account";
  /** True for one that AWS raises for nobody. */
  readonly fixed?: true;
  /** True for what traffic uses: a region that takes over needs as much of it as the one that it takes over from. */
  readonly moves?: true;
}

/** Regions in which an account has a quarter of the requests of API Gateway. @see https://docs.aws.amazon.com/general/latest/gr/apigateway.html */
const newerRegions = [
  "af-south-1",
  "ap-east-2",
  "ap-south-2",
  "ap-southeast-3",
  "ap-southeast-4",
  "ap-southeast-5",
  "ap-southeast-7",
  "ca-west-1",
  "eu-central-2",
  "eu-south-1",
  "eu-south-2",
  "il-central-1",
  "me-central-1",
  "mx-central-1",
];

/** Concurrent executions of Lambda that AWS gives an account in a region; a new account may have 10. */
export const lambdaConcurrency = { byDefault: 1000, newAccount: 10, unreservable: 100 } as const;

const inRegion = { per: "in a region", scope: "region" } as const;
const ofAccount = { per: "of the account", scope: "account" } as const;

/**
 * The one table of the quotas that an environment uses, by the name of the field that states them, with what AWS gives by default.
 * The page of each service has its quotas; `routesPerApi` and `authorizersPerApi` are of the page on HTTP APIs. A quota without a code
 * is not in the Service Quotas API, or its code is not known.
 * @see https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
export const accountQuotas = {
  lambdaConcurrentExecutions: {
    ...inRegion,
    what: "concurrent executions of Lambda",
    byDefault: lambdaConcurrency.byDefault,
    service: "lambda",
    code: "L-B99A9384",
    moves: true,
  },
  apiRequestsPerSecond: {
    ...inRegion,
    what: "requests per second of API Gateway",
    byDefault: 10_000,
    byDefaultIn: Object.fromEntries(newerRegions.map((region) => [region, 2_500])),
    service: "apigateway",
    code: "L-8A5B8E43",
    moves: true,
  },
  tables: { ...inRegion, what: "tables", byDefault: 2500, service: "dynamodb", code: "L-F98FE922" },
  eventBuses: { ...inRegion, what: "event buses", byDefault: 100, service: "events", code: "L-658A4FD9" },
  rulesPerBus: {
    ...inRegion,
    what: "rules",
    per: "of an event bus",
    byDefault: 300,
    service: "events",
    code: "L-244521F2",
  },
  globalEndpoints: { ...inRegion, what: "global endpoints", byDefault: 100, service: "events", code: "L-EAC9A2AC" },
  schedules: { ...inRegion, what: "schedules", byDefault: 1_000_000, service: "scheduler", code: "L-EE5D6FF0" },
  scheduleGroups: { ...inRegion, what: "schedule groups", byDefault: 500, service: "scheduler", code: "L-A632CD40" },
  topics: { ...inRegion, what: "SNS topics", byDefault: 100_000, service: "sns", code: "L-61103206" },
  keys: { ...inRegion, what: "KMS keys", byDefault: 100_000, service: "kms", code: "L-C2F1777E" },
  secrets: { ...inRegion, what: "secrets", byDefault: 500_000, fixed: true },
  parameters: { ...inRegion, what: "parameters of Parameter Store", byDefault: 10_000 },
  alarms: { ...inRegion, what: "metric alarms", byDefault: 5_000 },
  logGroups: { ...inRegion, what: "log groups", byDefault: 1_000_000 },
  samplingRules: { ...inRegion, what: "sampling rules", byDefault: 25, service: "xray", code: "L-8C0C998A" },
  experimentTemplates: { ...inRegion, what: "experiment templates", byDefault: 500 },
  scalableTargets: {
    ...inRegion,
    what: "scalable targets of Lambda",
    byDefault: 500,
    service: "application-autoscaling",
    code: "L-A2AD6458",
  },
  routesPerApi: {
    ...inRegion,
    what: "routes",
    per: "of an API",
    byDefault: 300,
    service: "apigateway",
    code: "L-65B5C802",
  },
  authorizersPerApi: { ...inRegion, what: "authorizers", per: "of an API", byDefault: 10 },
  apiDomains: {
    ...inRegion,
    what: "regional custom domains of API Gateway",
    byDefault: 120,
    service: "apigateway",
    code: "L-A93447B8",
  },
  healthChecks: { ...ofAccount, what: "health checks", byDefault: 200, service: "route53", code: "L-ACB674F3" },
  recordsPerZone: {
    ...ofAccount,
    what: "records",
    per: "of a hosted zone",
    byDefault: 10_000,
    service: "route53",
    code: "L-E209CC9F",
  },
  distributions: { ...ofAccount, what: "distributions", byDefault: 200, service: "cloudfront", code: "L-24B04930" },
  edgeWebAcls: {
    ...ofAccount,
    what: "web ACLs for CloudFront",
    byDefault: 100,
    service: "wafv2",
    code: "L-24189897",
  },
  regionalWebAcls: { ...inRegion, what: "regional web ACLs", byDefault: 100, service: "wafv2", code: "L-2EC3DE7B" },
  vpcs: { ...inRegion, what: "VPCs", byDefault: 5, service: "vpc", code: "L-F678F1CE" },
  endpointsPerVpc: {
    ...inRegion,
    what: "interface endpoints",
    per: "of a VPC",
    byDefault: 50,
    service: "vpc",
    code: "L-29B6F2EB",
  },
  databaseClusters: { ...inRegion, what: "RDS clusters", byDefault: 40, service: "rds", code: "L-952B80B8" },
  databaseInstances: { ...inRegion, what: "RDS instances", byDefault: 40, service: "rds", code: "L-7B6409FD" },
  databaseProxies: { ...inRegion, what: "RDS proxies", byDefault: 20, service: "rds", code: "L-D94C7EA3" },
  fargateVcpus: {
    ...inRegion,
    what: "vCPUs of Fargate",
    byDefault: 6,
    service: "fargate",
    code: "L-3032A538",
    moves: true,
  },
  loadBalancers: {
    ...inRegion,
    what: "Application Load Balancers",
    byDefault: 50,
    service: "elasticloadbalancing",
    code: "L-53DA6B97",
  },
  targetGroups: {
    ...inRegion,
    what: "target groups",
    byDefault: 3_000,
    service: "elasticloadbalancing",
    code: "L-B22855CB",
  },
  roles: { ...ofAccount, what: "IAM roles", byDefault: 1_000, service: "iam", code: "L-FE177D64" },
  policies: { ...ofAccount, what: "customer managed policies", byDefault: 1_500, service: "iam", code: "L-E95E4862" },
  policiesPerRole: {
    ...ofAccount,
    what: "managed policies",
    per: "of a role",
    byDefault: 10,
    service: "iam",
    code: "L-0DA4ABF3",
  },
  trustPolicyCharacters: {
    ...ofAccount,
    what: "characters",
    per: "of a trust policy",
    byDefault: 2_048,
    service: "iam",
    code: "L-C07B4B0D",
  },
} as const satisfies Readonly<Record<string, Quota>>;

export type AccountQuota = keyof typeof accountQuotas;

/** The names of the table, as the fields of environments. */
export const quotaNames = Object.keys(accountQuotas) as readonly AccountQuota[];

/** What an account has in a region unless it asked for more. */
export function defaultQuota(name: AccountQuota, region: string): number {
  const { byDefault, byDefaultIn }: Quota = accountQuotas[name];
  return byDefaultIn?.[region] ?? byDefault;
}

/** What an environment states of its quotas. */
export interface StatedQuotas extends Readonly<Partial<Record<AccountQuota, number>>> {
  /** Where a region has another value. */
  readonly inRegions?: Readonly<Record<string, Readonly<Partial<Record<AccountQuota, number>>> | undefined>>;
}

/** What an account has in a region: what is stated of the region, of all of them, or AWS's default. */
export function quotaIn(stated: StatedQuotas, name: AccountQuota, region: string): number {
  return stated.inRegions?.[region]?.[name] ?? stated[name] ?? defaultQuota(name, region);
}

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
