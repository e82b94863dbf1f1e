export * from "./config";
export * from "./function-layer";
export { layerVersionArn, signingProfileVersionArn } from "./layer-arns";
