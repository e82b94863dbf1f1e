import { z } from "zod";
import { httpsUrl, kebabName, type Report, strictObject } from "../core";

/** The longest that API Gateway waits for a Lambda authorizer, in seconds. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
export const longestAuthorizerSeconds = 10;

/** The part of the request's context that is another one for each route. */
const routeKeySource = "$context.routeKey";

const identitySource = z
  .string()
  .regex(
    /^\$(request\.(header|querystring)\.[A-Za-z0-9_-]{1,64}|context\.[A-Za-z]+(\.[A-Za-z]+)?)$/,
    'is not an identity source; write "$request.header.<name>", "$request.querystring.<name>" or "$context.<variable>"',
  );

/** Where API Gateway finds a function in its own region. */
const functionArn = z
  .string()
  .max(200)
  .regex(
    /^arn:(\{partition\}|aws[a-z-]*):lambda:\{region\}:(\{account\}|\d{12}):function:[A-Za-z0-9_-]{1,64}(:[A-Za-z0-9_-]{1,128})?$/,
    "is not the ARN of a function in each region; write arn:{partition}:lambda:{region}:{account}:function:<name>:<alias>, with {region} as it stands",
  );

export const jwtAuthorizer = strictObject(() => ({
  issuer: httpsUrl("an issuer", "use the https URL in the iss claim of the tokens", {
    path: true,
    capitals: true,
  }).describe("Issuer of the tokens. API Gateway reads its openid-configuration."),
  audience: z
    .array(z.string().min(1))
    .min(1)
    .describe("Allowed values of aud or client_id; the token must have one of them."),
}));

export const lambdaAuthorizer = strictObject(() => ({
  service: kebabName(24)
    .optional()
    .describe("A service of the environment, whose function of the same region decides. Either this or functionArn."),
  functionArn: functionArn
    .optional()
    .describe(
      "A function that is there already, in each region: arn:{partition}:lambda:{region}:{account}:function:authorizer:live. API Gateway calls it as a role that may do only that. Either this or service.",
    ),
  identitySources: z
    .array(identitySource)
    .max(10)
    .default(["$request.header.Authorization"])
    .describe(
      "What of a request says who sends it. API Gateway answers 401 itself where one of them is missing; answers are cached by all of them.",
    ),
  resultTtlSeconds: z
    .int()
    .min(0)
    .max(3600)
    .default(0)
    .describe("How long an answer is cached, in seconds. 0 asks the function for every request."),
  response: z
    .enum(["simple", "policy"])
    .default("simple")
    .describe("What the function answers: isAuthorized, true or false (simple), or an IAM policy."),
}));

export type JwtAuthorizer = z.output<typeof jwtAuthorizer>;
export type LambdaAuthorizer = z.output<typeof lambdaAuthorizer>;

interface Authorizers {
  readonly authorizers: Readonly<Record<string, JwtAuthorizer>>;
  readonly lambdaAuthorizers: Readonly<Record<string, LambdaAuthorizer>>;
  readonly routes: Readonly<
    Record<
      string,
      { readonly authorization: string; readonly authorizer?: string; readonly scopes?: readonly string[] }
    >
  >;
}

/** Checks that each route has the authorizer that its authorization needs, and the authorizers themselves. */
export function checkAuthorizers(config: Authorizers, report: Report): void {
  const { authorizers, lambdaAuthorizers, routes } = config;
  for (const [key, route] of Object.entries(routes)) {
    checkRoute(key, route, config, report);
  }
  for (const [name, authorizer] of Object.entries(lambdaAuthorizers)) {
    const at = (path: PropertyKey[], message: string) => report(["lambdaAuthorizers", name, ...path], message);
    if (Object.hasOwn(authorizers, name)) at([], "is also the name of one of authorizers; choose another name");
    const users = Object.values(routes).filter((route) => route.authorizer === name).length;
    checkLambdaAuthorizer(authorizer, users, at);
  }
}

function checkRoute(
  key: string,
  { authorization, authorizer, scopes }: Authorizers["routes"][string],
  { authorizers, lambdaAuthorizers }: Authorizers,
  report: Report,
): void {
  const at = (field: string, message: string) => report(["routes", key, field], message);
  if (scopes !== undefined && authorization !== "JWT") {
    at("scopes", 'only has an effect with authorization "JWT"; set authorization to "JWT", or remove it');
  }
  if (authorization !== "JWT" && authorization !== "CUSTOM") {
    if (authorizer === undefined) return;
    at(
      "authorizer",
      'only has an effect with authorization "JWT" or "CUSTOM"; set authorization to one of them, or remove it',
    );
    return;
  }
  const field = authorization === "JWT" ? "authorizers" : "lambdaAuthorizers";
  const [known, others] = authorization === "JWT" ? [authorizers, lambdaAuthorizers] : [lambdaAuthorizers, authorizers];
  if (authorizer === undefined) {
    at("authorizer", `is required with authorization "${authorization}"; name one of ${field}`);
  } else if (Object.hasOwn(known, authorizer)) {
    return;
  } else if (Object.hasOwn(others, authorizer)) {
    const right = authorization === "JWT" ? "CUSTOM" : "JWT";
    at("authorizer", `is not one of ${field}; name one of them, or set authorization to "${right}"`);
  } else {
    at("authorizer", `is not one of ${field}; name one of them, or add it there`);
  }
}

/** @param users routes that it decides about */
function checkLambdaAuthorizer(
  { service, functionArn, identitySources, resultTtlSeconds, response }: LambdaAuthorizer,
  users: number,
  report: Report,
): void {
  if ((service === undefined) === (functionArn === undefined)) {
    report(
      ["service"],
      service === undefined
        ? "is required; name a service, or set functionArn"
        : "stands beside functionArn; keep one of them",
    );
  }
  identitySources.forEach((source, index) => {
    if (identitySources.indexOf(source) !== index)
      report(["identitySources", index], "is listed twice; remove the duplicate");
  });
  if (resultTtlSeconds === 0) return;
  if (!identitySources.some((source) => source.startsWith("$request."))) {
    report(
      ["identitySources"],
      "names nothing that a caller sends, so the cached answer for one caller would be that for all; add what says who it is, or set resultTtlSeconds to 0",
    );
  }
  if (response === "simple" && users > 1 && !identitySources.includes(routeKeySource)) {
    report(
      ["identitySources"],
      `does not contain ${routeKeySource}, so a cached answer for one route would be that for all of them; add it, answer with a policy, or set resultTtlSeconds to 0`,
    );
  }
}

/** The names of the headers that a Lambda authorizer needs, in lower case. */
export function identityHeaders({ identitySources }: LambdaAuthorizer): string[] {
  return identitySources.flatMap((source) => /^\$request\.header\.(.+)$/.exec(source)?.[1]?.toLowerCase() ?? []);
}
