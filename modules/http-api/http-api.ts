import { Apigatewayv2Api } from "@cdktf/provider-aws/lib/apigatewayv2-api";
import { Apigatewayv2Integration } from "@cdktf/provider-aws/lib/apigatewayv2-integration";
import { Apigatewayv2Route } from "@cdktf/provider-aws/lib/apigatewayv2-route";
import { Apigatewayv2Stage } from "@cdktf/provider-aws/lib/apigatewayv2-stage";
import { Construct } from "constructs";
import {
  type AlarmTarget,
  acceptFinding,
  ConstructError,
  deploymentStackOf,
  LogGroup,
  parseConfig,
  type RegionalKey,
  resourceName,
} from "../core";
import { accessLogFormat } from "./access-log";
import { type ApiAlarms, apiAlarms } from "./api-alarms";
import { type AuthorizerFunction, addAuthorizers } from "./authorizer-resources";
import {
  addressOfRoute,
  type HttpApiConfig,
  type HttpApiInput,
  httpApiConfig,
  integrationTimeoutProblem,
} from "./config";
import { CustomDomain, type DomainReferences, type DomainTarget } from "./custom-domain";
import { routeSourceArn } from "./route-key";

/** The function behind an API; `ServiceFunction` implements it. */
export interface HttpApiTarget {
  /** The invoke ARN of the function's alias, for the integration. */
  readonly invokeArn: string;
  readonly timeoutSeconds: number;
  allowInvoke(id: string, principal: string, sourceArn: string): void;
}

export interface HttpApiProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: HttpApiInput;
  /** Name of the API, `<environment>-<service>`. */
  readonly name: string;
  /** The region that it is in. */
  readonly region: string;
  /** What the routes call, in the same region. */
  readonly target: HttpApiTarget;
  /** Encrypts the access log. */
  readonly key: RegionalKey;
  /** Functions of services in the same region that lambdaAuthorizers name, by the name of the service. */
  readonly authorizerFunctions?: ReadonlyMap<string, AuthorizerFunction>;
  /** AWS account id, 12 digits; required for a functionArn of lambdaAuthorizers with {account}. */
  readonly account?: string;
  /** Required if the config has a domain name, not allowed otherwise. */
  readonly domain?: DomainReferences;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
}

/**
 * An HTTP API in one region, in front of one function.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html
 */
export class HttpApi extends Construct {
  readonly region: string;
  readonly apiId: string;
  /** `arn:...:execute-api:<region>:<account>:<api id>`, to which permissions append stage, method and path. */
  readonly executionArn: string;
  readonly stageName: string;
  /** URL for clients, without a trailing slash. */
  readonly endpoint: string;
  readonly accessLogGroupName: string;
  /** The target of the custom domain's alias record. */
  readonly domainTarget?: DomainTarget;
  /** Whether clients need a certificate, which health checkers do not have. */
  readonly asksForCertificates: boolean;
  private readonly alarms?: ApiAlarms;

  constructor(scope: Construct, id: string, props: HttpApiProps) {
    super(scope, id);
    const { region, target, alarms } = props;
    const config = parseConfig(httpApiConfig, props.config, this.node.path);
    this.checkReferences(config, props);
    const provider = deploymentStackOf(this).providers.in(region);
    const name = resourceName(this, [props.name], 128);

    const api = new Apigatewayv2Api(this, "api", {
      provider,
      name,
      protocolType: "HTTP",
      ipAddressType: config.ipAddressType,
      // The default endpoint would bypass the domain, its routing and its mutual TLS.
      disableExecuteApiEndpoint: config.domainName !== undefined,
      corsConfiguration: config.cors && {
        allowOrigins: config.cors.allowOrigins,
        allowMethods: config.cors.allowMethods,
        allowHeaders: noneIfEmpty(config.cors.allowHeaders),
        exposeHeaders: noneIfEmpty(config.cors.exposeHeaders),
        allowCredentials: config.cors.allowCredentials,
        maxAge: config.cors.maxAgeSeconds,
      },
    });
    const integration = new Apigatewayv2Integration(this, "integration", {
      provider,
      apiId: api.id,
      integrationType: "AWS_PROXY",
      integrationMethod: "POST",
      integrationUri: target.invokeArn,
      payloadFormatVersion: "2.0",
      timeoutMilliseconds: config.timeoutMs,
    });
    const routes = this.addRoutes(config, api, integration, props);
    const accessLog = new LogGroup(this, "access-log", {
      provider,
      // Without this prefix, log delivery would add each group to one resource policy of 5,120 characters per account.
      name: `/aws/vendedlogs/http-api/${name}`,
      retentionDays: config.logRetentionDays,
      keyArn: props.key.arnIn(region),
    });
    const stage = new Apigatewayv2Stage(this, "stage", {
      provider,
      apiId: api.id,
      name: "$default",
      autoDeploy: true,
      accessLogSettings: { destinationArn: accessLog.arn, format: accessLogFormat },
      defaultRouteSettings: settings(config.throttle),
      routeSettings: Object.entries(config.routes).flatMap(([routeKey, { throttle }]) =>
        throttle ? [{ routeKey, ...settings(throttle) }] : [],
      ),
      // Route settings can only reference routes that exist.
      dependsOn: routes,
    });

    this.region = region;
    this.apiId = api.id;
    this.executionArn = api.executionArn;
    this.stageName = stage.name;
    this.accessLogGroupName = accessLog.name;
    this.asksForCertificates = (config.mutualTls ?? props.domain?.mutualTls) !== undefined;
    this.endpoint = config.domainName ? `https://${config.domainName}` : api.apiEndpoint;
    if (config.domainName && props.domain) {
      this.domainTarget = new CustomDomain(this, "domain", {
        ...props.domain,
        mutualTls: this.mutualTls(config, props),
        region,
        domainName: config.domainName,
        apiId: api.id,
        stage: stage.id,
        ipAddressType: config.ipAddressType,
      }).target;
    }
    if (alarms)
      this.alarms = apiAlarms(this, { name, region, apiId: api.id, thresholds: config.alarms, target: alarms });
  }

