import type { AccountNeed, NeedingResource } from "./need";

/** A quota of AWS that an environment uses a part of. */
export class Quota {
  constructor(
    private readonly props: {
      /** As the Service Quotas API calls the service. */
      readonly service: string;
      readonly code: string;
      readonly name: string;
      /** What an account has unless it asked for more. */
      readonly byDefault: string;
      /** Where the quota of a global service is asked for. */
      readonly globalRegion?: string;
      /** How much of it these resources use; 0 for none. */
      readonly use: (resources: readonly NeedingResource[]) => number;
    },
  ) {}

  /** The need of each region, or of the whole account. */
  needs(resources: readonly NeedingResource[], regions: readonly string[]): AccountNeed[] {
    const { service, code, name, byDefault, globalRegion, use } = this.props;
    const need = (asked: string, used: readonly NeedingResource[], region?: string): AccountNeed[] => {
      const count = use(used);
      if (count === 0) return [];
      const quota = `--service-code ${service} --quota-code ${code} --region ${asked}`;
      return [
        {
          region,
          what: `${name}: ${count}, of ${byDefault} by default`,
          check: `aws service-quotas get-service-quota ${quota} --query Quota.Value`,
          make: `aws service-quotas request-service-quota-increase ${quota} --desired-value <value>`,
          certain: true,
        },
      ];
    };
    if (globalRegion) return need(globalRegion, resources);
    return regions.flatMap((region) =>
      need(
        region,
        resources.filter((resource) => resource.region === region),
        region,
      ),
    );
  }
}

const count =
  (...types: readonly string[]) =>
  (resources: readonly NeedingResource[]): number =>
    resources.filter(({ type }) => types.includes(type)).length;

/** What no function may reserve: AWS keeps it for functions without a reservation. */
const unreservable = 100;

/** @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html */
function concurrency(resources: readonly NeedingResource[]): number {
  const reserved = resources.reduce((sum, { reservedConcurrency }) => sum + reservedConcurrency, 0);
  return reserved > 0 ? reserved + unreservable : 0;
}

/**
 * The quotas that environments come near to, or that new accounts have less of, with the codes and defaults that the Service
 * Quotas API lists.
 * @see https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html
 */
export const quotas: readonly Quota[] = [
  new Quota({
    service: "lambda",
    code: "L-B99A9384",
    name: "concurrent executions of Lambda, with the 100 that cannot be reserved",
    byDefault: "1,000, and new accounts have less, down to 10,",
    use: concurrency,
  }),
  new Quota({ service: "vpc", code: "L-F678F1CE", name: "VPCs", byDefault: "5", use: count("aws_vpc") }),
  new Quota({
    service: "rds",
    code: "L-952B80B8",
    name: "RDS clusters",
    byDefault: "40",
    use: count("aws_rds_cluster"),
  }),
  new Quota({ service: "rds", code: "L-D94C7EA3", name: "RDS proxies", byDefault: "20", use: count("aws_db_proxy") }),
  new Quota({
    service: "events",
    code: "L-658A4FD9",
    name: "event buses",
    byDefault: "100",
    use: count("aws_cloudwatch_event_bus"),
  }),
  new Quota({
    service: "dynamodb",
    code: "L-F98FE922",
    name: "tables",
    byDefault: "2,500",
    use: count("aws_dynamodb_table", "aws_dynamodb_table_replica"),
  }),
  new Quota({
    service: "apigateway",
    code: "L-A93447B8",
    name: "regional custom domains of API Gateway",
    byDefault: "120",
    use: count("aws_apigatewayv2_domain_name"),
  }),
  new Quota({
    service: "cloudfront",
    code: "L-24B04930",
    name: "distributions",
    byDefault: "200",
    globalRegion: "us-east-1",
    use: count("aws_cloudfront_distribution"),
  }),
];
