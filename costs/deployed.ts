import { App } from "cdktf";
import type { EnvironmentDefinition } from "../config";
import type { Deployment, PricedResource, Stage } from "../contract";
import { makeSynthesisFaster } from "../modules/core";
import { buildStacks } from "../stacks";
import { objectOf, type ResourceJson, type StackJson } from "../terraform";
import { Builders } from "./builders";

/** What an environment consists of at a stage. */
export interface Deployed {
  readonly deployment: Deployment;
  readonly resources: readonly PricedResource[];
}

/** Synthesizes an environment in memory; nothing is written. @throws ConfigError with every mistake of the environment at that stage */
export function deployedAt(environment: EnvironmentDefinition, stage: Stage): Deployed {
  makeSynthesisFaster();
  const deployment = environment.resolve({ stage });
  const builders = new Builders();
  const capabilities = deployment.capabilities.map((capability) => builders.noting(capability));
  const stacks = buildStacks(new App({ stackTraces: false }), { ...deployment, capabilities });
  const services = new Set(deployment.config.services.map(({ name }) => name));
  const resources = stacks.flatMap((stack) =>
    Object.entries((stack.toTerraform() as StackJson).resource ?? {}).flatMap(([type, byName]) =>
      Object.entries(byName).map(([name, values]): PricedResource => {
        const path = pathOf(values) ?? `${stack.node.id}/${name}`;
        const [, ...below] = path.split("/");
        return {
          type,
          name,
          stack: stack.node.id,
          path: below,
          region: /^aws\.(.+)$/.exec(values.provider ?? "")?.[1],
          capability: builders.makerOf(path),
          service: holdsServices(stack.node.id, deployment) && services.has(below[0] ?? "") ? below[0] : undefined,
          values,
        };
      }),
    ),
  );
  return { deployment, resources };
}

/** The path of the construct that a resource is written for. */
function pathOf(values: ResourceJson): string | undefined {
  const { path } = objectOf(objectOf(objectOf(values)["//"]).metadata);
  return typeof path === "string" ? path : undefined;
}

/** Whether the first part of a path in a stack is the name of a service. */
const holdsServices = (stack: string, { environment, serviceRegions }: Deployment): boolean =>
  ["routing", "edge", ...serviceRegions.map((region) => `services-${region}`)].includes(
    stack.slice(environment.length + 1),
  );
