export * from "./config";
export * from "./container-service";
export { memoryProblem } from "./fargate-sizes";
export { ecrImage, imageIn, secretArnIn } from "./regional-copy";
