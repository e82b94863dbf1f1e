import { TerraformStack } from "cdktf";
import { type BuildContext, defineCapability } from "../../contract";
import { ConstructError } from "../../modules/core";
import { FunctionLayer } from "../../modules/function-layer";
import type { AttachableLayer, ServiceFunction } from "../../modules/service-function";
import { type ExistingLayer, layerFields, type OwnLayer } from "./fields";
import { layerRules } from "./rules";

interface WithLayers {
  readonly layers: readonly OwnLayer[];
  readonly existingLayers: readonly ExistingLayer[];
}

/** Layers of functions: made from files of the project, or there already. */
export const functionLayers = defineCapability({
  name: "functionLayers",
  brings: "the layers that services ask for",
  fields: layerFields,
  rules: layerRules,
  builds: {
    service({ function: fn }, { config, deployment }) {
      for (const name of config.layers) fn.addLayer(layerFor(fn, name, deployment));
    },
  },
});

/** A layer in the region of a function; one that is made stands once in its stack. */
function layerFor(fn: ServiceFunction, name: string, deployment: BuildContext["deployment"]): AttachableLayer {
  const { layers: own, existingLayers } = deployment.config as typeof deployment.config & WithLayers;
  const existing = existingLayers.find((layer) => layer.name === name);
  const arn = existing && inRegion(existing.arns, fn.region);
  if (arn !== undefined) {
    const { compatibleRuntimes, signedBy } = existing ?? {};
    return { title: name, arn, compatibleRuntimes, signedBy: inRegion(signedBy, fn.region) };
  }
  const made = own.find((layer) => layer.name === name);
  if (!made) throw new ConstructError(fn, `there is no layer ${name} in ${fn.region}`, "declare it under layers");
  const stack = TerraformStack.of(fn);
  // Longer than the name of any service, which would be the id of something else.
  const id = `layer-of-all-functions-${name}`;
  const known = stack.node.tryFindChild(id) as FunctionLayer | undefined;
  const { name: _, ...config } = made;
  return (
    known ?? new FunctionLayer(stack, id, { config, name: `${deployment.environment}-${name}`, region: fn.region })
  );
}

const inRegion = (byRegion: Readonly<Record<string, string>> = {}, region: string): string | undefined =>
  byRegion[region];
