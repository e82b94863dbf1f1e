export { collectorEndpoint, type TaskCollector } from "./collector";
export * from "./config";
export * from "./container-service";
export { fargatePlatform, pinnedImage } from "./fargate-fields";
export { memoryProblem } from "./fargate-sizes";
export { imageIn, secretArnIn } from "./regional-copy";
export { pullImage, type TaskPlace, taskTrust, writeLog } from "./roles";
