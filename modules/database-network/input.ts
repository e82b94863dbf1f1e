// Generated from the schemas by `npm run docs`; do not edit.
import type { LogRetentionDays } from "../core";

/** What `databaseNetworkConfig` takes: fields with defaults may be left out. */
export interface DatabaseNetworkInput {
  /** IPv4 CIDR block of the VPC to create, such as 10.64.0.0/20. It is split into eight subnet blocks. Omit it for an existing VPC. Cannot change. */
  readonly cidrBlock?: string;
  /**
   * Letters of the availability zones that get a private subnet, in the order of their blocks. Append, never reorder. Only for a created VPC.
   *
   * Takes `list of string, 2 to 6 entries`.
   *
   * @defaultValue `["a","b","c"]`
   */
  readonly availabilityZones?: readonly string[];
  /**
   * Services reached through gateway endpoints, which are free. Only for a created VPC.
   *
   * @defaultValue `["dynamodb","s3"]`
   */
  readonly gatewayEndpoints?: readonly ("dynamodb" | "s3")[];
  /**
   * Services reached through interface endpoints, which are billed per hour and zone. Only for a created VPC.
   *
   * @defaultValue `[]`
   */
  readonly interfaceEndpoints?: readonly ("ecr.api" | "ecr.dkr" | "events" | "kms" | "lambda" | "logs" | "monitoring" | "secretsmanager" | "sns" | "sqs" | "ssm" | "sts" | "xray")[];
  /**
   * Actions that endpoints let through besides the usual ones of functions, as sqs:PurgeQueue. Those that permissions of services name are let through anyway. Only for a created VPC.
   *
   * @defaultValue `[]`
   */
  readonly endpointActions?: readonly string[];
  /**
   * Port of the database and its pools. Left out, that of the database in an environment, and 5432 elsewhere. Cannot change.
   *
   * Takes `integer 1150..65535`.
   */
  readonly port?: number;
}

/** What `flowLogConfig` takes: fields with defaults may be left out. */
export interface FlowLogInput {
  /**
   * Connections that are logged. A change replaces the flow log; what it has written stays.
   *
   * @defaultValue `"ALL"`
   */
  readonly trafficType?: "ALL" | "ACCEPT" | "REJECT";
  /**
   * Seconds of traffic that one line sums up. 60 makes up to ten times as many lines, which are billed.
   *
   * @defaultValue `600`
   */
  readonly aggregationIntervalSeconds?: 60 | 600;
  /**
   * Days until log events expire; one of the periods that CloudWatch Logs supports.
   *
   * @defaultValue `90`
   */
  readonly logRetentionDays?: LogRetentionDays;
}

