import { readFileSync } from "node:fs";
import path from "node:path";
import { parseConfig } from "../../../modules/core";
import {
  HttpApi,
  type HttpApiInput,
  type HttpApiProps,
  httpApiConfig,
  integrationTimeoutProblem,
} from "../../../modules/http-api";
import { routeId, routeSourceArn } from "../../../modules/http-api/route-key";
import { synth } from "../../support/synth";
import { key } from "../service-function/fixtures/references";
import { everyOption, fullProps } from "./every-option";
import { build as example } from "./example";

interface Permission {
  readonly id: string;
  readonly principal: string;
  readonly sourceArn: string;
}

/** A function that only notes who may invoke it. */
function targetOf(permissions: Permission[] = [], timeoutSeconds = 10) {
  return {
    invokeArn: "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/orders:live/invocations",
    timeoutSeconds,
    allowInvoke: (id: string, principal: string, sourceArn: string) =>
      void permissions.push({ id, principal, sourceArn }),
  };
}

const region = "eu-west-1";
const minimalProps: HttpApiProps = {
  config: { routes: { "GET /orders": {} } },
  name: "test-orders",
  region,
  key,
  target: targetOf(),
};
const build = (changes: Partial<HttpApiProps> = {}) =>
  synth((stack) => void new HttpApi(stack, "api", { ...minimalProps, ...changes }));
const signIn = (permissions: Permission[] = [], timeoutSeconds = 10) =>
  new Map([["sign-in", targetOf(permissions, timeoutSeconds)]]);
const full = (changes: Partial<HttpApiProps> = {}) =>
  build({ ...fullProps(region), authorizerFunctions: signIn(), ...changes });

