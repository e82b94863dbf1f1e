import type { DeploymentStack } from "../../../modules/core";
import { FunctionLayer, type FunctionLayerInput } from "../../../modules/function-layer";
import { ServiceFunction } from "../../../modules/service-function";
import { minimalProps, projectRoot } from "../service-function/every-option";

const fixtures = "test/modules/function-layer/fixtures";

/** A layer from files and a bundle, which others may use. */
export const everyOptionOfALayer: FunctionLayerInput = {
  folder: `${fixtures}/files`,
  bundles: { "policy/decide.mjs": `${fixtures}/decide.ts` },
  description: "Certificates, a policy and an extension",
  compatibleRuntimes: ["nodejs22.x"],
  licence: "Apache-2.0",
  sharedWith: { accounts: ["222222222222"], organizations: ["o-a1b2c3d4e5"] },
};

/** A layer with every option and one with the least, in a function. */
export function everyOption(stack: DeploymentStack): void {
  const region = "eu-west-1";
  const full = new FunctionLayer(stack, "full", {
    config: everyOptionOfALayer,
    name: "test-full",
    region,
    projectRoot,
  });
  const least = new FunctionLayer(stack, "least", {
    config: { folder: `${fixtures}/files` },
    name: "test-least",
    region,
    projectRoot,
  });
  const fn = new ServiceFunction(stack, "function", minimalProps(region));
  fn.addLayer(full);
  fn.addLayer(least);
}
