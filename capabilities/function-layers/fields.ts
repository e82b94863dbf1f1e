import { z } from "zod";
import { kebabName, region, strictObject } from "../../modules/core";
import { functionLayerConfig, layerVersionArn, signingProfileVersionArn } from "../../modules/function-layer";
import { lambdaRuntime } from "../../modules/service-function";

const name = kebabName(32).describe("Name of the layer, unique in the environment. Part of the Terraform address.");

const existingLayer = strictObject(() => ({
  name: kebabName(32).describe("Name that services use for it, unique in the environment."),
  arns: z
    .partialRecord(region, layerVersionArn)
    .describe(
      "ARN of a version in each region where services run: arn:aws:lambda:eu-west-1:123456789012:layer:insights:3.",
    ),
  compatibleRuntimes: z
    .array(lambdaRuntime)
    .min(1)
    .optional()
    .describe("Runtimes that it is made for. A function of another one is refused; none is if left out."),
  signedBy: z
    .partialRecord(region, signingProfileVersionArn)
    .optional()
    .describe(
      "Version of the signing profile that signs it, in each region. Where code signing is enforced, Lambda refuses the layer without it.",
    ),
}));

export type ExistingLayer = z.output<typeof existingLayer>;

const ownLayer = functionLayerConfig.safeExtend({ name });

export type OwnLayer = z.output<typeof ownLayer>;

/** Lambda unpacks them in this order; it allows five. @see https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html */
export const layersOfFunction = 5;

export const layerFields = {
  environment: {
    layers: z
      .array(ownLayer)
      .default([])
      .describe(
        "Layers that are made in each region from files of the project: certificates, policies, extensions. Packages of npm belong into bundles.",
      ),
    existingLayers: z
      .array(existingLayer)
      .default([])
      .describe("Layers that are there already, such as those of AWS or of a vendor."),
  },
  service: {
    layers: z
      .array(kebabName(32))
      .max(layersOfFunction)
      .default([])
      .describe(
        "Names of layers or existingLayers that the function gets, at most 5, in the order in which Lambda unpacks them into /opt.",
      ),
  },
};
