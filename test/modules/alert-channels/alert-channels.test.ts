import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { AlertChannels, type AlertChannelsInput } from "../../../modules/alert-channels";
import { type Synthesized, synth } from "../../support/synth";
import { alarmEvent, Receivers } from "./event-bridge";
import { everyOption } from "./every-option";

const build = (config: AlertChannelsInput): Synthesized =>
  synth(
    (stack) =>
      new AlertChannels(stack, "channels", {
        config,
        environment: "prod",
        region: "eu-west-1",
        account: "123456789012",
      }),
  );

/** What each receiver takes, by its public description. */
const schemas = {
  /** https://github.com/PagerDuty/api-schema, reference/events-v2 */
  pagerduty: z.looseObject({
    routing_key: z.string().length(32),
    event_action: z.enum(["trigger", "acknowledge", "resolve"]),
    dedup_key: z.string().min(1).max(255),
    payload: z.object({
      summary: z.string().min(1).max(1024),
      source: z.string().min(1),
      severity: z.enum(["critical", "warning", "error", "info"]),
      timestamp: z.iso.datetime(),
      component: z.string(),
      group: z.string(),
      class: z.string(),
      custom_details: z.looseObject({}),
    }),
    links: z.array(z.object({ href: z.url(), text: z.string() })).optional(),
  }),
  /** https://docs.opsgenie.com/docs/alert-api */
  opsgenie: z.strictObject({
    message: z.string().min(1).max(130),
    alias: z.string().max(512),
    description: z.string().max(15_000),
    priority: z.enum(["P1", "P2", "P3", "P4", "P5"]),
    source: z.string().max(100),
    entity: z.string().max(512),
    tags: z.array(z.string().max(50)).max(20),
    details: z.record(z.string(), z.string()),
  }),
  opsgenieClose: z.strictObject({ source: z.string().max(100), note: z.string().max(25_000) }),
  /** https://docs.slack.dev/reference/methods/chat.postMessage */
  slack: z.strictObject({
    channel: z.string(),
    text: z.string().max(4000),
    blocks: z
      .array(
        z.discriminatedUnion("type", [
          z.strictObject({
            type: z.literal("section"),
            text: z.strictObject({ type: z.literal("plain_text"), text: z.string().min(1).max(3000) }),
          }),
          z.strictObject({
            type: z.literal("context"),
            elements: z.array(z.strictObject({ type: z.literal("plain_text"), text: z.string() })).max(10),
          }),
        ]),
      )
      .max(50),
    unfurl_links: z.boolean(),
  }),
};

