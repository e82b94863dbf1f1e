import type { Plan, StackJson } from "../terraform";

const remoteOutput = /data\.terraform_remote_state\.[\w-]+\.outputs(?:\.[\w-]+|\["[^"]+"\])/g;

/**
 * A configuration that is not planned yet as a plan without changes, for gates that look across states: in a rollout, a stack is
 * only planned after those that it reads of are applied.
 * @param configuration contents of `cdk.tf.json`
 */
export function unplanned(configuration: StackJson): Plan {
  // In JSON within JSON, quotes are escaped.
  const references = JSON.stringify(configuration).replaceAll('\\"', '"').match(remoteOutput) ?? [];
  const expressions = { all: { references: [...new Set(references)] } };
  return {
    format_version: "1.2",
    configuration: { root_module: { resources: [{ address: "unplanned", expressions }] } },
  };
}
