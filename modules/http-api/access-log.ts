/**
 * One JSON line per request. `requestId` is the id that the function receives as `requestContext.requestId`, and
 * `integrationRequestId` is the function's own request id, so both logs can be joined.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
 */
export const accessLogFormat = JSON.stringify({
  requestTime: "$context.requestTimeEpoch",
  requestId: "$context.requestId",
  extendedRequestId: "$context.extendedRequestId",
  integrationRequestId: "$context.integration.requestId",
  apiId: "$context.apiId",
  domainName: "$context.domainName",
  stage: "$context.stage",
  routeKey: "$context.routeKey",
  httpMethod: "$context.httpMethod",
  path: "$context.path",
  protocol: "$context.protocol",
  status: "$context.status",
  responseLength: "$context.responseLength",
  responseLatencyMs: "$context.responseLatency",
  integrationLatencyMs: "$context.integrationLatency",
  integrationStatus: "$context.integrationStatus",
  integrationError: "$context.integrationErrorMessage",
  authorizerError: "$context.authorizer.error",
  error: "$context.error.message",
  sourceIp: "$context.identity.sourceIp",
  userAgent: "$context.identity.userAgent",
});
