import { UnauthenticatedError } from "../errors/service-errors.js";
import type { HttpRequest } from "./http-request.js";

/** Claims of a token, or the context of a Lambda authorizer, as API Gateway passes them on; a list is the text `[a b]`. */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * Who sent a request, as the authorizer of its route found out: the holder of a token (`JWT` routes), an AWS principal
 * (`AWS_IAM` routes), or whoever a Lambda authorizer let through (`CUSTOM` routes).
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export type Caller =
  | { readonly kind: "token"; readonly claims: Claims; readonly scopes: readonly string[] }
  | {
      readonly kind: "iam";
      /** ARN of the role or user, a role without its path: `arn:aws:iam::111122223333:role/support`. */
      readonly principal: string;
      /** Id of the identity in an Amazon Cognito identity pool, if that gave the credentials. */
      readonly identityId?: string;
    }
  | { readonly kind: "lambda"; readonly claims: Claims; readonly scopes: readonly string[] };

/** The caller of a request. @throws UnauthenticatedError for a route that authorizes nobody */
export function callerOf(request: HttpRequest): Caller {
  const authorizer: unknown = (request.event.requestContext as { readonly authorizer?: unknown }).authorizer;
  const { jwt, iam, lambda } = record(authorizer) ?? {};
  const claims = record(record(jwt)?.claims);
  if (claims) return { kind: "token", claims, scopes: scopesOf(claims) };
  const { userArn, cognitoIdentity } = record(iam) ?? {};
  if (typeof userArn === "string" && userArn !== "") {
    const identityId = record(cognitoIdentity)?.identityId;
    return {
      kind: "iam",
      principal: principalOf(userArn),
      ...(typeof identityId === "string" && identityId !== "" && { identityId }),
    };
  }
  const context = record(lambda);
  if (context) return { kind: "lambda", claims: context, scopes: scopesOf(context) };
  throw new UnauthenticatedError("The request says nothing about who sends it.");
}

/** The values of a claim: its own text, and where a claim may hold a list, the members of `[a b]`. */
export function claimValues(claims: Claims, name: string, list: boolean): readonly string[] {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
  if (Array.isArray(value)) return list ? value.filter((member) => typeof member === "string" && member !== "") : [];
  if (typeof value !== "string" || value === "") return [];
  return list ? members(value) : [value];
}

/**
 * The principal of an ARN that API Gateway tells: `assumed-role/support/session` is that of the role `support`. Names of roles
 * are unique in an account, so a path is left out.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
export function principalOf(arn: string): string {
  const [, partition, account, role] = /^arn:([a-z-]+):sts::(\d{12}):assumed-role\/([^/]+)\/[^/]+$/.exec(arn) ?? [];
  if (role !== undefined) return `arn:${partition}:iam::${account}:role/${role}`;
  return arn.replace(/:role\/(?:[^/]+\/)+([^/]+)$/, ":role/$1");
}

/** `scope` of RFC 8693, `scp` of other issuers. @see https://www.rfc-editor.org/rfc/rfc8693#section-4.2 */
const scopesOf = (claims: Claims): readonly string[] => [
  ...new Set(["scope", "scp"].flatMap((name) => claimValues(claims, name, true))),
];

/** API Gateway writes a list as `[a b]`; issuers write one as `a b`. */
const members = (text: string): string[] =>
  (/^\[.*\]$/s.test(text) ? text.slice(1, -1) : text).split(" ").filter((member) => member !== "");

const record = (value: unknown): Claims | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Claims) : undefined;