  /** ARNs of the alarms on failed requests and on latency; none without alarms. */
  get callerAlarmArns(): readonly string[] {
    return this.alarms ? [this.alarms.serverErrors.arn, this.alarms.latency.arn] : [];
  }

  private checkReferences(config: HttpApiConfig, { domain, target }: HttpApiProps): void {
    if (config.domainName && !domain) {
      throw new ConstructError(this, `has the domain ${config.domainName} but no hosted zone`, "pass domain");
    }
    if (domain && !config.domainName) {
      throw new ConstructError(this, "has a hosted zone but no domain", "set domainName in the config");
    }
    const problem = integrationTimeoutProblem(target.timeoutSeconds, config.timeoutMs);
    if (problem) {
      const [what = "", remedy = ""] = problem.split("; ");
      throw new ConstructError(this, `the function's timeout of ${target.timeoutSeconds} s ${what}`, remedy);
    }
  }

  /** The truststore of the region, which clients' certificates are checked against. */
  private mutualTls({ mutualTls }: HttpApiConfig, { region, domain }: HttpApiProps): DomainReferences["mutualTls"] {
    if (!mutualTls) return domain?.mutualTls;
    const own = mutualTls[region as keyof typeof mutualTls];
    if (!own || domain?.mutualTls) {
      throw new ConstructError(
        this,
        own ? "has a truststore in the config and in domain" : `has no truststore in ${region}`,
        own ? "pass one of them" : `add ${region} to mutualTls`,
      );
    }
    return own;
  }

  /** Each route has its own permission to invoke the function, so a removed route can no longer invoke it. */
  private addRoutes(
    config: HttpApiConfig,
    api: Apigatewayv2Api,
    integration: Apigatewayv2Integration,
    { name, region, target, account, authorizerFunctions }: HttpApiProps,
  ): Apigatewayv2Route[] {
    const provider = deploymentStackOf(this).providers.in(region);
    const authorizers = addAuthorizers(this, {
      config,
      name,
      apiId: api.id,
      executionArn: api.executionArn,
      region,
      account,
      functions: authorizerFunctions,
    });
    return Object.entries(config.routes).map(([routeKey, route]) => {
      const address = addressOfRoute(routeKey, route);
      target.allowInvoke(
        `${this.node.id}-${address}`,
        "apigateway.amazonaws.com",
        routeSourceArn(api.executionArn, routeKey),
      );
      const added = new Apigatewayv2Route(this, `route-${address}`, {
        provider,
        apiId: api.id,
        routeKey,
        target: `integrations/${integration.id}`,
        authorizationType: route.authorization,
        authorizerId: route.authorizer ? authorizers.get(route.authorizer)?.id : undefined,
        authorizationScopes: route.scopes,
      });
      if (route.authorization === "NONE") {
        acceptFinding(
          added,
          "CKV_AWS_309",
          "Open to everybody, as its configuration says with authorization NONE; a health check cannot log in.",
        );
      }
      return added;
    });
  }
}

function settings({ rateLimit, burstLimit }: HttpApiConfig["throttle"]) {
  // A route with its own settings gets none of the defaults, including metrics.
  return { throttlingRateLimit: rateLimit, throttlingBurstLimit: burstLimit, detailedMetricsEnabled: true };
}

/** API Gateway returns no list instead of an empty one. */
function noneIfEmpty(values: string[]): string[] | undefined {
  return values.length > 0 ? values : undefined;
}