describe("HttpApi", () => {
  test("has these addresses with every option, which are frozen", () => {
    const own = synth(everyOption).addresses.filter((address) => /\.(full|minimal|standby)_|_invoke-/.test(address));
    const routes = [
      "any-files-all-path",
      "default",
      "get-orders-by-fixed-name",
      "get-orders-by-order-id",
      "get-legacy",
      "get-partners-orders",
      "get-root",
      "options-all-proxy",
      "options-files-all-path",
      "post-orders",
      "post-partners-orders",
    ];
    const complete = (api: string, fn: string, signIn: string) => [
      `aws_acm_certificate.${api}_domain_certificate`,
      `aws_acm_certificate_validation.${api}_domain_validation`,
      `aws_apigatewayv2_api.${api}_api`,
      `aws_apigatewayv2_api_mapping.${api}_domain_mapping`,
      `aws_apigatewayv2_authorizer.${api}_authorizer-customers`,
      `aws_apigatewayv2_authorizer.${api}_authorizer-legacy`,
      `aws_apigatewayv2_authorizer.${api}_authorizer-partners`,
      `aws_apigatewayv2_domain_name.${api}_domain_domain-name`,
      `aws_apigatewayv2_integration.${api}_integration`,
      ...routes.map((route) => `aws_apigatewayv2_route.${api}_route-${route}`),
      `aws_apigatewayv2_stage.${api}_stage`,
      `aws_cloudwatch_log_group.${api}_access-log`,
      `aws_cloudwatch_metric_alarm.${api}_client-errors-alarm`,
      `aws_cloudwatch_metric_alarm.${api}_latency-alarm`,
      `aws_cloudwatch_metric_alarm.${api}_server-errors-alarm`,
      `aws_iam_role.${api}_authorizer-legacy-caller_role`,
      `aws_iam_role_policy.${api}_authorizer-legacy-caller_policy`,
      `aws_lambda_permission.${signIn}_invoke-test-${api}-authorizer-partners`,
      ...routes.map((route) => `aws_lambda_permission.${fn}_invoke-${api}-${route}`),
    ];
    expect(own).toEqual(
      [
        ...complete("full", "orders", "sign-in"),
        "aws_route53_record.full_domain_validation-record",
        ...complete("standby", "orders-standby", "sign-in-standby"),
        "aws_apigatewayv2_api.minimal_api",
        "aws_apigatewayv2_integration.minimal_integration",
        "aws_apigatewayv2_route.minimal_route-default",
        "aws_apigatewayv2_stage.minimal_stage",
        "aws_cloudwatch_log_group.minimal_access-log",
        "aws_lambda_permission.orders_invoke-minimal-default",
      ].sort(),
    );
  });

  test("calls the function's alias with payload 2.0 and waits as long as configured", () => {
    expect(full().at("aws_apigatewayv2_integration.api_integration")).toMatchObject({
      integration_type: "AWS_PROXY",
      integration_uri: expect.stringContaining(":live/"),
      payload_format_version: "2.0",
      timeout_milliseconds: 15_000,
    });
  });

  test("closes a route to all but signed requests unless told otherwise", () => {
    expect(build().at("aws_apigatewayv2_route.api_route-get-orders").authorization_type).toBe("AWS_IAM");
  });

  test("lets each route invoke the function by itself only", () => {
    const permissions: Permission[] = [];
    full({ target: targetOf(permissions) });
    const arn = expect.stringMatching(/^\$\{TfToken/);
    expect(permissions.every(({ principal }) => principal === "apigateway.amazonaws.com")).toBe(true);
    expect(permissions.map(({ id, sourceArn }) => [id, sourceArn.replace(/^\$\{[^}]*\}/, "")])).toEqual([
      ["api-get-root", "/*/GET/"],
      ["api-post-orders", "/*/POST/orders"],
      ["api-get-orders-by-order-id", "/*/GET/orders/*"],
      ["api-get-partners-orders", "/*/GET/partners/orders"],
      ["api-post-partners-orders", "/*/POST/partners/orders"],
      ["api-get-legacy", "/*/GET/legacy"],
      ["api-any-files-all-path", "/*/*/files/*"],
      ["api-options-files-all-path", "/*/OPTIONS/files/*"],
      ["api-options-all-proxy", "/*/OPTIONS/*"],
      ["api-get-orders-by-fixed-name", "/*/GET/orders/by-order-id"],
      ["api-default", "/*/$default"],
    ]);
    expect(permissions.map(({ sourceArn }) => sourceArn)).toEqual(permissions.map(() => arn));
  });

  test("checks tokens on JWT routes", () => {
    const { at } = full();
    expect(at("aws_apigatewayv2_authorizer.api_authorizer-customers")).toMatchObject({
      authorizer_type: "JWT",
      identity_sources: ["$request.header.Authorization"],
      jwt_configuration: { issuer: "https://login.example.com/eu-west-1_Ab12", audience: ["web", "app"] },
    });
    expect(at("aws_apigatewayv2_route.api_route-post-orders")).toMatchObject({
      authorization_type: "JWT",
      authorizer_id: expect.stringContaining("authorizer-customers"),
      authorization_scopes: ["orders/write"],
    });
  });

  test("asks a function of a service who may call, which the API may then invoke for this authorizer only", () => {
    const permissions: Permission[] = [];
    const { at } = full({ authorizerFunctions: signIn(permissions) });
    expect(at("aws_apigatewayv2_authorizer.api_authorizer-partners")).toMatchObject({
      authorizer_type: "REQUEST",
      authorizer_uri: signIn().get("sign-in")?.invokeArn,
      authorizer_payload_format_version: "2.0",
      enable_simple_responses: true,
      authorizer_result_ttl_in_seconds: 300,
      identity_sources: ["$request.header.X-Partner-Key", "$request.querystring.partner", "$context.routeKey"],
    });
    expect(at("aws_apigatewayv2_route.api_route-post-partners-orders")).toMatchObject({
      authorization_type: "CUSTOM",
      authorizer_id: expect.stringContaining("authorizer-partners"),
    });
    expect(permissions).toEqual([
      {
        id: "test-api-authorizer-partners",
        principal: "apigateway.amazonaws.com",
        sourceArn: expect.stringMatching(/^\$\{TfToken.*\/authorizers\/\$\{TfToken/),
      },
    ]);
  });

  test("asks a function that is there already in its own region, as a role that may do only that", () => {
    for (const [where, name] of [
      ["eu-west-1", "eu-west-1"],
      ["eu-central-1", "eu-central-1"],
    ] as const) {
      const { at } = full({ region: where });
      const arn = `arn:aws:lambda:${name}:111122223333:function:legacy-authorizer`;
      const { identity_sources, ...authorizer } = at("aws_apigatewayv2_authorizer.api_authorizer-legacy");
      expect(identity_sources).toBeUndefined();
      expect(authorizer).toMatchObject({
        authorizer_uri: `arn:aws:apigateway:${name}:lambda:path/2015-03-31/functions/${arn}:live/invocations`,
        authorizer_result_ttl_in_seconds: 0,
        enable_simple_responses: false,
      });
      expect(authorizer.authorizer_credentials_arn).toContain("aws_iam_role.api_authorizer-legacy-caller_role.arn");
      expect(JSON.parse(String(at("aws_iam_role.api_authorizer-legacy-caller_role").assume_role_policy))).toMatchObject(
        {
          Statement: [{ Action: "sts:AssumeRole", Principal: { Service: "apigateway.amazonaws.com" } }],
        },
      );
      expect(
        JSON.parse(String(at("aws_iam_role_policy.api_authorizer-legacy-caller_policy").policy)).Statement,
      ).toEqual([
        { Sid: "AskTheAuthorizer", Effect: "Allow", Action: "lambda:InvokeFunction", Resource: `${arn}:live` },
      ]);
    }
  });

  test("throttles by default and per route, with metrics per route, after the routes exist", () => {
    const stage = full().at("aws_apigatewayv2_stage.api_stage");
    expect(stage).toMatchObject({
      name: "$default",
      auto_deploy: true,
      default_route_settings: {
        throttling_rate_limit: 200,
        throttling_burst_limit: 100,
        detailed_metrics_enabled: true,
      },
      route_settings: [
        {
          route_key: "POST /orders",
          throttling_rate_limit: 50,
          throttling_burst_limit: 20,
          detailed_metrics_enabled: true,
        },
      ],
    });
    expect(stage.depends_on).toContain("aws_apigatewayv2_route.api_route-post-orders");
  });

  test("writes JSON access logs with what joins them to the function's, to an encrypted group with retention", () => {
    const { at } = full();
    const settings = at("aws_apigatewayv2_stage.api_stage").access_log_settings as { format: string };
    expect(JSON.parse(settings.format)).toMatchObject({
      requestId: "$context.requestId",
      integrationRequestId: "$context.integration.requestId",
      routeKey: "$context.routeKey",
      integrationError: "$context.integrationErrorMessage",
    });
    expect(at("aws_cloudwatch_log_group.api_access-log")).toMatchObject({
      name: "/aws/vendedlogs/http-api/test-full",
      retention_in_days: 90,
      kms_key_id: key.arnIn(region),
    });
  });

  test("closes the default endpoint exactly when it has a domain", () => {
    expect(full().at("aws_apigatewayv2_api.api_api").disable_execute_api_endpoint).toBe(true);
    expect(build().at("aws_apigatewayv2_api.api_api").disable_execute_api_endpoint).toBe(false);
  });

  test("serves its domain with TLS 1.2 and a validated certificate that is renewed before the old one goes", () => {
    const { at } = full();
    expect(at("aws_apigatewayv2_domain_name.api_domain_domain-name")).toMatchObject({
      domain_name: "api.example.com",
      domain_name_configuration: {
        certificate_arn: expect.stringContaining("aws_acm_certificate_validation"),
        endpoint_type: "REGIONAL",
        security_policy: "TLS_1_2",
      },
      mutual_tls_authentication: {
        truststore_uri: "s3://test-truststore-eu-west-1/clients.pem",
        truststore_version: "3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY",
      },
    });
    expect(at("aws_acm_certificate.api_domain_certificate")).toMatchObject({
      validation_method: "DNS",
      lifecycle: { create_before_destroy: true },
    });
  });

  test("owns the validation record in one region only, as ACM wants the same one in all", () => {
    const { zoneId } = { zoneId: "Z0123456789ABCDEFGHIJ" };
    expect(full().at("aws_route53_record.api_domain_validation-record")).toMatchObject({
      type: "CNAME",
      zone_id: zoneId,
    });
    const standby = full({ domain: { zoneId, validationRecords: "existing" } });
    expect(standby.resource.aws_route53_record).toBeUndefined();
    expect(standby.addresses).toContain("aws_acm_certificate_validation.api_domain_validation");
  });

  test("gives routing the target of its domain, and callers the URL", () => {
    synth((stack) => {
      const withDomain = new HttpApi(stack, "full", {
        ...fullProps(region),
        target: targetOf(),
        authorizerFunctions: signIn(),
      });
      expect(withDomain.endpoint).toBe("https://api.example.com");
      expect(withDomain.domainTarget).toEqual({ name: expect.any(String), hostedZoneId: expect.any(String) });
      expect(new HttpApi(stack, "minimal", minimalProps).domainTarget).toBeUndefined();
    });
  });

  test("is built by the README's example, which is this compiled one", () => {
    const { at } = synth((stack) => void example(stack, targetOf(), key));
    expect(at("aws_apigatewayv2_route.api_route-get-health").authorization_type).toBe("NONE");
    const source = readFileSync(path.join(__dirname, "example.ts"), "utf8");
    const readme = readFileSync(path.join(__dirname, "..", "..", "..", "modules", "http-api", "README.md"), "utf8");
    expect(readme).toContain(source.slice(source.indexOf("export function")).trim());
  });

  test("alarms on the share of failures only from a least number of requests on", () => {
    const { at } = full();
    const alarm = at("aws_cloudwatch_metric_alarm.api_server-errors-alarm");
    expect(alarm).toMatchObject({ threshold: 2, alarm_actions: [expect.stringContaining(region)] });
    expect(alarm.metric_query).toContainEqual(
      expect.objectContaining({ expression: "IF(requests >= 50, 100 * errors / requests, 0)", return_data: true }),
    );
    expect(at("aws_cloudwatch_metric_alarm.api_latency-alarm")).toMatchObject({
      extended_statistic: "p99",
      threshold: 1500,
    });
    expect(build().resource.aws_cloudwatch_metric_alarm).toBeUndefined();
  });
});

describe("HttpApi refuses", () => {
  const refused: [string, () => unknown, RegExp][] = [
    [
      "a function that runs on after the API gave up",
      () => build({ target: targetOf([], 31) }),
      /test\/api: the function's timeout of 31 s is above the 30 s that the API waits for its function; use at most 30/,
    ],
    [
      "a function that runs on after the configured wait",
      () => full({ target: targetOf([], 16) }),
      /is above the 15 s .*; use at most 15/,
    ],
    [
      "a domain without its zone",
      () => full({ domain: undefined }),
      /test\/api: has the domain api\.example\.com but no hosted zone; pass domain/,
    ],
    [
      "a zone without a domain",
      () => build({ domain: { zoneId: "Z1", validationRecords: "create" } }),
      /has a hosted zone but no domain; set domainName/,
    ],
    [
      "an authorizer's service whose function it is not given",
      () => full({ authorizerFunctions: undefined }),
      /the authorizer "partners" asks the service "sign-in", which is not there; pass its function in authorizerFunctions/,
    ],
    [
      "an authorizer that runs on after API Gateway gave up",
      () => full({ authorizerFunctions: signIn([], 11) }),
      /the timeout of sign-in, 11 s, is above the 10 s that API Gateway waits for an authorizer; use at most 10/,
    ],
    [
      "a function that is there already, of an account that it does not know",
      () => full({ account: undefined }),
      /names no account; pass account, or write it in the ARN/,
    ],
    [
      "client certificates in a region without a truststore",
      () =>
        full({
          config: {
            ...fullProps(region).config,
            mutualTls: { "eu-central-1": fullProps(region).config.mutualTls?.["eu-central-1"] },
          },
        }),
      /has no truststore in eu-west-1; add eu-west-1 to mutualTls/,
    ],
    [
      "two truststores",
      () => full({ domain: { zoneId: "Z1", validationRecords: "create", mutualTls: { truststoreUri: "s3://a/b" } } }),
      /has a truststore in the config and in domain; pass one of them/,
    ],
    [
      "a name that is too long",
      () => build({ name: "a".repeat(129) }),
      /has 129 characters, but AWS allows at most 128/,
    ],
  ];

  test.each(refused)("%s", (_, call, message) => {
    expect(call).toThrow(message);
  });
});

describe("httpApiConfig", () => {
  const parse = (changes: object) =>
    parseConfig(httpApiConfig, { ...({ routes: { "GET /orders": {} } } satisfies HttpApiInput), ...changes }, "api");
  const routes = (...keys: string[]) => ({ routes: Object.fromEntries(keys.map((route) => [route, {}])) });
  const cors = (changes: object) => ({
    cors: { allowOrigins: ["https://shop.example.com"], allowMethods: ["GET"], ...changes },
  });

  const open = { authorization: "NONE" } as const;
  const withToken = { allowHeaders: ["Authorization"] };
  const jwt = (...keys: string[]) => ({
    authorizers: { staff: { issuer: "https://login.example.com", audience: ["a"] } },
    routes: Object.fromEntries(keys.map((key) => [key, { authorization: "JWT", authorizer: "staff" }])),
  });

  const byFunction = { authorization: "CUSTOM", authorizer: "partners" };
  const custom = (authorizer: object, route: object = {}, count = 1) => ({
    lambdaAuthorizers: Object.fromEntries(
      Array.from({ length: count }, (_, n) => [
        n === 0 ? "partners" : `partners-${n}`,
        { service: "sign-in", ...authorizer },
      ]),
    ),
    routes: { "GET /a": { ...byFunction, ...route } },
  });
  const truststore = (bucket: string) => ({
    truststoreUri: `s3://${bucket}-bucket/clients.pem`,
    truststoreVersion: "1",
  });

  const answered: [string, object][] = [
    ["a route for each method", { ...jwt("GET /orders", "POST /orders") }],
    ["an open route for every method", { routes: { "ANY /orders": open } }],
    [
      "an open route for preflights of one path",
      { routes: { ...jwt("ANY /a/{id}").routes, "OPTIONS /a/{other}": open } },
    ],
    ["an open route for preflights of every path", { routes: { ...jwt("$default").routes, "OPTIONS /{all+}": open } }],
  ];

  test.each(answered)("takes cors before tokens with %s", (_, changes) => {
    expect(() => parse({ ...jwt("GET /orders"), ...cors(withToken), ...changes })).not.toThrow();
  });

  test("takes a latency alarm at the wait, and as many requests as throttling lets through", () => {
    const alarms = { latencyMs: 2000, minimumRequests: 35 };
    expect(() => parse({ timeoutMs: 2000, throttle: { rateLimit: 0.1, burstLimit: 5 }, alarms })).not.toThrow();
  });

  test("fills in defaults", () => {
    expect(parse({})).toMatchObject({
      throttle: { rateLimit: 100, burstLimit: 100 },
      timeoutMs: 30_000,
      alarms: { serverErrorPercent: 1, minimumRequests: 20 },
    });
  });

  const refused: [string, object, RegExp][] = [
    ["no routes", routes(), /routes: is empty; add a route/],
    [
      "a route without a path",
      routes("POST"),
      /routes\.POST: the route key "POST" is malformed; write a method, one space and a path/,
    ],
    ["a path without a slash", routes("POST orders"), /"POST orders" is malformed/],
    [
      "an unknown method",
      routes("PSOT /orders"),
      /"PSOT \/orders" has the unknown method "PSOT"; use one of ANY, DELETE, GET/,
    ],
    ["a method in lower case", routes("post /orders"), /unknown method "post"/],
    ["a trailing slash", routes("GET /orders/"), /has an empty path segment; remove the extra slash/],
    ["an unclosed parameter", routes("GET /orders/{id"), /malformed path segment "\{id"; use letters/],
    ["a parameter inside a segment", routes("GET /orders/no-{id}"), /malformed path segment "no-\{id\}"/],
    ["a parameter with a colon", routes("GET /orders/{id:x}"), /malformed path segment/],
    [
      "a greedy parameter before the end",
      routes("GET /files/{path+}/info"),
      /greedy parameter before the end; move \{\.\.\.\+\} to the end/,
    ],
    ["two parameters of one name", routes("GET /a/{id}/b/{id}"), /two parameters with the same name/],
    [
      "two routes for the same requests",
      routes("GET /orders/{id}", "GET /orders/{orderId}"),
      /routes\.GET \/orders\/\{orderId\}: matches the same requests as "GET \/orders\/\{id\}"; remove one/,
    ],
    [
      "two routes with one address",
      routes("GET /line/items", "GET /line-items"),
      /would have the same Terraform address as "GET \/line\/items"; set id on one of them/,
    ],
    [
      "more routes than permissions fit",
      routes(...Array.from({ length: 41 }, (_, n) => `GET /r${n}`)),
      /has 41 routes, but a function's resource policy only holds the permissions of 40/,
    ],
    [
      "an unknown authorization",
      { routes: { "GET /a": { authorization: "COGNITO" } } },
      /authorization: is not one of the allowed values; use one of AWS_IAM, JWT, CUSTOM, NONE/,
    ],
    [
      "JWT without an authorizer",
      { routes: { "GET /a": { authorization: "JWT" } } },
      /authorizer: is required with authorization "JWT"; name one of authorizers/,
    ],
    [
      "an authorizer that is not declared",
      { routes: { "GET /a": { authorization: "JWT", authorizer: "staff" } } },
      /authorizer: is not one of authorizers; name one of them.*received "staff"/,
    ],
    [
      "an authorizer that has no effect",
      { routes: { "GET /a": { authorizer: "staff" } } },
      /authorizer: only has an effect with authorization "JWT" or "CUSTOM"; set authorization to one of them/,
    ],
    [
      "scopes that have no effect",
      { routes: { "GET /a": { authorization: "NONE", scopes: ["a"] } } },
      /scopes: only has an effect with authorization "JWT"/,
    ],
    [
      "no scopes in a list of them",
      { ...jwt("GET /a"), routes: { "GET /a": { authorization: "JWT", authorizer: "staff", scopes: [] } } },
      /scopes: is too small; use at least 1 entry/,
    ],
    [
      "scopes of a Lambda authorizer",
      custom({}, { scopes: ["a"] }),
      /scopes: only has an effect with authorization "JWT"/,
    ],
    [
      "a scope with a space",
      { routes: { "GET /a": { authorization: "JWT", authorizer: "staff", scopes: ["a b"] } } },
      /is not a valid OAuth scope/,
    ],
    [
      "CUSTOM without an authorizer",
      { routes: { "GET /a": { authorization: "CUSTOM" } } },
      /authorizer: is required with authorization "CUSTOM"; name one of lambdaAuthorizers/,
    ],
    [
      "CUSTOM with a JWT authorizer",
      { ...jwt("GET /b"), routes: { "GET /a": { authorization: "CUSTOM", authorizer: "staff" } } },
      /authorizer: is not one of lambdaAuthorizers; name one of them, or set authorization to "JWT"/,
    ],
    [
      "JWT with a Lambda authorizer",
      custom({}, { authorization: "JWT" }),
      /authorizer: is not one of authorizers; name one of them, or set authorization to "CUSTOM"/,
    ],
    [
      "a Lambda authorizer without a function",
      custom({ service: undefined }),
      /lambdaAuthorizers\.partners\.service: is required; name a service, or set functionArn/,
    ],
    [
      "a Lambda authorizer with two functions",
      custom({ functionArn: "arn:aws:lambda:{region}:{account}:function:a" }),
      /lambdaAuthorizers\.partners\.service: stands beside functionArn; keep one of them/,
    ],
    [
      "a function of one region",
      custom({ service: undefined, functionArn: "arn:aws:lambda:eu-west-1:111111111111:function:a" }),
      /functionArn: is not the ARN of a function in each region; write arn:\{partition\}:lambda:\{region\}/,
    ],
    [
      "an answer that is kept for longer than an hour",
      custom({ resultTtlSeconds: 3601 }),
      /resultTtlSeconds: is too large; use at most 3600/,
    ],
    [
      "an answer that is kept for less than no time",
      custom({ resultTtlSeconds: -1 }),
      /resultTtlSeconds: is too small; use at least 0/,
    ],
    [
      "an answer that is kept for nobody",
      custom({ resultTtlSeconds: 1, identitySources: [] }),
      /identitySources: names nothing that a caller sends/,
    ],
    [
      "an answer that is kept for every caller of a route",
      custom({ resultTtlSeconds: 1, identitySources: ["$context.routeKey"] }),
      /identitySources: names nothing that a caller sends/,
    ],
    [
      "an answer for one route that is kept for others",
      { ...custom({ resultTtlSeconds: 1 }), routes: { "GET /a": byFunction, "GET /b": byFunction } },
      /identitySources: does not contain \$context\.routeKey, so a cached answer for one route would be that for all/,
    ],
    [
      "an identity source twice",
      custom({ identitySources: ["$request.header.a", "$request.header.a"] }),
      /identitySources\[1\]: is listed twice/,
    ],
    [
      "an identity source that is none",
      custom({ identitySources: ["Authorization"] }),
      /identitySources\[0\]: is not an identity source; write "\$request\.header\.<name>"/,
    ],
    [
      "a variable of a stage, which has none",
      custom({ identitySources: ["$stageVariables.a"] }),
      /is not an identity source/,
    ],
    [
      "one name for two authorizers",
      { ...custom({}), authorizers: { partners: { issuer: "https://login", audience: ["a"] } } },
      /lambdaAuthorizers\.partners: is also the name of one of authorizers/,
    ],

    [
      "a header that a Lambda authorizer needs and no page may send",
      { ...custom({ identitySources: ["$request.header.X-Key"] }), ...cors({}) },
      /cors\.allowHeaders: does not contain x-key, so browsers cannot send the header that GET \/a requires; add it/,
    ],
    [
      "client certificates without a domain",
      { mutualTls: { "eu-west-1": truststore("a") } },
      /mutualTls: needs domainName, because API Gateway asks for client certificates on custom domains only/,
    ],
    [
      "client certificates of no authority",
      { domainName: "a.example.com", mutualTls: {} },
      /mutualTls: has no truststore; add one for each region/,
    ],
    [
      "one bucket for the truststores of two regions",
      { domainName: "a.example.com", mutualTls: { "eu-west-1": truststore("a"), "eu-central-1": truststore("a") } },
      /mutualTls\.eu-central-1\.truststoreUri: is in the bucket of eu-west-1, whose loss must not stop this region/,
    ],
    [
      "a truststore that is not in S3",
      {
        domainName: "a.example.com",
        mutualTls: { "eu-west-1": { truststoreUri: "https://a.example.com/b", truststoreVersion: "1" } },
      },
      /truststoreUri: is not the place of a truststore; write s3:/,
    ],
    [
      "a truststore that may change without a plan",
      { domainName: "a.example.com", mutualTls: { "eu-west-1": { truststoreUri: "s3://abc/b" } } },
      /truststoreVersion: is required/,
    ],
    [
      "an issuer without https",
      { authorizers: { staff: { issuer: "http://login", audience: ["a"] } } },
      /issuer: is not an issuer, because it does not begin with https:\/\/; use the https URL/,
    ],
    [
      "an authorizer without audience",
      { authorizers: { staff: { issuer: "https://login", audience: [] } } },
      /audience: is too small; use at least 1 entry/,
    ],
    [
      "a rate above any quota",
      { throttle: { rateLimit: 1_000_001, burstLimit: 1 } },
      /throttle\.rateLimit: is too large; use at most 1000000/,
    ],
    [
      "a negative rate",
      { throttle: { rateLimit: -1, burstLimit: 1 } },
      /throttle\.rateLimit: is too small; use at least 0/,
    ],
    [
      "a burst above the quota",
      { routes: { "GET /a": { throttle: { rateLimit: 1, burstLimit: 5001 } } } },
      /throttle\.burstLimit: is too large; use at most 5000/,
    ],
    ["a wait over 30 s", { timeoutMs: 31_000 }, /timeoutMs: is too large; use at most 30000/],
    ["a wait below 50 ms", { timeoutMs: 10 }, /timeoutMs: is too small; use at least 50/],
    ["a malformed domain", { domainName: "https://api.example.com" }, /domainName: is not a domain name/],
    [
      "an origin with a path",
      cors({ allowOrigins: ["https://shop.example.com/"] }),
      /cors\.allowOrigins\[0\]: is not an origin, because something follows its host and port; write https:\/\/host/,
    ],
    ["an origin without TLS", cors({ allowOrigins: ["http://shop.example.com"] }), /is not an origin/],
    ["an origin with a wildcard label", cors({ allowOrigins: ["https://*.example.com"] }), /is not an origin/],
    [
      "credentials for every origin",
      cors({ allowOrigins: ["*"], allowCredentials: true }),
      /cors\.allowOrigins: cannot be "\*" together with allowCredentials/,
    ],
    [
      "credentials with every header",
      cors({ allowHeaders: ["*"], allowCredentials: true }),
      /cors\.allowHeaders: cannot be "\*" together/,
    ],
    [
      "every origin and one more",
      cors({ allowOrigins: ["*", "https://a.example.com"] }),
      /cors\.allowOrigins: mixes "\*" with other values/,
    ],
    [
      "an origin with the port that browsers leave out",
      cors({ allowOrigins: ["https://shop.example.com:443"] }),
      /cors\.allowOrigins\[0\]: is not an origin, because browsers send https:\/\/shop\.example\.com; write/,
    ],
    [
      "preflight requests at a route for every method with a token",
      { ...cors(withToken), ...jwt("ANY /orders") },
      /routes\.ANY \/orders\.authorization: is JWT, which also rejects preflight requests, because browsers send them without credentials; write one route for each method, or add a route "OPTIONS \/orders" with authorization NONE \(received "JWT"\)/,
    ],
    [
      "preflight requests at a $default route with a token",
      { ...cors(withToken), ...jwt("$default") },
      /routes\.\$default\.authorization: is JWT, which .*; write one route for each method, or add a route "OPTIONS \/\{proxy\+\}" with authorization NONE/,
    ],
    [
      "preflight requests at a $default route with signatures, the default",
      { ...cors({}), ...routes("$default") },
      /routes\.\$default\.authorization: is AWS_IAM, which also rejects preflight requests/,
    ],
    [
      "preflight requests at a route for every method that only another path opens",
      {
        ...cors(withToken),
        ...jwt("ANY /orders", "GET /a"),
        routes: { ...jwt("ANY /orders").routes, "OPTIONS /a": open },
      },
      /routes\.ANY \/orders\.authorization: is JWT/,
    ],
    [
      "a route for preflight requests that asks for a token",
      { ...cors(withToken), ...jwt("GET /orders", "OPTIONS /orders") },
      /routes\.OPTIONS \/orders\.authorization: is JWT, which .*; set it to NONE, or remove the route and let API Gateway answer preflights/,
    ],
    [
      "tokens that no page may send",
      { ...cors({ allowHeaders: ["content-type"] }), ...jwt("GET /orders") },
      /cors\.allowHeaders: does not contain authorization, so browsers cannot send the token that GET \/orders requires; add it/,
    ],
    [
      "a CORS method that no route has",
      cors({ allowMethods: ["GET", "PUT"] }),
      /cors\.allowMethods\[1\]: is a method that no route has; remove it, or add a route with it \(received "PUT"\)/,
    ],
    [
      "a latency alarm above the wait",
      { timeoutMs: 2000 },
      /alarms\.latencyMs: is never reached, because the API answers after timeoutMs, 2000, at the latest; use at most 2000/,
    ],
    [
      "an alarm from more requests on than throttling lets through",
      { throttle: { rateLimit: 0.1, burstLimit: 5 }, alarms: { minimumRequests: 36 } },
      /alarms\.minimumRequests: is never reached, because throttling allows at most 35 requests in five minutes/,
    ],
    [
      "a share of failures that cannot be exceeded",
      { alarms: { serverErrorPercent: 100 } },
      /alarms\.serverErrorPercent: is never exceeded, as there are no more than 100 percent; use less than 100/,
    ],
    ["a header twice", cors({ allowHeaders: ["a", "a"] }), /cors\.allowHeaders: contains a value twice/],
    [
      "an unknown CORS method",
      cors({ allowMethods: ["FETCH"] }),
      /cors\.allowMethods\[0\]: is not one of the allowed values/,
    ],
    ["a preflight age over a day", cors({ maxAgeSeconds: 86_401 }), /maxAgeSeconds: is too large; use at most 86400/],
    ["a misspelt field", { timoutMs: 100 }, /timoutMs: unknown field; did you mean "timeoutMs"\?/],
  ];

  test.each(refused)("refuses %s", (_, changes, message) => {
    expect(() => parse(changes)).toThrow(message);
  });

  test("takes two routes of one derived address when one has an id", () => {
    expect(() =>
      parse({ routes: { "GET /line/items": {}, "GET /line-items": { id: "get-line-dash-items" } } }),
    ).not.toThrow();
  });

  test("reports mistakes in several places at once", () => {
    expect(() => parse({ ...routes("PSOT /a", "GET /b/"), timeoutMs: 1, ...cors({ allowOrigins: [] }) })).toThrow(
      "5 mistakes",
    );
  });
});

describe("integrationTimeoutProblem", () => {
  test("lets a function run as long as the API waits, and no longer", () => {
    expect(integrationTimeoutProblem(30)).toBeUndefined();
    expect(integrationTimeoutProblem(31)).toMatch(/^is above the 30 s .*; use at most 30$/);
    expect(integrationTimeoutProblem(3, 2500)).toMatch(/^is above the 2\.5 s .*; use at most 2$/);
  });
});

describe("a route's address and permission", () => {
  test.each([
    ["GET /", "get-root", "arn/*/GET/"],
    ["POST /orders", "post-orders", "arn/*/POST/orders"],
    ["GET /orders/{orderId}/lines", "get-orders-by-order-id-lines", "arn/*/GET/orders/*/lines"],
    ["ANY /files/{proxy+}", "any-files-all-proxy", "arn/*/*/files/*"],
    ["PUT /v1.2/Line_Items", "put-v1-2-line-items", "arn/*/PUT/v1.2/Line_Items"],
    ["$default", "default", "arn/*/$default"],
  ])("of %s are %s and %s", (routeKey, id, sourceArn) => {
    expect(routeId(routeKey)).toBe(id);
    expect(routeSourceArn("arn", routeKey)).toBe(sourceArn);
  });
});
