/** What a service of an HTTP API answers. */
export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What two services answer alike: all but ids that each makes for itself. */
export const told = ({ statusCode, headers, body }: Answer) => ({
  statusCode,
  headers,
  body: { ...(JSON.parse(body) as object), quoteId: undefined },
});

/** What lines of two services have alike: all but times, ids and what names the function; of these, what kind of value they are. */
export function comparable(line: object) {
  const {
    timestamp,
    duration_ms,
    function_request_id,
    function_arn,
    function_version,
    quote_id,
    error,
    // Whether there is one depends on whether the caller traces.
    xray_trace_id: _,
    ...fixed
  } = line as Record<string, unknown>;
  const kinds = { timestamp, duration_ms, function_request_id, function_arn, function_version, quote_id, error };
  const known = Object.entries(kinds).map(([name, value]) => [name, typeof value]);
  return { ...fixed, ...Object.fromEntries(known) };
}

/** How each line says when it was written. */
export const utcTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
