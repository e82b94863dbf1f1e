import { CodeSigning } from "../../../modules/code-signing";
import type { DeploymentStack } from "../../../modules/core";
import { FunctionLayer } from "../../../modules/function-layer";
import { ServiceFunction } from "../../../modules/service-function";
import { everyOptionOfALayer } from "../function-layer/every-option";
import { minimalProps, projectRoot } from "../service-function/every-option";

const account = "111111111111";
const region = "eu-west-1";

/** Signing with every option and with the least, and a function and a layer that are signed. */
export function everyOption(stack: DeploymentStack): void {
  const full = new CodeSigning(stack, "full", {
    config: { untrustedCode: "Enforce", signatureMonths: 24, earlierVersionDays: 30 },
    name: "test-full",
    region,
    account,
  });
  const layer = new FunctionLayer(stack, "layer", {
    config: everyOptionOfALayer,
    name: "test-layer",
    region,
    projectRoot,
  });
  const signed = new ServiceFunction(stack, "signed", minimalProps(region));
  signed.addLayer(layer);
  signed.addLayer({
    title: "insights",
    arn: `arn:aws:lambda:${region}:222222222222:layer:insights:3`,
    signedBy: `arn:aws:signer:${region}:222222222222:/signing-profiles/insights/a1b2c3d4e5`,
  });
  signed.signCode(full);
  const least = new CodeSigning(stack, "least", { config: {}, name: "test-least", region: "eu-central-1", account });
  new ServiceFunction(stack, "warned", { ...minimalProps("eu-central-1"), name: "test-warned" }).signCode(least);
}
