import { App, TerraformResource } from "cdktf";
import type { Deployment, EnvironmentDefinition } from "../../config";
import { assumptionsOf } from "../../config/assumptions";
import { migrationCounts } from "../../modules/schema-migration";
import { buildStacks } from "../../stacks";
import type { DocumentData, Outcome } from "../document";
import { describeDocument } from "../documents/describe";
import project from "../project";

type Description = DocumentData<typeof describeDocument>;

/** What an environment consists of at its stage, and what the later stages will bring. */
export const describe = (name: string): Outcome => describeDocument.outcome(description(project.find(name)));

/** What `describe` says of an environment. @throws ConfigError when it has mistakes */
export function description(environment: EnvironmentDefinition): Description {
  const { input, toolkit } = environment;
  const deployment = environment.resolve();
  const { stages: table } = toolkit;
  const enabled = table.enabled(input.stage, input.exceptions);
  const exceptions: Readonly<Record<string, { reason: string } | undefined>> = input.exceptions ?? {};
  return {
    environment: input.name,
    description: input.description,
    stage: input.stage,
    account: input.account,
    homeRegion: input.regions.home,
    activeRegion: input.regions.active ?? input.regions.home,
    standbyRegions: [...(input.regions.standby ?? [])],
    stacks: stacksOf(deployment),
    capabilities: table.names.map((name) => ({
      name,
      since: table.since(name),
      enabled: enabled.has(name),
      reason: exceptions[name]?.reason ?? null,
      brings: table.get(name).brings,
    })),
    migrations: enabled.has("schemaMigrations") ? migrationCounts(environment.stated.databases) : [],
    notes: assumptionsOf(environment, deployment.config, new Date()),
  };
}

/** The stacks as they would be synthesized; nothing is written. */
function stacksOf(deployment: Deployment): Description["stacks"] {
  return buildStacks(new App({ stackTraces: false }), deployment).map((stack) => {
    const resources = stack.node.findAll().filter((node) => TerraformResource.isTerraformResource(node));
    return {
      name: stack.node.id,
      regions: [...stack.providers.regions],
      resources: resources.length,
      types: typesOf(resources),
    };
  });
}

/** Types of resources, the most frequent first. */
function typesOf(resources: readonly { readonly terraformResourceType: string }[]): { type: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { terraformResourceType: type } of resources) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].map(([type, count]) => ({ type, count })).sort((left, right) => right.count - left.count);
}
