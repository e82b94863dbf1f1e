import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AlertChats, type AlertChatsInput } from "../../../modules/alert-chats";
import { synth } from "../../support/synth";
import { everyOption } from "./every-option";

const build = (config: AlertChatsInput, topicArns = ["arn:aws:sns:eu-west-1:123456789012:alerts"]) =>
  synth(
    (stack) =>
      new AlertChats(stack, "chats", {
        config,
        environment: "prod",
        region: "eu-west-1",
        account: "123456789012",
        topicArns,
      }),
  );

const orders = { name: "orders", teamId: "T0123456789", channelId: "C0123456789" };

describe("AlertChats", () => {
  const { at } = synth(everyOption);

  test.each(["slack_channel_configuration.full_orders", "teams_channel_configuration.full_platform"])(
    "lets people in %s look and do nothing else",
    (address) => {
      expect(at(`aws_chatbot_${address}`)).toMatchObject({
        guardrail_policy_arns: ["arn:aws:iam::aws:policy/CloudWatchReadOnlyAccess"],
        iam_role_arn: expect.stringContaining("aws_iam_role.full_look_role.arn"),
        sns_topic_arns: [
          "arn:aws:sns:eu-west-1:111111111111:test-alerts",
          "arn:aws:sns:eu-central-1:111111111111:test-alerts",
        ],
      });
    },
  );

  test("trusts the chats of the account alone", () => {
    expect(JSON.parse(String(at("aws_iam_role.full_look_role").assume_role_policy)).Statement[0]).toMatchObject({
      Principal: { Service: "chatbot.amazonaws.com" },
      Condition: {
        StringEquals: { "aws:SourceAccount": "111111111111" },
        ArnLike: { "aws:SourceArn": "arn:aws:chatbot::111111111111:chat-configuration/*" },
      },
    });
  });

  test.each<[string, AlertChatsInput, string]>([
    ["no channel", {}, "(root): has no channel; add one to slack or teams, or leave it out"],
    [
      "two chats of one name",
      { slack: [orders, { ...orders, channelId: "C1123456789" }] },
      "slack[1].name: is the name of another chat; choose another one",
    ],
    [
      "a team that is no id",
      { teams: [{ name: "platform", tenantId: "x", teamId: "x", channelId: "x" }] },
      "teams[0].tenantId: is not an id of Microsoft; copy it from the link to the channel",
    ],
  ])("refuses %s", (_, config, message) => {
    expect(() => build(config)).toThrow(message);
  });

  test("refuses to write what no topic gets", () => {
    expect(() => build({ slack: [orders] }, [])).toThrow(
      "test/chats: has no topic, so that nothing would be written; pass the ARN of an alert topic",
    );
  });

  test("is shown in its README by an example that compiles", () => {
    const readme = readFileSync(join(__dirname, "../../../modules/alert-chats/README.md"), "utf8");
    const source = readFileSync(join(__dirname, "example.ts"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function")).trim());
  });
});
