// Generated from the schemas by `npm run docs`; do not edit.

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
   * Port of the database and its pools. Cannot change.
   *
   * Takes `integer 1150..65535`.
   *
   * @defaultValue `5432`
   */
  readonly port?: number;
}

