import { inRegions, linesOf } from "./line";

const api = linesOf({
  service: "Amazon API Gateway",
  source: "https://aws.amazon.com/api-gateway/pricing/",
  asOf: "2026-09-24",
});
const events = linesOf({
  service: "Amazon EventBridge",
  source: "https://aws.amazon.com/eventbridge/pricing/",
  asOf: "2026-09-25",
});
const sqs = linesOf({ service: "Amazon SQS", source: "https://aws.amazon.com/sqs/pricing/", asOf: "2026-09-24" });

/** Prices of requests, events and messages. */
export const messagePrices = {
  "api-gateway.http": api("request", 1_000_000, inRegions(1, 1.11, 1.2, 1.29, 1.23, 1.05, 1.25, 1.29)),
  "eventbridge.events": events("event of up to 64 KB", 1_000_000, 1),
  "eventbridge.archived": events("GB", 1, inRegions(0.1, 0.11, 0.12, 0.13, 0.13, 0.12, 0.13, 0.13)),
  "eventbridge.archive": events("GB-month", 1, inRegions(0.023, 0.023, 0.0245, 0.025, 0.025, 0.025, 0.025, 0.025)),
  "scheduler.invocations": events("invocation", 1_000_000, inRegions(1, 1, 1.15, 1.25, 1.15, 1.05, 1.25, 1.2), {
    asOf: "2026-09-24",
    free: 14_000_000,
  }),
  "sqs.standard": sqs("request", 1_000_000, 0.4, { free: 1_000_000 }),
  "sqs.fifo": sqs("request", 1_000_000, 0.5),
} as const;
