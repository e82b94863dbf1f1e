import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AlertTopic, type AlertTopicInput, type AlertTopicProps, AlertTopics } from "../../../modules/alert-topic";
import type { DeploymentStack, RegionalKey } from "../../../modules/core";
import { ref, resolve, synth } from "../../support/synth";
import { everyOption } from "./every-option";
import { build as example } from "./example";

const account = "123456789012";
const key: RegionalKey = { arnIn: (region) => `arn:aws:kms:${region}:${account}:key/mrk-1`, grantUse: () => undefined };

function topic(stack: DeploymentStack, props: Partial<AlertTopicProps> = {}): AlertTopic {
  return new AlertTopic(stack, "alerts", {
    config: { emails: ["on-call@example.com"] },
    name: "test-alerts",
    region: "eu-west-1",
    account,
    key,
    ...props,
  });
}

describe("AlertTopic", () => {
  const { at } = synth((stack) => topic(stack));

  test("is encrypted with the key of its region", () => {
    expect(at("aws_sns_topic.alerts_topic")).toMatchObject({
      provider: "aws.eu-west-1",
      name: "test-alerts",
      kms_master_key_id: `arn:aws:kms:eu-west-1:${account}:key/mrk-1`,
    });
  });

  describe("policy", () => {
    const policy = JSON.parse(at("aws_sns_topic_policy.alerts_policy").policy as string);
    const statement = (sid: string) => policy.Statement.find(({ Sid }: { Sid: string }) => Sid === sid);

    test("takes alarms and budgets of the account only", () => {
      const ofOurAccount = { StringEquals: { "aws:SourceAccount": account } };
      expect(statement("Alarms")).toMatchObject({
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: "sns:Publish",
        Resource: ref("aws_sns_topic.alerts_topic.arn"),
        Condition: ofOurAccount,
      });
      expect(statement("Budgets").Condition).toEqual({
        ...ofOurAccount,
        ArnLike: { "aws:SourceArn": `arn:aws:budgets::${account}:*` },
      });
    });

    test("puts no condition on EventBridge, which would lose its messages", () => {
      expect(statement("Events")).toEqual({
        Sid: "Events",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sns:Publish",
        Resource: ref("aws_sns_topic.alerts_topic.arn"),
      });
    });

    test("denies publishing without TLS, and allows nothing but publishing", () => {
      expect(statement("SecureTransportOnly")).toMatchObject({
        Effect: "Deny",
        Principal: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      });
      expect(new Set(policy.Statement.map(({ Action }: { Action: string }) => Action))).toEqual(
        new Set(["sns:Publish"]),
      );
    });
  });

  describe("subscriptions", () => {
    const subscriptions = (config: AlertTopicInput) =>
      synth((stack) => topic(stack, { config })).resource.aws_sns_topic_subscription ?? {};

    test("deliver to e-mail addresses, and to endpoints that confirm by themselves", () => {
      const all = Object.values(
        subscriptions({ emails: ["a@example.com"], httpsEndpoints: ["https://alerts.example.com/in"] }),
      );
      expect(all).toEqual([
        expect.objectContaining({ protocol: "email", endpoint: "a@example.com" }),
        expect.objectContaining({
          protocol: "https",
          endpoint: "https://alerts.example.com/in",
          endpoint_auto_confirms: true,
        }),
      ]);
    });

    test("keep their addresses when another is taken off the list, so that nobody must confirm again", () => {
      const both = Object.keys(subscriptions({ emails: ["a@example.com", "b@example.com"] }));
      expect(both).toContain(Object.keys(subscriptions({ emails: ["b@example.com"] }))[0]);
    });
  });

  test("keeps its addresses", () => {
    const ours = synth(everyOption).addresses.filter((address) => address.startsWith("aws_sns"));
    expect(ours).toEqual([
      "aws_sns_topic.alerts-eu-central-1_topic",
      "aws_sns_topic.alerts-eu-west-1_topic",
      "aws_sns_topic_policy.alerts-eu-central-1_policy",
      "aws_sns_topic_policy.alerts-eu-west-1_policy",
      ...["eu-central-1", "eu-west-1"].flatMap((region) =>
        ["email-6bfbb174", "email-c63654f3", "https-a2e29c2f"].map(
          (id) => `aws_sns_topic_subscription.alerts-${region}_${id}`,
        ),
      ),
    ]);
  });

  describe("refuses", () => {
    const configs: [string, object, string][] = [
      [
        "a list without any recipient",
        {},
        "(root): has no recipient, so nobody would see an alarm; add an address to emails or httpsEndpoints",
      ],
      [
        "an address that is none",
        { emails: ["on-call"] },
        'emails[0]: is not an e-mail address; write it like name@example.com (received "on-call")',
      ],
      [
        "an endpoint without TLS",
        { httpsEndpoints: ["http://alerts.example.com"] },
        "httpsEndpoints[0]: is not an https endpoint, because it does not begin with https://; write https://<host>/<path>",
      ],
      [
        "an endpoint with a password",
        { httpsEndpoints: ["https://user:pass@alerts.example.com"] },
        "httpsEndpoints[0]: looks like a secret, because it holds a user name and a password in a URL; keep it in Secrets Manager",
      ],
      [
        "a recipient listed twice",
        { emails: ["a@example.com", "a@example.com"] },
        "emails[1]: is listed twice; remove the duplicate",
      ],
      ["a field that does not exist", { email: ["a@example.com"] }, 'email: unknown field; did you mean "emails"?'],
    ];
    test.each(configs)("%s", (_, config, message) => {
      expect(() => synth((stack) => topic(stack, { config }))).toThrow(message);
    });

    test("a name that no topic can have", () => {
      expect(() => synth((stack) => topic(stack, { name: "test.alerts" }))).toThrow(
        'test/alerts: "test.alerts" is not a valid topic name; use 1 to 256 letters, digits, _ and -',
      );
    });
  });

  test("is shown in its README by an example that compiles and builds", () => {
    const readme = readFileSync(join(__dirname, "../../../modules/alert-topic/README.md"), "utf8");
    const source = readFileSync(join(__dirname, "example.ts"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function")).trim());
    expect(synth((stack) => example(stack, key)).addresses).toContain("aws_sns_topic.alerts-eu-west-1_topic");
  });
});

describe("AlertTopics", () => {
  test("report to the topic of the alarm's region, and refuse a region without one", () => {
    synth((stack) => {
      const topics = new AlertTopics(stack, [topic(stack)]);
      expect(resolve(stack, topics.topicArn("eu-west-1"))).toBe(ref("aws_sns_topic.alerts_topic.arn"));
      expect(() => topics.topicArn("eu-central-1")).toThrow(
        'test: has no alert topic in region "eu-central-1", only in: eu-west-1; create one there',
      );
    });
  });
});
