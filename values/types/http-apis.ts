import { hostName } from "./common";
import type { Family, OwnLimits } from "./type-values";

const createApi = "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html";
const cors = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html";
const throttling = "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html";

const headerName: OwnLimits = {
  pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$",
  says: "is not a valid HTTP header name; use letters, digits and hyphens, or *",
  see: cors,
};

const apiId: OwnLimits = {
  pattern: "^[a-z0-9]+$",
  says: "is not the id of an API; copy it from `aws apigatewayv2 get-apis`",
  see: createApi,
};

const stageName: OwnLimits = {
  minLength: 1,
  maxLength: 128,
  pattern: "^(\\$default|[A-Za-z0-9_-]+)$",
  says: "is not a valid stage name; use $default, or letters, digits, hyphens and underscores",
  see: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-stages.html",
};

const routeKey: OwnLimits = {
  pattern: "^(\\$default|(ANY|GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) /[^\\s?#]*)$",
  says: "is not a valid route key; write it like GET /orders/{orderId}, or use $default",
  see: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html",
};

/** Values of API Gateway's HTTP APIs and of Certificate Manager. */
export const httpApis: Family = {
  aws_apigatewayv2_api: {
    api: ["apigatewayv2.CreateApi"],
    cfn: "AWS::ApiGatewayV2::Api",
    own: {
      name: { minLength: 1, maxLength: 128, see: createApi },
      "cors_configuration.allow_methods.*": {
        enum: ["*", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
        see: cors,
      },
      "cors_configuration.allow_headers.*": headerName,
      "cors_configuration.expose_headers.*": headerName,
      "cors_configuration.allow_origins.*": {
        pattern: "^(\\*|https?://\\*|[A-Za-z][A-Za-z0-9+.-]*://[^/\\s]+)$",
        says: "is not a valid origin; write it like https://shop.example.com, without a path",
        see: cors,
      },
    },
  },
  aws_apigatewayv2_api_mapping: {
    api: ["apigatewayv2.CreateApiMapping"],
    cfn: "AWS::ApiGatewayV2::ApiMapping",
    own: { api_id: apiId, stage: stageName },
  },
  aws_apigatewayv2_authorizer: {
    api: ["apigatewayv2.CreateAuthorizer"],
    cfn: "AWS::ApiGatewayV2::Authorizer",
    members: { identity_sources: "IdentitySource" },
    own: {
      name: {
        minLength: 1,
        maxLength: 128,
        see: "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html",
      },
      authorizer_payload_format_version: {
        enum: ["1.0", "2.0"],
        see: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html",
      },
      authorizer_uri: {
        maxLength: 2048,
        pattern: "^arn:aws[a-z-]*:apigateway:[a-z0-9-]+:lambda:path/2015-03-31/functions/arn:\\S+/invocations$",
        says: "is not the URI of a function; use the invoke ARN of its alias",
        see: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html",
      },
      "identity_sources.*": {
        pattern: "^\\$?(request|context|stageVariables|route)\\.[!-~]+$",
        says: "is not a valid identity source; write it like $request.header.Authorization",
        see: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html",
      },
      "jwt_configuration.audience.*": {
        minLength: 1,
        see: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html",
      },
      "jwt_configuration.issuer": {
        pattern: "^https://[^\\s/?#@]+(/[^\\s?#]*)?$",
        says: "is not a valid token issuer; use the https:// address that its discovery document states as issuer",
        see: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html",
      },
    },
  },
  aws_apigatewayv2_domain_name: {
    api: ["apigatewayv2.CreateDomainName"],
    cfn: "AWS::ApiGatewayV2::DomainName",
    members: { domain_name_configuration: "DomainNameConfigurations" },
    own: {
      domain_name: hostName("https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/domainnames.html"),
      "mutual_tls_authentication.truststore_uri": {
        pattern: "^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/.+$",
        says: "is not a valid S3 object URI; write it as s3://<bucket>/<key>",
        see: "https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html",
      },
      "mutual_tls_authentication.truststore_version": {
        minLength: 1,
        maxLength: 1024,
        see: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/versioning-workflows.html",
      },
    },
  },
  aws_apigatewayv2_integration: {
    api: ["apigatewayv2.CreateIntegration"],
    cfn: "AWS::ApiGatewayV2::Integration",
    members: { timeout_milliseconds: "TimeoutInMillis" },
    own: {
      integration_method: {
        enum: ["ANY", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"],
        see: "https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-integrations.html",
      },
      payload_format_version: {
        enum: ["1.0", "2.0"],
        see: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html",
      },
    },
  },
  aws_apigatewayv2_route: {
    api: ["apigatewayv2.CreateRoute"],
    cfn: "AWS::ApiGatewayV2::Route",
    own: {
      route_key: routeKey,
      "authorization_scopes.*": {
        pattern: "^[!#-\\[\\]-~]+$",
        says: "is not a valid OAuth scope; use printable characters without spaces, quotes and backslashes",
        see: "https://datatracker.ietf.org/doc/html/rfc6749#section-3.3",
      },
    },
  },
  aws_apigatewayv2_stage: {
    api: ["apigatewayv2.CreateStage"],
    cfn: "AWS::ApiGatewayV2::Stage",
    members: {
      name: "StageName",
      route_settings: "/apigatewayv2.CreateStage.RouteSettings{}",
      "route_settings.route_key": "/apigatewayv2.CreateRoute.RouteKey",
    },
    own: {
      name: stageName,
      "route_settings.route_key": routeKey,
      "access_log_settings.format": {
        minLength: 1,
        maxLength: 3000,
        pattern: "^[^\\n]*\\$context\\.(requestId|extendedRequestId)",
        says: "has no $context.requestId in its first line; write the format in one line, with $context.requestId",
        see: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html",
      },
      "default_route_settings.throttling_burst_limit": { min: 0, max: 2_147_483_647, see: throttling },
      "default_route_settings.throttling_rate_limit": { min: 0, see: throttling },
      "route_settings.throttling_burst_limit": { min: 0, max: 2_147_483_647, see: throttling },
      "route_settings.throttling_rate_limit": { min: 0, see: throttling },
    },
  },
  aws_acm_certificate: { api: ["acm.RequestCertificate"], cfn: "AWS::CertificateManager::Certificate" },
  aws_acm_certificate_validation: { api: ["acm.DescribeCertificate"] },
};
