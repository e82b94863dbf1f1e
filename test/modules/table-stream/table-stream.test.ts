import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ExistingTable } from "../../../modules/replicated-table";
import type { StreamConsumerInput } from "../../../modules/table-stream";
import { ref, synth } from "../../support/synth";
import { consumer, everyOption, home, standby } from "./every-option";

const idempotency = { table: "handled-events" };
const consumed = (config: Partial<StreamConsumerInput>) =>
  synth((stack) => void consumer(stack, { idempotency, ...config }));
const all = synth(everyOption);
const mapping = (region: string) => all.at(`aws_lambda_event_source_mapping.take-${region}_mapping`);
const statements = (region: string) =>
  JSON.parse(String(all.at(`aws_iam_role_policy.reader-${region}_execution_policy`).policy)).Statement as {
    readonly Action: string | string[];
    readonly Resource: unknown;
  }[];

describe("StreamConsumer", () => {
  test("reads the stream of its own region, with bounds that give a change up before the stream does", () => {
    expect(mapping(standby)).toMatchObject({
      provider: "aws.eu-central-1",
      event_source_arn: ref("data.aws_dynamodb_table.orders_stream-eu-central-1.stream_arn"),
      function_name: ref("aws_lambda_alias.reader-eu-central-1_alias.arn"),
      starting_position: "TRIM_HORIZON",
      batch_size: 100,
      maximum_retry_attempts: 10,
      maximum_record_age_in_seconds: 82_800,
      bisect_batch_on_function_error: true,
      parallelization_factor: 1,
      function_response_types: ["ReportBatchItemFailures"],
      destination_config: {
        on_failure: { destination_arn: ref("aws_sqs_queue.failed-eu-central-1_failed-changes.arn") },
      },
      depends_on: ["aws_iam_role_policy.reader-eu-central-1_execution_policy"],
    });
    expect(mapping(home)).toMatchObject({
      event_source_arn: ref("aws_dynamodb_table.orders_table.stream_arn"),
      starting_position: "LATEST",
      maximum_batching_window_in_seconds: 5,
      parallelization_factor: 4,
      metrics_config: { metrics: ["EventCount"] },
      filter_criteria: {
        filter: [{ pattern: '{"eventName":["INSERT"],"dynamodb":{"Keys":{"pk":{"S":[{"prefix":"ORDER#"}]}}}}' }],
      },
    });
  });

  test("is there but off in a region that does not read", () => {
    expect([home, standby].map((region) => mapping(region).enabled)).toEqual([true, false]);
    expect(consumed({ enabled: false }).at("aws_lambda_event_source_mapping.take-eu-west-1_mapping").enabled).toBe(
      false,
    );
  });

  test("lets the function read the stream of its region, and send to its dead letters", () => {
    const allowed = statements(standby).map(({ Action, Resource }) => [[Action].flat()[0], Resource]);
    expect(allowed).toContainEqual([
      "dynamodb:DescribeStream",
      `${ref("aws_dynamodb_table_replica.orders_replica-eu-central-1.arn")}/stream/*`,
    ]);
    expect(allowed).toContainEqual(["sqs:SendMessage", ref("aws_sqs_queue.failed-eu-central-1_failed-changes.arn")]);
  });

  test("has alarms on the age of what it reads and on what it gave up", () => {
    const alarms = Object.values(all.resource.aws_cloudwatch_metric_alarm ?? {});
    expect(alarms.map(({ alarm_name }) => alarm_name).sort()).toEqual([
      "test-reader-failed-changes-age",
      "test-reader-failed-changes-visible",
      "test-reader-take-eu-west-1-age",
    ]);
    expect(all.at("aws_cloudwatch_metric_alarm.take-eu-west-1_iterator-age-alarm")).toMatchObject({
      metric_name: "IteratorAge",
      dimensions: { FunctionName: "test-reader" },
      threshold: 120_000,
    });
  });

  const refused: [string, Partial<StreamConsumerInput>, string][] = [
    ["no end of retries", { maximumRetryAttempts: -1 }, "maximumRetryAttempts"],
    ["changes that outlive the stream", { maximumRecordAgeSeconds: 86_400 }, "before they are dead letters"],
    ["no idempotency", { idempotency: {} }, "idempotency.table: is required, as Lambda reads a stream at least once"],
    [
      "a position that loses changes with a region",
      { startingPosition: "LATEST" },
      "startingPosition: loses the changes between the loss of a region and the deployment",
    ],
    ["a filter of what no change has", { filterPatterns: [{ body: ["a"] }] }, "is not a field of a change"],
    [
      "a filter by a number",
      { filterPatterns: [{ dynamodb: { NewImage: { total: { N: [5] } } } }] },
      "filterPatterns[0].dynamodb.NewImage.total.N: never matches, because DynamoDB writes numbers as texts",
    ],
    [
      "a filter that compares numbers",
      { filterPatterns: [{ dynamodb: { NewImage: { total: { N: [{ numeric: [">", 5] }] } } } }] },
      "never matches, because DynamoDB writes numbers as texts",
    ],
    [
      "a filter that compares with a text",
      { filterPatterns: [{ eventName: "INSERT" }] },
      "filterPatterns[0].eventName",
    ],
    ["eleven invocations for a shard", { parallelizationFactor: 11 }, "use at most 10"],
    ["an alarm that is never reached", { alarmThresholds: { iteratorAgeSeconds: 86_400 } }, "iteratorAgeSeconds"],
  ];
  test.each(refused)("refuses %s", (_, config, message) => expect(() => consumed(config)).toThrow(message));

  test("reads the stream of a table that is there already, by the ARN that it is told", () => {
    const arn = "arn:aws:dynamodb:eu-west-1:111111111111:table/theirs";
    const stream = `${arn}/stream/2026-01-01T00:00:00.000`;
    const keyArns = { [home]: "arn:aws:kms:eu-west-1:111111111111:key/1" };
    const table = new ExistingTable({
      arns: { [home]: arn },
      hasIndexes: false,
      keyArns,
      streamArns: { [home]: stream },
    });
    const granted: unknown[] = [];
    table.grantStreamRead({
      region: home,
      addToRolePolicy: ({ actions, resources }) => granted.push([actions[0], resources]),
    });
    expect(table.streamArnIn(home)).toBe(stream);
    expect(granted).toEqual([
      ["dynamodb:DescribeStream", [`${arn}/stream/*`]],
      ["kms:Decrypt", [keyArns[home]]],
    ]);
    expect(() => table.streamArnIn(standby)).toThrow("in eu-central-1 is not known; name it in streamArns");
  });

  test("has an example that is shown in the README", () => {
    const source = readFileSync(join(__dirname, "example.ts"), "utf8");
    const readme = readFileSync(join(__dirname, "../../../modules/table-stream/README.md"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function")).trim());
  });
});
