import { ExportResultCode } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import type { ReadableSpan } from "@opentelemetry/sdk-trace";
import { SecretCache } from "../secrets/secret-cache.js";
import type { SpanBufferOptions } from "./span-buffer.js";

/** Sends spans by OTLP over HTTP, as protobuf; in a file of its own, so that it is loaded with the first span that is recorded. */
export function createSpanSender({
  url,
  timeoutMs,
  headers,
}: SpanBufferOptions): (spans: ReadableSpan[]) => Promise<void> {
  const secret = headers && new SecretCache({ sources: [headers], parse: headersIn, isAuthenticationError: isRefused });
  let current: Readonly<Record<string, string>> = {};
  const exporter = new OTLPTraceExporter({ url, timeoutMillis: timeoutMs, headers: async () => ({ ...current }) });
  const send = (spans: ReadableSpan[]) =>
    new Promise<void>((resolve, reject) => {
      exporter.export(spans, ({ code, error }) => (code === ExportResultCode.SUCCESS ? resolve() : reject(error)));
    });
  // While the invocation works; the end of it would have to wait.
  secret?.get().catch(() => undefined);
  return async (spans) => {
    if (!secret) return await send(spans);
    // After a rotation the receiver refuses the last token once.
    await secret.withSecret(async (value) => {
      current = value;
      await send(spans);
    });
  };
}

/** `{"authorization": "Bearer ..."}`; SecretCache replaces what is thrown here, as it may quote the secret. */
function headersIn(text: string): Readonly<Record<string, string>> {
  const headers: unknown = JSON.parse(text);
  const isObject = typeof headers === "object" && headers !== null && !Array.isArray(headers);
  if (!isObject || Object.values(headers).some((value) => typeof value !== "string")) throw new TypeError("no headers");
  return headers as Record<string, string>;
}

const isRefused = (error: unknown): boolean => {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return code === 401 || code === 403;
};
