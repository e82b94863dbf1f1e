import type * as CloudWatch from "@aws-sdk/client-cloudwatch";
import { z } from "zod";
import { awsError } from "../aws/errors";
import type { StateChange } from "./recoveries";

/** A sum to be asked for. */
export interface Query {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly stat: "Sum" | "SampleCount";
}

/** Dimensions of metrics by their names, which AWS gives: the id of an API, or what a load balancer and its targets go by. */
export type Watched = Readonly<Partial<Record<string, string>>>;

/** What is asked of CloudWatch in one region. */
export interface Asking {
  /** The dimensions of what each alarm watches, by the name of the alarm; without alarms that are not there. */
  watchedBy(alarms: readonly string[]): Promise<ReadonlyMap<string, Watched>>;
  /** The sum of each query, in their order. */
  sums(queries: readonly Query[], from: Date, to: Date): Promise<readonly number[]>;
  /** The changes of state of an alarm. */
  changes(alarm: string, from: Date, to: Date): Promise<readonly StateChange[]>;
}

const page = "docs/how-to/read-key-figures.md";

/** Limits of one call. @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
const most = { queries: 500, alarms: 100, records: 100 };

const history = z.object({
  oldState: z.object({ stateValue: z.string() }).optional(),
  newState: z.object({ stateValue: z.string() }),
});

/**
 * Asks CloudWatch in a region, with the credentials of the AWS SDK. `AWS_ENDPOINT_URL_CLOUDWATCH` names another endpoint, as everywhere.
 * @throws AwsRefusedError where AWS cannot be asked or refuses
 */
export function asking(modules: typeof CloudWatch, region: string, account: string): Asking {
  const client = new modules.CloudWatchClient({
    region,
    maxAttempts: 5,
    retryMode: "standard",
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 15_000, throwOnRequestTimeout: true },
  });
  const told = async <T>(doing: string, ask: () => Promise<T>): Promise<T> => {
    try {
      return await ask();
    } catch (error) {
      throw awsError(error, `${doing} in ${region}`, account, page);
    }
  };
  return {
    watchedBy: (names) =>
      told("read alarms", async () => {
        const found = new Map<string, Watched>();
        for (const part of parts(names, most.alarms)) {
          const { MetricAlarms = [] } = await client.send(new modules.DescribeAlarmsCommand({ AlarmNames: part }));
          for (const { AlarmName, Metrics = [] } of MetricAlarms) {
            const dimensions = Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric?.Dimensions ?? []);
            if (AlarmName === undefined) continue;
            found.set(AlarmName, Object.fromEntries(dimensions.map(({ Name = "", Value = "" }) => [Name, Value])));
          }
        }
        return found;
      }),

    sums: (queries, from, to) =>
      told("read metrics", async () => {
        const sums = queries.map(() => 0);
        for (const [at, part] of parts(queries, most.queries).entries()) {
          let NextToken: string | undefined;
          do {
            const answer: CloudWatch.GetMetricDataCommandOutput = await client.send(
              new modules.GetMetricDataCommand({
                StartTime: from,
                EndTime: to,
                NextToken,
                MetricDataQueries: part.map(({ namespace, metric, dimensions, stat }, index) => ({
                  Id: `q${index}`,
                  MetricStat: {
                    Period: periodSeconds(from, to),
                    Stat: stat,
                    Metric: {
                      Namespace: namespace,
                      MetricName: metric,
                      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
                    },
                  },
                })),
              }),
            );
            for (const { Id = "", Values = [] } of answer.MetricDataResults ?? []) {
              const index = at * most.queries + Number(Id.slice(1));
              sums[index] = Values.reduce((sum, value) => sum + value, sums[index] ?? 0);
            }
            NextToken = answer.NextToken;
          } while (NextToken);
        }
        return sums;
      }),

    changes: (alarm, from, to) =>
      told(`read the history of ${alarm}`, async () => {
        const changes: StateChange[] = [];
        let NextToken: string | undefined;
        do {
          const answer: CloudWatch.DescribeAlarmHistoryCommandOutput = await client.send(
            new modules.DescribeAlarmHistoryCommand({
              AlarmName: alarm,
              AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
              HistoryItemType: "StateUpdate",
              StartDate: from,
              EndDate: to,
              MaxRecords: most.records,
              NextToken,
            }),
          );
          for (const { Timestamp, HistoryData = "" } of answer.AlarmHistoryItems ?? []) {
            const change = changeOf(HistoryData);
            if (Timestamp && change) changes.push({ at: Timestamp.getTime(), ...change });
          }
          NextToken = answer.NextToken;
        } while (NextToken);
        return changes;
      }),
  };
}

/** A record of another form is left aside. */
function changeOf(text: string): Pick<StateChange, "from" | "to"> | undefined {
  try {
    const { oldState, newState } = history.parse(JSON.parse(text));
    return { from: oldState?.stateValue ?? "INSUFFICIENT_DATA", to: newState.stateValue };
  } catch {
    return undefined;
  }
}

const hourSeconds = 3600;

/** Days for weeks and months, as hours are a page of values for each metric. */
const periodSeconds = (from: Date, to: Date): number =>
  to.getTime() - from.getTime() > 3 * 24 * hourSeconds * 1000 ? 24 * hourSeconds : hourSeconds;

const parts = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
