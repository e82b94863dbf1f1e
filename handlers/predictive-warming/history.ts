import { type CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import { type HourOfHistory, hourMs } from "../../forecast/index.js";
import type { ForecastAlias } from "./forecast-aliases.js";

/** Queries of one call: two an alias, and CloudWatch answers at most 500, with 100,800 points a page. */
const aliasesPerCall = 100;

/**
 * How many environments each alias had in use at once, at most, in each hour. Lambda counts them by function, version and alias;
 * where it has nothing for the alias, such as before the first call of it, those of the function count.
 * @param from begin of the first hour, in milliseconds since 1970
 * @param until end of the last one
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-concurrency.html
 */
export async function readHistory(
  client: CloudWatchClient,
  aliases: readonly ForecastAlias[],
  from: number,
  until: number,
): Promise<HourOfHistory[][]> {
  const histories: HourOfHistory[][] = [];
  for (let first = 0; first < aliases.length; first += aliasesPerCall) {
    const some = aliases.slice(first, first + aliasesPerCall);
    const queries = some.flatMap((alias, index) => [
      query(`alias${index}`, alias, true),
      query(`all${index}`, alias, false),
    ]);
    const found = await read(client, queries, from, until);
    for (const index of some.keys()) histories.push(found.get(`alias${index}`) ?? found.get(`all${index}`) ?? []);
  }
  return histories;
}

function query(id: string, { functionName, aliasName }: ForecastAlias, ofAlias: boolean): MetricDataQuery {
  const dimensions = [
    { Name: "FunctionName", Value: functionName },
    ...(ofAlias ? [{ Name: "Resource", Value: `${functionName}:${aliasName}` }] : []),
  ];
  return {
    Id: id,
    MetricStat: {
      Metric: { Namespace: "AWS/Lambda", MetricName: "ConcurrentExecutions", Dimensions: dimensions },
      Period: hourMs / 1000,
      Stat: "Maximum",
    },
  };
}

/** The values of each query that has any, from all pages. */
async function read(
  client: CloudWatchClient,
  queries: MetricDataQuery[],
  from: number,
  until: number,
): Promise<Map<string, HourOfHistory[]>> {
  const found = new Map<string, HourOfHistory[]>();
  let next: string | undefined;
  do {
    const page = await client.send(
      new GetMetricDataCommand({
        MetricDataQueries: queries,
        StartTime: new Date(from),
        EndTime: new Date(until),
        ScanBy: "TimestampAscending",
        NextToken: next,
      }),
    );
    for (const { Id: id = "", Timestamps: times = [], Values: values = [] } of page.MetricDataResults ?? []) {
      const hours = times.flatMap((time, index) => {
        const value = values[index];
        return value === undefined ? [] : [{ start: time.getTime(), value }];
      });
      if (hours.length > 0) found.set(id, [...(found.get(id) ?? []), ...hours]);
    }
    next = page.NextToken;
  } while (next !== undefined);
  return found;
}
