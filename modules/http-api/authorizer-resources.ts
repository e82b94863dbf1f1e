import { Apigatewayv2Authorizer } from "@cdktf/provider-aws/lib/apigatewayv2-authorizer";
import type { Construct } from "constructs";
import { ConstructError, deploymentStackOf, partitionOf, ServiceRole, trustPolicy } from "../core";
import { type LambdaAuthorizer, longestAuthorizerSeconds } from "./authorizers";
import type { HttpApiConfig } from "./config";

/** A function that decides who may call an API; `ServiceFunction` is one. */
export interface AuthorizerFunction {
  /** The invoke ARN of the function's alias. */
  readonly invokeArn: string;
  readonly timeoutSeconds: number;
  allowInvoke(id: string, principal: string, sourceArn: string): void;
}

export interface AuthorizersProps {
  /** The part of the API's configuration that says what there is, with every default filled in. */
  readonly config: Pick<HttpApiConfig, "authorizers" | "lambdaAuthorizers">;
  /** Name of the API, `<environment>-<service>`. */
  readonly name: string;
  /** Id of the API that they are of. */
  readonly apiId: string;
  /** `arn:...:execute-api:<region>:<account>:<api id>` */
  readonly executionArn: string;
  /** The region that the API is in. */
  readonly region: string;
  /** AWS account id, 12 digits; only for a function that is there already. */
  readonly account?: string;
  /** Functions of services in the same region, by the name of the service. */
  readonly functions?: ReadonlyMap<string, AuthorizerFunction>;
}

const principal = "apigateway.amazonaws.com";

/** The authorizers of an API, by name, and the permission of each to ask its function. */
export function addAuthorizers(scope: Construct, props: AuthorizersProps): ReadonlyMap<string, Apigatewayv2Authorizer> {
  const { config, apiId, region } = props;
  const provider = deploymentStackOf(scope).providers.in(region);
  const all = new Map<string, Apigatewayv2Authorizer>();
  for (const [name, { issuer, audience }] of Object.entries(config.authorizers)) {
    const authorizer = new Apigatewayv2Authorizer(scope, `authorizer-${name}`, {
      provider,
      apiId,
      name,
      authorizerType: "JWT",
      identitySources: ["$request.header.Authorization"],
      jwtConfiguration: { issuer, audience },
    });
    all.set(name, authorizer);
  }
  for (const [name, authorizer] of Object.entries(config.lambdaAuthorizers)) {
    all.set(name, addLambdaAuthorizer(scope, name, authorizer, props));
  }
  return all;
}

function addLambdaAuthorizer(
  scope: Construct,
  name: string,
  config: LambdaAuthorizer,
  props: AuthorizersProps,
): Apigatewayv2Authorizer {
  const { apiId, executionArn, region } = props;
  const fn = config.service === undefined ? undefined : authorizerFunction(scope, name, config.service, props);
  const arn = config.functionArn && functionArnIn(scope, config.functionArn, props);
  const authorizer = new Apigatewayv2Authorizer(scope, `authorizer-${name}`, {
    provider: deploymentStackOf(scope).providers.in(region),
    apiId,
    name,
    authorizerType: "REQUEST",
    authorizerUri: fn ? fn.invokeArn : invokeArn(arn ?? "", region),
    authorizerCredentialsArn: arn && roleFor(scope, name, arn, props).roleArn,
    authorizerPayloadFormatVersion: "2.0",
    enableSimpleResponses: config.response === "simple",
    authorizerResultTtlInSeconds: config.resultTtlSeconds,
    identitySources: config.identitySources.length > 0 ? config.identitySources : undefined,
  });
  // One function may decide for several APIs, so the address of its permission names the API.
  const id = [scope.node.scope?.node.id, scope.node.id, "authorizer", name].join("-");
  fn?.allowInvoke(id, principal, `${executionArn}/authorizers/${authorizer.id}`);
  return authorizer;
}

/** The role that API Gateway asks a function as that others made, whose own policy is theirs to change. */
function roleFor(
  scope: Construct,
  name: string,
  functionArn: string,
  { name: api, region }: AuthorizersProps,
): ServiceRole {
  return new ServiceRole(scope, `authorizer-${name}-caller`, {
    region,
    nameParts: [api, name, "authorizer", region],
    trust: trustPolicy({ Service: principal }),
    policyName: "ask-the-authorizer",
    statements: [{ sid: "AskTheAuthorizer", actions: ["lambda:InvokeFunction"], resources: [functionArn] }],
  });
}

function authorizerFunction(scope: Construct, name: string, service: string, { functions }: AuthorizersProps) {
  const fn = functions?.get(service);
  if (!fn) {
    throw new ConstructError(
      scope,
      `the authorizer "${name}" asks the service "${service}", which is not there`,
      "pass its function in authorizerFunctions",
    );
  }
  const problem = authorizerTimeoutProblem(fn.timeoutSeconds);
  if (problem) {
    const [what = "", remedy = ""] = problem.split("; ");
    throw new ConstructError(scope, `the timeout of ${service}, ${fn.timeoutSeconds} s, ${what}`, remedy);
  }
  return fn;
}

/**
 * Checks the timeout of a function that decides who may call. Returns what is wrong and what to do, or nothing.
 * API Gateway answers 500 to the caller while such a function still runs.
 */
export function authorizerTimeoutProblem(functionTimeoutSeconds: number): string | undefined {
  if (functionTimeoutSeconds <= longestAuthorizerSeconds) return undefined;
  return `is above the ${longestAuthorizerSeconds} s that API Gateway waits for an authorizer; use at most ${longestAuthorizerSeconds}`;
}

function functionArnIn(scope: Construct, arn: string, { region, account }: AuthorizersProps): string {
  if (arn.includes("{account}") && account === undefined) {
    throw new ConstructError(scope, `the function "${arn}" names no account`, "pass account, or write it in the ARN");
  }
  return arn
    .replace("{partition}", partitionOf(region))
    .replace("{region}", region)
    .replace("{account}", account ?? "");
}

/** @see https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis-apiid-authorizers.html */
const invokeArn = (functionArn: string, region: string): string =>
  `arn:${partitionOf(region)}:apigateway:${region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