describe("AlertChannels", () => {
  const all = synth(everyOption);
  const channels = new Receivers();
  beforeAll(() => channels.start());
  afterAll(() => channels.stop());

  const secret = "0123456789abcdef0123456789abcdef";

  /** Delivers what the rule of a receiver passes on. */
  async function deliver(name: string, severity: "page" | "ticket", change: "begins" | "ends", destination = name) {
    const target = all.at(`aws_cloudwatch_event_target.full_${name}-${severity}-${change}-target`);
    const suffix = change === "ends" && destination !== name ? "-destination-ends" : "-destination";
    const { invocation_endpoint: endpoint } = all.at(`aws_cloudwatch_event_api_destination.full_${name}${suffix}`);
    const connection = all.at(`aws_cloudwatch_event_connection.full_${name}-connection`);
    const event = alarmEvent("test-orders-budget-fast-page", change === "begins" ? "ALARM" : "OK");
    return channels.deliver(
      { endpoint: String(endpoint), target: target as never, connection: connection as never, secret },
      event,
    );
  }

  const reason = 'Threshold Crossed: 1 datapoint [99.5] was "greater" than \\ the threshold (50.0).';
  const arn = "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:test-orders-budget-fast-page";

  test("opens and resolves an incident of PagerDuty by the ARN of the alarm, with the key in the body", async () => {
    const begun = await deliver("on-call", "page", "begins");
    expect(begun.url).toBe("/v2/enqueue");
    expect(schemas.pagerduty.parse(begun.body)).toMatchObject({
      routing_key: secret,
      event_action: "trigger",
      dedup_key: arn,
      payload: {
        summary: "test: test-orders-budget-fast-page in eu-west-1",
        severity: "critical",
        custom_details: { reason },
      },
    });
    const ended = await deliver("on-call", "page", "ends");
    expect(schemas.pagerduty.parse(ended.body)).toMatchObject({ event_action: "resolve", dedup_key: arn });
    const ticket = await deliver("on-call", "ticket", "begins");
    expect(schemas.pagerduty.parse(ticket.body).payload.severity).toBe("warning");
  });

  test("creates an alert of Opsgenie, and closes it by its alias", async () => {
    const begun = await deliver("genie", "ticket", "begins");
    expect([begun.url, begun.headers.authorization]).toEqual(["/v2/alerts", secret]);
    expect(schemas.opsgenie.parse(begun.body)).toMatchObject({ alias: arn, priority: "P3", description: reason });
    const ended = await deliver("genie", "ticket", "ends", "closing");
    expect(ended.url).toBe(`/v2/alerts/${encodeURIComponent(arn)}/close?identifierType=alias`);
    expect(schemas.opsgenieClose.parse(ended.body)).toMatchObject({ note: reason });
  });

  test("writes a message to Slack, with the token in a header", async () => {
    const { url, headers, body } = await deliver("chat", "page", "begins");
    expect([url, headers.authorization]).toEqual(["/api/chat.postMessage", secret]);
    const { channel, text, blocks } = schemas.slack.parse(body);
    expect([channel, text]).toEqual(["C0123456789", "PAGE: test-orders-budget-fast-page in eu-west-1"]);
    expect(JSON.stringify(blocks)).toContain(
      "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#alarmsV2:alarm/test-orders-budget-fast-page",
    );
    expect(schemas.slack.parse((await deliver("chat", "ticket", "ends")).body).text).toMatch(/^Over: /);
  });

  test("posts plain JSON to anything else", async () => {
    const { url, headers, body } = await deliver("own", "page", "begins");
    expect([url, headers["x-api-key"]]).toEqual(["/in", secret]);
    expect(body).toMatchObject({ version: 1, environment: "test", severity: "page", state: "ALARM", arn, reason });
  });

  test("holds no secret: a placeholder that Terraform leaves alone", () => {
    for (const connection of Object.values(all.resource.aws_cloudwatch_event_connection ?? {})) {
      expect(connection).toMatchObject({
        auth_parameters: { api_key: { value: "not-set-yet" } },
        lifecycle: { ignore_changes: ["auth_parameters"] },
      });
    }
  });

  test("sends pages and all else by the last word of the alarm's name, and never the alarms below others", () => {
    const patternOf = (id: string) => JSON.parse(String(all.at(`aws_cloudwatch_event_rule.full_${id}`).event_pattern));
    expect(patternOf("on-call-page-begins")).toEqual({
      source: ["aws.cloudwatch"],
      "detail-type": ["CloudWatch Alarm State Change"],
      resources: [{ prefix: "arn:aws:cloudwatch:eu-west-1:111111111111:alarm:test-" }],
      detail: { alarmName: [{ suffix: "-page" }], state: { value: ["ALARM"] } },
    });
    expect(patternOf("on-call-ticket-ends").detail).toEqual({
      alarmName: [{ "anything-but": { suffix: ["-page", "-window"] } }],
      state: { value: ["OK"] },
    });
    // An alarm that is made is well at first, which nobody in a chat wants to read.
    expect(patternOf("chat-ticket-ends").detail.previousState).toEqual({ value: ["ALARM"] });
  });

  test("retries, and keeps what could not be delivered", () => {
    expect(all.at("aws_cloudwatch_event_target.full_on-call-page-begins-target")).toMatchObject({
      retry_policy: { maximum_retry_attempts: 20, maximum_event_age_in_seconds: 3600 },
      dead_letter_config: { arn: expect.stringContaining("aws_sqs_queue.full_undelivered_queue") },
    });
    expect(JSON.stringify(all.at("aws_sqs_queue_policy.full_undelivered_queue-policy"))).toContain(
      "arn:aws:events:eu-west-1:111111111111:rule/test-alerts-*",
    );
    expect(all.at("aws_cloudwatch_metric_alarm.full_undelivered_visible-alarm").alarm_actions).toBeDefined();
  });

  test("lets EventBridge call the destinations of a receiver and nothing else", () => {
    const { policy } = all.at("aws_iam_role_policy.full_genie_policy");
    const { Statement } = JSON.parse(String(policy));
    expect(Statement.map(({ Action }: { Action: string }) => Action)).toEqual(
      Statement.map(() => "events:InvokeApiDestination"),
    );
    expect(JSON.stringify(Statement)).toContain("full_genie-destination-ends.arn");
  });

  test.each<[string, AlertChannelsInput, string]>([
    [
      "two receivers of one name",
      {
        receivers: [
          { name: "a", format: "pagerduty" },
          { name: "a", format: "opsgenie" },
        ],
      },
      "receivers[1].name: is the name of another receiver; choose another one",
    ],
    [
      "an endpoint without TLS",
      { receivers: [{ name: "a", format: "generic", endpoint: "http://a.example.com/in" }] },
      "receivers[0].endpoint: is not an https endpoint, because it does not begin with https://",
    ],
    [
      "a channel by its name",
      { receivers: [{ name: "a", format: "slack", channel: "#orders" }] },
      "receivers[0].channel: is not an id of a channel; copy it from the channel's details, like C0123456789",
    ],
    [
      "more calls than EventBridge makes",
      { receivers: [{ name: "a", format: "pagerduty", callsPerSecond: 301 }] },
      "receivers[0].callsPerSecond: is too large; use at most 300",
    ],
  ])("refuses %s", (_, config, message) => {
    expect(() => build(config)).toThrow(message);
  });

  test("is shown in its README by an example that compiles", () => {
    const readme = readFileSync(join(__dirname, "../../../modules/alert-channels/README.md"), "utf8");
    const source = readFileSync(join(__dirname, "example.ts"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function")).trim());
  });
});
