/** Arguments that follow from others of the same resource: they are sorted as those are. */
export interface Companions {
  /** Types that they are of; every one if left out. */
  readonly types?: readonly string[];
  /** What follows. */
  readonly attributes: readonly string[];
  /** What it follows from. */
  readonly of: readonly string[];
}

export const companions: readonly Companions[] = [
  { attributes: ["tags_all"], of: ["tags"] },
  {
    types: ["aws_ssm_parameter"],
    attributes: ["value", "version", "has_value_wo"],
    of: ["insecure_value", "value"],
  },
  {
    types: ["aws_lambda_event_source_mapping"],
    attributes: ["state", "state_transition_reason", "last_modified"],
    of: ["enabled"],
  },
  {
    types: ["aws_rds_cluster"],
    attributes: ["engine_version_actual"],
    of: ["engine_version"],
  },
  {
    types: ["aws_lambda_function"],
    attributes: [
      "last_modified",
      "code_sha256",
      "source_code_size",
      "version",
      "qualified_arn",
      "qualified_invoke_arn",
    ],
    of: ["source_code_hash", "environment", "handler", "memory_size", "timeout", "layers", "runtime", "image_uri"],
  },
];
