import { carriedHeaders } from "./carried.js";
import { inSpan } from "./tracing.js";

/**
 * `fetch` that sends the correlation id along, in `x-correlation-id`, and `traceparent` where there is OpenTelemetry, with a span for
 * each call. Headers that the caller sets stay as they are. Not for receivers that may not know of the ids.
 * @param send what sends; `fetch` by default
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-client-span
 */
export function carryingFetch(send: typeof fetch = fetch): typeof fetch {
  return (input, init) => {
    const { url, method } = requestOf(input, init);
    return inSpan("fetch", { url, method }, async (span) => {
      const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
      for (const [name, value] of Object.entries(carriedHeaders())) if (!headers.has(name)) headers.set(name, value);
      const response = await send(input, { ...init, headers });
      span.status(response.status);
      if (response.status >= 400) span.fail(String(response.status));
      return response;
    });
  };
}

function requestOf(input: Parameters<typeof fetch>[0], init: RequestInit | undefined) {
  const { url, method } = input instanceof Request ? input : { url: String(input), method: "GET" };
  return { url: new URL(url), method: (init?.method ?? method).toUpperCase() };
}
