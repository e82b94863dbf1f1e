import { Construct } from "constructs";
import { type BaseEnvironment, defineCapability, reservedServiceName } from "../contract";
import { topicRegions } from "../contract/alert-regions";
import { AlertChannels, alertChannelsConfig } from "../modules/alert-channels";
import { AlertChats, alertChatsConfig } from "../modules/alert-chats";
import { strictObject } from "../modules/core/strict-object";
import { edgeHome } from "../modules/edge-function";

/** Takes alarms to chat and incident tools, in each region that has an alert topic, besides the topics' own recipients. */
export const alertChannels = defineCapability({
  name: "alertChannels",
  brings: "alerts in chat and incident tools, where the environment names some",
  fields: {
    environment: {
      alertChannels: strictObject(() => ({
        tools: alertChannelsConfig
          .optional()
          .describe("Tools that EventBridge calls, in the format of each, by how urgent an alarm is."),
        chats: alertChatsConfig
          .optional()
          .describe("Channels that AWS's own chat application writes to, whatever the alert topics get."),
      }))
        .optional()
        .describe("Who gets alarms besides the recipients of alerts; nobody if left out."),
    },
  },
  rules: [
    reservedServiceName("alert-channels", "what takes alarms to other tools"),
    reservedServiceName("alert-chats", "what takes alarms to chats"),
  ],
  regions: ({ alertChannels: channels, ...environment }) =>
    channels?.tools ? possibleRegions(environment as BaseEnvironment) : [],
  builds: {
    environment(scope, { config, deployment, alertTopics, alarmTarget }) {
      const { tools, chats } = config.alertChannels ?? {};
      const { environment, account, homeRegion } = deployment;
      const regions = topicRegions(deployment);
      if (tools) {
        const channels = new Construct(scope, "alert-channels");
        for (const region of regions) {
          new AlertChannels(channels, region, { config: tools, environment, region, account, alarms: alarmTarget });
        }
      }
      if (!chats) return;
      new AlertChats(scope, "alert-chats", {
        config: chats,
        environment,
        region: homeRegion,
        account,
        topicArns: regions.map((region) => alertTopics.topicArn(region)),
      });
    },
  },
});

/** Every region that may have an alert topic at some stage. */
function possibleRegions({ regions, services, containers, eventBuses }: BaseEnvironment): string[] {
  const global =
    eventBuses.length > 0 || containers.length > 0 || services.some(({ api, edge }) => edge || api?.domainName);
  return [...new Set([...regions.standby, ...(global ? [edgeHome] : [])])];
}
