import { defineCapability } from "../contract";
import { flowLogConfig } from "../modules/database-network";

/** What connects in the networks of databases and of containers, as VPC flow logs. */
export const flowLogs = defineCapability({
  name: "flowLogs",
  brings: "a flow log of each network that is made for a database or for containers",
  fields: {
    environment: {
      containerFlowLogs: flowLogConfig
        .optional()
        .describe(
          "What is logged of the traffic in the networks of containers, from the stage that brings it. Only for created VPCs: an existing one is logged by its owner.",
        ),
    },
    database: {
      flowLogs: flowLogConfig
        .optional()
        .describe(
          "What is logged of the traffic in the networks of the database, from the stage that brings it. CloudWatch Logs bills what is written. Only for a created VPC: an existing one is logged by its owner.",
        ),
    },
  },
  rules: [
    {
      id: "flow-logs-are-of-our-own-networks",
      statement: "Flow logs are only configured for networks that the toolkit makes.",
      check({ databases, containerNetwork, containerFlowLogs }, report) {
        if (containerFlowLogs && containerNetwork?.cidrBlock === undefined) {
          report(
            ["containerFlowLogs"],
            "is only for a network that is made from containerNetwork.cidrBlock, as the owner of an existing VPC logs it; remove it",
          );
        }
        databases.forEach(({ network, flowLogs }, index) => {
          if (!flowLogs || network.existing === undefined) return;
          report(
            ["databases", index, "flowLogs"],
            "is only for a network that is made from network.cidrBlock, as the owner of an existing VPC logs it; remove it",
          );
        });
      },
    },
  ],
  builds: {
    database: (database, { config }) => database.addFlowLogs(config.flowLogs ?? {}),
    region: (_, { containerNetwork, config, deployment: { account }, operationsKey: key }) => {
      containerNetwork?.addFlowLogs({ config: config.containerFlowLogs ?? {}, account, key });
    },
  },
});
