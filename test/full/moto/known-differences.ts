/** Types that moto does not carry, and what it does with them. */
export const notCarried: Readonly<Record<string, string>> = {
  aws_apigatewayv2_domain_name: "the provider waits for a state that moto does not report",
  aws_budgets_budget: "moto cannot list the subscribers of a notification",
  aws_cloudfront_response_headers_policy: "unknown to moto",
  aws_cloudwatch_query_definition: "unknown to moto",
  aws_dynamodb_contributor_insights: "unknown to moto",
  aws_dynamodb_table_replica: "the provider waits for a replica that moto never reports",
  aws_kms_replica_key: "the provider waits for a policy that moto does not copy",
};

/** Attributes that moto answers otherwise than AWS. */
export interface KnownDifference {
  /** Terraform's type. */
  readonly type: string;
  /** The attribute or attributes, with all that they contain. */
  readonly path: string | readonly string[];
  readonly reason: string;
}

export const knownDifferences: readonly KnownDifference[] = [];
