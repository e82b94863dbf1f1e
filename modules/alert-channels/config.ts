import { z } from "zod";
import { httpsUrl, kebabName, strictObject, withRule } from "../core";
import { deadLetterAge } from "../dead-letter-queue";

export type * from "./input";

/** How urgent an alarm is, by the last word of its name: `-page`, or anything else. */
export const severities = ["page", "ticket"] as const;

export type Severity = (typeof severities)[number];

const endpoint = httpsUrl("an https endpoint", "write https://<host>/<path>, without user, password and query", {
  path: true,
  capitals: true,
}).max(2048);

const common = {
  name: kebabName(20).describe("Name of the receiver. Part of the Terraform addresses and of the connection's name."),
  severities: z
    .array(z.enum(severities))
    .min(1)
    .max(2)
    .default(["page", "ticket"])
    .describe("Which alarms it gets: those whose names end in -page, all others, or both."),
  callsPerSecond: z
    .int()
    .min(1)
    .max(300)
    .default(10)
    .describe("Calls a second at most; what is more waits, and is not lost."),
  retries: z.int().min(0).max(185).default(185).describe("Retries of a call that fails, before it is a dead letter."),
  retrySeconds: z
    .int()
    .min(60)
    .max(86_400)
    .default(86_400)
    .describe("How long calls are retried, in seconds, before they are dead letters."),
};

const receiver = z.discriminatedUnion("format", [
  strictObject(() => ({
    format: z.literal("pagerduty").describe("PagerDuty, by its Events API v2: opens incidents and resolves them."),
    ...common,
    serviceRegion: z.enum(["us", "eu"]).default("us").describe("Where the account of PagerDuty is."),
  })),
  strictObject(() => ({
    format: z.literal("opsgenie").describe("Opsgenie, by its Alert API: creates alerts and closes them."),
    ...common,
    serviceRegion: z.enum(["us", "eu"]).default("us").describe("Where the account of Opsgenie is."),
  })),
  strictObject(() => ({
    format: z.literal("slack").describe("Slack, by its Web API: a message for each alarm and each recovery."),
    ...common,
    channel: z
      .string()
      .regex(/^[CGD][A-Z0-9]{8,14}$/, "is not an id of a channel; copy it from the channel's details, like C0123456789")
      .describe("Id of the channel, which the app has to be a member of."),
  })),
  strictObject(() => ({
    format: z.literal("generic").describe("Anything that takes JSON by POST."),
    ...common,
    endpoint: endpoint.describe("Where to post to. It is stored in the state, so it must not hold a secret."),
    header: z
      .string()
      .min(1)
      .max(64)
      .regex(/^[A-Za-z0-9-]+$/, "is not a name of a header; write it like Authorization or X-Api-Key")
      .default("Authorization")
      .describe("Header that carries the secret of the receiver."),
  })),
]);

export type Receiver = z.output<typeof receiver>;

/** Receivers of alarms, besides those of the alert topics. */
export const alertChannelsConfig = withRule(
  strictObject(() => ({
    receivers: z
      .array(receiver)
      .min(1)
      .max(20)
      .describe("Chat and incident tools. Each gets its secret by a command, after the first deployment."),
    deadLetterAgeSeconds: deadLetterAge
      .default(3600)
      .describe("Age of the oldest alert that could not be delivered, in seconds, at which an alarm fires."),
  })),
  ({ receivers }, report) => {
    const names = receivers.map(({ name }) => name);
    receivers.forEach(({ name, severities: gets }, index) => {
      if (names.indexOf(name) < index) {
        report(["receivers", index, "name"], "is the name of another receiver; choose another one");
      }
      if (gets.length === 2 && gets[0] === gets[1]) {
        report(["receivers", index, "severities", 1], "is listed twice; remove one");
      }
    });
  },
);

export type AlertChannelsConfig = z.output<typeof alertChannelsConfig>;
