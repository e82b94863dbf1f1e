import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { Root } from "protobufjs";

/** A span as a receiver reads it, with the resource that it is of. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** Empty for the first of a trace. */
  readonly parentSpanId: string;
  readonly name: string;
  /** `SPAN_KIND_SERVER` */
  readonly kind: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly resource: Readonly<Record<string, unknown>>;
  /** `STATUS_CODE_ERROR`; undefined where none was set. */
  readonly status?: string;
}

/** A receiver of OTLP over HTTP. */
export interface OtlpReceiver {
  readonly endpoint: string;
  readonly spans: readonly ReceivedSpan[];
  /** The headers of each request. */
  readonly headers: readonly IncomingHttpHeaders[];
  /** What requests are answered with; 200 by default. */
  status: number;
  stop(): Promise<void>;
}

interface Value {
  readonly stringValue?: string;
  readonly intValue?: string;
  readonly doubleValue?: number;
  readonly boolValue?: boolean;
  readonly arrayValue?: { readonly values: readonly Value[] };
}
type Attributes = readonly { readonly key: string; readonly value: Value }[];

interface Request {
  readonly resourceSpans?: readonly {
    readonly resource: { readonly attributes: Attributes };
    readonly [scopes: string]: unknown;
  }[];
}

/** The definitions of the protocol as OpenTelemetry publishes them, in a package of its own: none of this repository's code encodes or decodes. */
function requestType() {
  const entry = createRequire(__filename).resolve("@opentelemetry/otlp-grpc-exporter-base/package.json");
  const root = new Root();
  root.resolvePath = (_origin, target) => join(dirname(entry), "build/protos", target);
  root.loadSync("opentelemetry/proto/collector/trace/v1/trace_service.proto");
  return root.lookupType("opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest");
}

/** Starts a receiver on a free port of this machine, which decodes what it is sent. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const type = requestType();
  const spans: ReceivedSpan[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const sent = Buffer.concat(chunks);
    headers.push(request.headers);
    const isProtobuf = request.headers["content-type"] === "application/x-protobuf" && request.url === "/v1/traces";
    if (receiver.status === 200 && isProtobuf) {
      const body = request.headers["content-encoding"] === "gzip" ? gunzipSync(sent) : sent;
      spans.push(...spansIn(type.toObject(type.decode(body), { longs: String, enums: String, bytes: String })));
    }
    response.writeHead(isProtobuf ? receiver.status : 415, { "content-type": "application/x-protobuf" });
    response.end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const receiver = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/traces`,
    spans,
    headers,
    status: 200,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return receiver;
}

interface RawSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: string;
  readonly attributes?: Attributes;
  readonly status?: { readonly code?: string };
}

/** Older definitions call a scope an instrumentation library; the field has the same number. */
function spansIn({ resourceSpans = [] }: Request): ReceivedSpan[] {
  return resourceSpans.flatMap(({ resource, ...rest }) => {
    const scopes = Object.values(rest)
      .flatMap((value) => value as unknown[])
      .filter((value): value is { spans: RawSpan[] } => Array.isArray((value as { spans?: unknown })?.spans));
    return scopes.flatMap((scope) =>
      scope.spans.map((span) => ({
        traceId: hex(span.traceId),
        spanId: hex(span.spanId),
        parentSpanId: hex(span.parentSpanId ?? ""),
        name: span.name,
        kind: span.kind,
        attributes: plain(span.attributes ?? []),
        resource: plain(resource.attributes),
        ...(span.status?.code === undefined ? {} : { status: span.status.code }),
      })),
    );
  });
}

const hex = (base64: string): string => Buffer.from(base64, "base64").toString("hex");

const plain = (attributes: Attributes): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, plainValue(value)]));

function plainValue({ stringValue, intValue, doubleValue, boolValue, arrayValue }: Value): unknown {
  if (arrayValue) return arrayValue.values.map(plainValue);
  return stringValue ?? boolValue ?? doubleValue ?? (intValue === undefined ? undefined : Number(intValue));
}
