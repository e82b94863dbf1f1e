export { type AuthorizerFunction, authorizerTimeoutProblem } from "./authorizer-resources";
export { identityHeaders, type LambdaAuthorizer } from "./authorizers";
export * from "./config";
export * from "./custom-domain";
export * from "./http-api";
