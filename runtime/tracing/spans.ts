import type { Context } from "aws-lambda";
import { metadataOf } from "../events/event-metadata.js";
import { carriedBy } from "../observability/carried.js";
import type { SpanSources, TraceContext } from "../observability/tracing.js";

/** What is known of a span, by OpenTelemetry's semantic conventions; what is undefined is left out. */
export type SpanAttributes = Readonly<Record<string, string | number | undefined>>;

/** A span to begin. */
export interface SpanOptions {
  readonly name: string;
  /** `server` and `consumer` begin what a function does, `client` and `producer` ask others. */
  readonly kind: "server" | "consumer" | "producer" | "client" | "internal";
  readonly attributes: SpanAttributes;
  /** What it goes on with: nothing if it carries nothing, the span of the caller if left out. */
  readonly parent?: TraceContext;
}

/**
 * How each span is named and what it says. Paths, bodies and items stay out of spans, as they do of the log: they hold the ids of customers.
 * @see https://opentelemetry.io/docs/specs/semconv/
 */
export const spans: { readonly [K in keyof SpanSources]: (source: SpanSources[K]) => SpanOptions } = {
  request: ({ event: { routeKey, headers, requestContext }, context }) => ({
    name: routeKey,
    kind: "server",
    parent: carriedBy(headers),
    attributes: {
      ...invocation(context, "http"),
      "http.request.method": requestContext.http?.method,
      "http.route": routeKey.replace(/^\S+ /, ""),
      "url.scheme": "https",
      "server.address": requestContext.domainName,
    },
  }),
  event: ({ event, context }) => {
    const { eventId, ...parent } = metadataOf(event.detail);
    return {
      name: `process ${event["detail-type"]}`,
      kind: "consumer",
      parent,
      attributes: {
        ...invocation(context, "pubsub"),
        ...ofEvent(event.source, event["detail-type"]),
        ...processing("aws_eventbridge"),
        "messaging.message.id": eventId,
      },
    };
  },
  message: ({ record, found, context }) => {
    const queue = record.eventSourceARN.split(":").at(-1) ?? "";
    return {
      name: `process ${queue}`,
      kind: "consumer",
      parent: found?.carried ?? {},
      attributes: {
        ...invocation(context, "pubsub"),
        ...ofEvent(found?.source, found?.detailType),
        ...processing("aws_sqs"),
        "messaging.destination.name": queue,
        "messaging.message.id": record.messageId,
      },
    };
  },
  // The item says what trace wrote it, wherever it did; an item that is removed, what wrote it last.
  change: ({ change, context }) => ({
    name: `process ${change?.table ?? "change"}`,
    kind: "consumer",
    parent: carriedBy(change?.image ?? {}),
    attributes: {
      ...invocation(context, "datasource"),
      "db.system.name": "aws.dynamodb",
      "db.collection.name": change?.table,
      "faas.document.collection": change?.table,
      "faas.document.operation": change && { inserted: "insert", modified: "edit", removed: "delete" }[change.kind],
    },
  }),
  schedule: ({ call, context }) => ({
    name: `run ${call.schedule}`,
    kind: "server",
    parent: {},
    attributes: {
      ...invocation(context, "timer"),
      "faas.time": call.scheduledTime,
      "aws.scheduler.schedule": call.schedule,
      "aws.scheduler.attempt": call.attempt,
    },
  }),
  invocation: ({ event, context }) => ({
    name: "invoke",
    kind: "server",
    parent: metadataOf(event),
    attributes: invocation(context, "other"),
  }),
  publishing: ({ bus, count }) => ({
    name: `send ${bus}`,
    kind: "producer",
    attributes: {
      "messaging.system": "aws_eventbridge",
      "messaging.operation.type": "send",
      "messaging.operation.name": "send",
      "messaging.destination.name": bus,
      "messaging.batch.message_count": count,
    },
  }),
  dependency: ({ name, region }) => ({
    name: `call ${name}`,
    kind: "internal",
    attributes: { "service.peer.name": name, "dependency.region": region },
  }),
  fetch: ({ url, method }) => ({
    name: method,
    kind: "client",
    attributes: {
      "http.request.method": method,
      "server.address": url.hostname,
      "server.port": Number(url.port || (url.protocol === "http:" ? 80 : 443)),
      "url.full": url.origin,
    },
  }),
};

/** @see https://opentelemetry.io/docs/specs/semconv/faas/aws-lambda/ */
const invocation = (
  { awsRequestId, invokedFunctionArn }: Context,
  trigger: "http" | "pubsub" | "datasource" | "timer" | "other",
): SpanAttributes => ({
  "faas.trigger": trigger,
  "faas.invocation_id": awsRequestId,
  "cloud.resource_id": invokedFunctionArn,
});

/** @see https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/ */
const processing = (system: "aws_eventbridge" | "aws_sqs"): SpanAttributes => ({
  "messaging.system": system,
  "messaging.operation.type": "process",
  "messaging.operation.name": "process",
});

const ofEvent = (source: string | undefined, detailType: string | undefined): SpanAttributes => ({
  "aws.event.source": source,
  "aws.event.detail_type": detailType,
});
