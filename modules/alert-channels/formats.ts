import { consoleUrl } from "../core";
import type { Receiver, Severity } from "./config";
import { inputPaths, template, whole } from "./template";

/** What EventBridge calls when an alarm begins or ends. */
export interface Call {
  readonly method: "POST";
  readonly endpoint: string;
  /** Values of the event that `*` in the endpoint stands for. */
  readonly pathParameters?: readonly string[];
  /** What follows the endpoint after a question mark. */
  readonly query?: Readonly<Record<string, string>>;
  /** The body, with placeholders. */
  readonly body: string;
}

/** How a receiver is spoken to. */
export interface Format {
  /** Header that carries the secret. */
  readonly header: string;
  /** A field of the body that carries the secret, where the receiver takes it there. */
  readonly secretField?: string;
  /** Whether it only has to hear of what it was told of: a chat, in which new alarms that are well would be noise. */
  readonly onlyRecoveries: boolean;
  begins(at: At): Call;
  ends(at: At): Call;
}

interface At {
  readonly environment: string;
  readonly region: string;
  readonly severity: Severity;
}

const link = ({ region }: At): string => `${consoleUrl(region, "cloudwatch")}#alarmsV2:alarm/<name>`;

const title = ({ environment, region }: At): string => `${environment}: <name> in ${region}`;

type Formats = { readonly [F in Receiver["format"]]: (receiver: Extract<Receiver, { format: F }>) => Format };

const formats: Formats = {
  /** @see https://developer.pagerduty.com/docs/send-alert-event */
  pagerduty: ({ serviceRegion }) => {
    const endpoint = `https://events.${serviceRegion === "eu" ? "eu." : ""}pagerduty.com/v2/enqueue`;
    const event = (at: At, action: "trigger" | "resolve", rest: object = {}): Call => ({
      method: "POST",
      endpoint,
      body: template({
        event_action: action,
        dedup_key: whole("arn"),
        payload: {
          summary: title(at),
          source: whole("arn"),
          severity: at.severity === "page" ? "critical" : "warning",
          timestamp: whole("time"),
          component: whole("name"),
          group: at.environment,
          class: at.severity,
          custom_details: { reason: whole("reason"), region: whole("region") },
        },
        ...rest,
      }),
    });
    return {
      // It reads the key from the body, and EventBridge asks for a header.
      header: "X-Routing-Key",
      secretField: "routing_key",
      onlyRecoveries: false,
      begins: (at) =>
        event(at, "trigger", { client: "Amazon CloudWatch", links: [{ href: link(at), text: "The alarm" }] }),
      ends: (at) => event(at, "resolve"),
    };
  },

  /** @see https://docs.opsgenie.com/docs/alert-api */
  opsgenie: ({ serviceRegion }) => {
    const endpoint = `https://api.${serviceRegion === "eu" ? "eu." : ""}opsgenie.com/v2/alerts`;
    return {
      header: "Authorization",
      onlyRecoveries: false,
      begins: (at) => ({
        method: "POST",
        endpoint,
        body: template({
          message: title(at),
          alias: whole("arn"),
          description: whole("reason"),
          priority: at.severity === "page" ? "P1" : "P3",
          source: "Amazon CloudWatch",
          entity: whole("name"),
          tags: [at.environment, at.region, at.severity],
          details: { alarm: link(at), time: whole("time") },
        }),
      }),
      ends: () => ({
        method: "POST",
        endpoint: `${endpoint}/*/close`,
        pathParameters: [inputPaths.arn],
        query: { identifierType: "alias" },
        body: template({ source: "Amazon CloudWatch", note: whole("reason") }),
      }),
    };
  },

  /** @see https://docs.slack.dev/reference/methods/chat.postMessage */
  slack: ({ channel }) => {
    const message = (at: At, text: string): Call => ({
      method: "POST",
      endpoint: "https://slack.com/api/chat.postMessage",
      body: template({
        channel,
        // For notifications and readers of screens.
        text,
        blocks: [
          { type: "section", text: { type: "plain_text", text } },
          { type: "section", text: { type: "plain_text", text: whole("reason") } },
          { type: "context", elements: [{ type: "plain_text", text: link(at) }] },
        ],
        unfurl_links: false,
      }),
    });
    return {
      header: "Authorization",
      onlyRecoveries: true,
      begins: (at) => message(at, `${at.severity === "page" ? "PAGE" : "Ticket"}: <name> in ${at.region}`),
      ends: (at) => message(at, `Over: <name> in ${at.region}`),
    };
  },

  generic: ({ endpoint, header }) => {
    const call = (at: At, state: "ALARM" | "OK"): Call => ({
      method: "POST",
      endpoint,
      body: template({
        version: 1,
        environment: at.environment,
        region: whole("region"),
        severity: at.severity,
        state,
        alarm: whole("name"),
        arn: whole("arn"),
        reason: whole("reason"),
        time: whole("time"),
        link: link(at),
      }),
    });
    return { header, onlyRecoveries: false, begins: (at) => call(at, "ALARM"), ends: (at) => call(at, "OK") };
  },
};

/** How a receiver is spoken to. */
export const formatOf = (receiver: Receiver): Format =>
  (formats[receiver.format] as (receiver: Receiver) => Format)(receiver);
