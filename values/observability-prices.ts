import { assumedPriceRegion, type PriceSource } from "./prices";

/** What is measured of a service costs this, in US dollars a month, or for each of so many; the first tier of us-east-1. */
export const observabilityPrices = {
  /** A custom metric, of which an alarm, a filter or an embedded line makes one. */
  customMetricMonth: 0.3,
  /** One metric that an alarm looks at, at a resolution of a minute. */
  alarmMetricMonth: 0.1,
  /** A composite alarm. */
  compositeAlarmMonth: 0.5,
  /** A dashboard, beyond the three that are free. */
  dashboardMonth: 3,
  /** An event that an API destination is called with. */
  apiDestinationCall: 0.2e-6,
  asOf: "2026-09-25",
  source:
    "AWS Price List, AmazonCloudWatch, us-east-1; custom metrics, composite alarms and API destinations from the pricing pages, second-hand",
  see: "https://aws.amazon.com/cloudwatch/pricing/",
} as const satisfies PriceSource & Readonly<Record<string, number | string>>;

/** What a request costs, in US dollars: first tier, by region where it differs. */
export const requestPrices = {
  /** A request of an HTTP API. */
  httpApiRequest: { "us-east-1": 1e-6, "eu-west-1": 1.11e-6 } as Readonly<Record<string, number>>,
  /** A read unit of a table on demand. */
  tableRead: { "us-east-1": 0.125e-6, "eu-west-1": 0.1415e-6 } as Readonly<Record<string, number>>,
  /** A write unit of a table on demand; a replicated one costs as much in each region. */
  tableWrite: { "us-east-1": 0.625e-6, "eu-west-1": 0.705e-6 } as Readonly<Record<string, number>>,
  asOf: "2026-09-24",
  source: "AWS Price List, AmazonApiGateway and AmazonDynamoDB, first tier",
  see: "https://aws.amazon.com/dynamodb/pricing/on-demand/",
} as const;

/** What calls cost in a region; prices of eu-west-1 stand in for those of a region that is not in the table. */
export function callPrices(region: string): {
  readonly httpApiRequest: number;
  readonly tableRead: number;
  readonly tableWrite: number;
  readonly assumed: boolean;
} {
  const of = (prices: Readonly<Record<string, number>>) => prices[region] ?? prices[assumedPriceRegion] ?? 0;
  const { httpApiRequest, tableRead, tableWrite } = requestPrices;
  return {
    httpApiRequest: of(httpApiRequest),
    tableRead: of(tableRead),
    tableWrite: of(tableWrite),
    assumed: httpApiRequest[region] === undefined,
  };
}
