export * from "./config";
export { type HandlerBundle, handlerFileProblem } from "./handler-bundle";
export * from "./service-function";
