import { z } from "zod";
import { checkedText, logRetentionDays, strictObject, withRule } from "../core";
import { actionPrefix } from "./endpoint-policy";
import { ipv4Block, privateRangeProblem } from "./ipv4-block";

export type * from "./input";

/**
 * AWS services that a private network can reach without a NAT gateway, by the last part of the endpoint service name.
 */
const interfaceServices = [
  "ecr.api",
  "ecr.dkr",
  "events",
  "kms",
  "lambda",
  "logs",
  "monitoring",
  "secretsmanager",
  "sns",
  "sqs",
  "ssm",
  "sts",
  "xray",
] as const;

const fields = strictObject(() => ({
  cidrBlock: z
    .string()
    .optional()
    .describe(
      "IPv4 CIDR block of the VPC to create, such as 10.64.0.0/20. It is split into eight subnet blocks. Omit it for an existing VPC. Cannot change.",
    ),
  availabilityZones: z
    .array(z.string().regex(/^[a-z]$/, "is not the letter of an Availability Zone; write a for <region>a"))
    .min(
      2,
      "has too few entries; name at least two zones, because AWS rejects a subnet group or a proxy in a single zone",
    )
    .max(6)
    .default(["a", "b", "c"])
    .describe(
      "Letters of the availability zones that get a private subnet, in the order of their blocks. Append, never reorder. Only for a created VPC.",
    ),
  gatewayEndpoints: z
    .array(z.enum(["dynamodb", "s3"]))
    .default(["dynamodb", "s3"])
    .describe("Services reached through gateway endpoints, which are free. Only for a created VPC."),
  interfaceEndpoints: z
    .array(z.enum(interfaceServices))
    .default([])
    .describe(
      "Services reached through interface endpoints, which are billed per hour and zone. Only for a created VPC.",
    ),
  endpointActions: z
    .array(
      z
        .string()
        .regex(
          /^[a-z][a-z0-9-]*:[A-Z][A-Za-z0-9]*\*?$/,
          "is not an action; write <service>:<Action>, as sqs:PurgeQueue, with * at the end only",
        ),
    )
    .default([])
    .describe(
      "Actions that endpoints let through besides the usual ones of functions, as sqs:PurgeQueue. Those that permissions of services name are let through anyway. Only for a created VPC.",
    ),
  port: z
    .int()
    .min(1150)
    .max(65535)
    .optional()
    .describe(
      "Port of the database and its pools. Left out, that of the database in an environment, and 5432 elsewhere. Cannot change.",
    ),
}));

/** A range of private IPv4 addresses, such as 10.80.0.0/24. */
export const privateRange = checkedText(privateRangeProblem);

/**
 * The network of a database in one region, as literal values.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html
 */
export const databaseNetworkConfig = withRule(fields, (config, report) => {
  for (const list of ["availabilityZones", "gatewayEndpoints", "interfaceEndpoints", "endpointActions"] as const) {
    const values: readonly string[] = config[list];
    const repeated = values.findIndex((value, at) => values.indexOf(value) < at);
    if (repeated >= 0) report([list, repeated], "is listed twice; remove the duplicate");
  }
  const prefixes = new Set([...config.gatewayEndpoints, ...config.interfaceEndpoints].map(actionPrefix));
  config.endpointActions.forEach((action, at) => {
    const prefix = action.slice(0, action.indexOf(":"));
    if (prefixes.has(prefix) || config.cidrBlock === undefined) return;
    report(
      ["endpointActions", at],
      `belongs to no endpoint of the network; add the endpoint of ${prefix}, or remove it`,
    );
  });
  if (config.cidrBlock === undefined) return;
  const problem = ipv4Block(config.cidrBlock).problem;
  if (problem) report(["cidrBlock"], problem);
});

export type DatabaseNetworkConfig = z.output<typeof databaseNetworkConfig>;

/**
 * What is logged of the traffic of a VPC, as literal values.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html
 */
export const flowLogConfig = strictObject(() => ({
  trafficType: z
    .enum(["ALL", "ACCEPT", "REJECT"])
    .default("ALL")
    .describe("Connections that are logged. A change replaces the flow log; what it has written stays."),
  aggregationIntervalSeconds: z
    .union([z.literal(60), z.literal(600)])
    .default(600)
    .describe("Seconds of traffic that one line sums up. 60 makes up to ten times as many lines, which are billed."),
  logRetentionDays: logRetentionDays.default(90),
}));

export type FlowLogConfig = z.output<typeof flowLogConfig>;
