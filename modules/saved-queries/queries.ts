/** The placeholder for an id in a query. */
export const idPlaceholder = "PASTE-AN-ID";

/**
 * Every line that contains an id, oldest first: a correlation id, or the request id of the API or the function. The
 * access log has no correlation id, but the function's lines have both.
 */
export const followAnId = query(
  "fields @timestamp, coalesce(service, routeKey, type) as source, level, message, coalesce(status, record.status) as outcome",
  "coalesce(duration_ms, responseLatencyMs, record.metrics.durationMs) as ms, error_code, error.message",
  "coalesce(correlation_id, requestId, record.requestId) as id, @log",
  `| filter @message like "${idPlaceholder}"`,
  "| sort @timestamp asc",
  "| limit 1000",
);

/** The latest lines that report an error, with the ids to follow each one. */
export const recentErrors = query(
  "fields @timestamp, level, message, route, status, error_code, error.name, error.message, correlation_id",
  '| filter level in ["ERROR", "CRITICAL"] or ispresent(error.name)',
  "| sort @timestamp desc",
  "| limit 50",
);

/**
 * The queries of every service, by name. The fields of the function's lines come from the runtime library (`level`,
 * `duration_ms`, `correlation_id`, ...), `type` and `record` from Lambda's JSON format, and `requestId` and `status`
 * from the API's access log.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html
 */
export const standardQueries: Readonly<Record<string, string>> = {
  "follow-an-id": followAnId,
  "recent-errors": recentErrors,
  "errors-by-type": query(
    'filter level in ["ERROR", "CRITICAL"] or ispresent(error.name)',
    "| stats count(*) as errors, latest(@timestamp) as last_seen, latest(correlation_id) as example by error_code, error.name, route",
    "| sort errors desc",
  ),
  "failed-invocations": query(
    'filter type = "platform.report" and record.status != "success"',
    "| stats count(*) as failures, latest(@timestamp) as last_seen, latest(record.requestId) as example by record.status, record.errorType",
    "| sort failures desc",
  ),
  "slowest-requests": query(
    "fields @timestamp, route, status, duration_ms, cold_start, correlation_id",
    "| filter ispresent(duration_ms)",
    "| sort duration_ms desc",
    "| limit 50",
  ),
  "latency-by-route": query(
    "filter ispresent(duration_ms)",
    "| stats count(*) as requests, pct(duration_ms, 50) as p50, pct(duration_ms, 90) as p90, pct(duration_ms, 99) as p99 by route",
    "| sort p99 desc",
  ),
  "cold-starts": query(
    'filter type = "platform.report"',
    "| stats count(*) as invocations, count(record.metrics.initDurationMs) as cold_starts",
    "count(record.metrics.initDurationMs) / count(*) * 100 as percent",
    "pct(record.metrics.initDurationMs, 50) as init_p50, pct(record.metrics.initDurationMs, 99) as init_p99",
    "max(record.metrics.maxMemoryUsedMB) as memory_used_mb by bin(15m)",
  ),
  "throttled-calls": query(
    "fields @timestamp, coalesce(route, routeKey) as called, status, error.name, error.message, sourceIp, correlation_id",
    '| filter status = 429 or status = "429" or error.name in ["ProvisionedThroughputExceededException", "RequestLimitExceeded", "ThrottlingException", "TooManyRequestsException"]',
    "| sort @timestamp desc",
    "| limit 200",
  ),
};

/** Standard queries that are about invocations, which a container has none of. */
const ofInvocations: ReadonlySet<string> = new Set(["failed-invocations", "cold-starts"]);

/** The queries of every service whose code runs in containers, by name: its lines are those of the runtime library. */
export const containerQueries: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(standardQueries).filter(([name]) => !ofInvocations.has(name))),
  "unstructured-lines": query(
    "fields @timestamp, @message, @logStream",
    "| filter not ispresent(level)",
    "| sort @timestamp desc",
    "| limit 100",
  ),
};

/** Joins lines: a line that starts with `|` is a new command, any other line continues the arguments after a comma. */
function query(...lines: readonly string[]): string {
  return lines.reduce((text, line) => (line.startsWith("|") ? `${text}\n${line}` : `${text},\n    ${line}`));
}
