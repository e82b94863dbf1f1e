import { type Plan, readSynthesizedStacks, type StackJson } from "../terraform";

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

/** What a stack's plan is checked beside in a rollout: all others of an output folder, as they are configured. */
export function othersIn(output: string): (stack: string) => Plan[] {
  const configured = readSynthesizedStacks(output).map(({ name, terraform }) => ({ name, plan: unplanned(terraform) }));
  return (stack) => configured.filter(({ name }) => name !== stack).map(({ plan }) => plan);
}
