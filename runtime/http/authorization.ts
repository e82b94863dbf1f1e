import { type Environment, EnvironmentError, string } from "../environment/environment.js";
import { ForbiddenError } from "../errors/service-errors.js";
import { type Caller, callerOf, claimValues, principalOf } from "./caller.js";
import type { RouteHandler } from "./http-api.js";
import type { HttpRequest } from "./http-request.js";

/** Why a caller was turned away: the field `denial` of the log line `access denied`. */
export type Denial = "caller-kind" | "missing-scope" | "not-owner";

/** Who may call a route. */
export interface AccessRule {
  /** The token must have one of these scopes. AWS principals have none: their policies name the routes that they may call. */
  readonly scopes?: readonly string[];
  /** Kinds of callers that are let in; all of them by default. */
  readonly callers?: readonly Caller["kind"][];
}

/**
 * A route that only those may call whom the rule lets in, checked before anything of the request is read.
 * The route throws UnauthenticatedError (401) where nobody was authorized, and ForbiddenError (403) for everyone else.
 */
export function authorize(rule: AccessRule, route: RouteHandler): RouteHandler {
  return (request) => {
    const { kind } = callerOf(request);
    if (rule.callers && !rule.callers.includes(kind)) throw denied(request, kind, "caller-kind");
    if (rule.scopes) requireScope(request, ...rule.scopes);
    return route(request);
  };
}

/**
 * Lets a token through that has one of the scopes, which `scopes` of the route in the environment asks API Gateway for as well.
 * @throws ForbiddenError without one of them; UnauthenticatedError where nobody was authorized
 */
export function requireScope(request: HttpRequest, ...scopes: readonly string[]): void {
  const caller = callerOf(request);
  if (caller.kind === "iam" || scopes.some((scope) => caller.scopes.includes(scope))) return;
  throw denied(request, caller.kind, "missing-scope", scopes);
}

/** How owners are told from one another. */
export interface OwnershipOptions {
  /** The claim of a token, or the field of a Lambda authorizer's context, that names what the caller owns; `sub` by default. */
  readonly claim?: string;
  /** Whether the claim may hold several owners, as `[a b]` or `a b`. Not for a claim whose text its bearer can choose. */
  readonly list?: boolean;
  /** A scope that lets its bearer act for every owner, such as that of a support desk. */
  readonly allOwnersScope?: string;
  /** ARNs of roles and users of AWS that may act for every owner; a role without its path or with it. */
  readonly allOwnersPrincipals?: readonly string[];
}

/** Lets the owner through. @throws ForbiddenError for anyone else; UnauthenticatedError where nobody was authorized */
export type RequireOwner = (request: HttpRequest, owner: string) => void;

/**
 * A check that the caller owns what a request is about: call it with each owner that path, body or a stored item name.
 * An AWS principal owns what has the id of its identity in a Cognito identity pool, and else nothing but as one of `allOwnersPrincipals`.
 */
export function ownership({
  claim = "sub",
  list = false,
  allOwnersScope,
  allOwnersPrincipals = [],
}: OwnershipOptions = {}): RequireOwner {
  const principals = new Set(allOwnersPrincipals.map(principalOf));
  const owns = (caller: Caller, owner: string): boolean => {
    if (caller.kind === "iam") return caller.identityId === owner || principals.has(caller.principal);
    if (allOwnersScope !== undefined && caller.scopes.includes(allOwnersScope)) return true;
    return claimValues(caller.claims, claim, list).includes(owner);
  };
  return (request, owner) => {
    const caller = callerOf(request);
    if (owner === "" || !owns(caller, owner)) throw denied(request, caller.kind, "not-owner");
  };
}

/** The variables of {@link ownershipFromEnvironment}; a function reads them together with its own. */
export const ownershipVariables = {
  /** Claim that names what a caller owns; what the service says by default. */
  OWNER_CLAIM: string().default(""),
  /** Scope that lets its bearer act for every owner; none by default. */
  ALL_OWNERS_SCOPE: string().default(""),
  /** ARNs of roles and users that may act for every owner, with commas between them; none by default. */
  ALL_OWNERS_PRINCIPALS: string().default(""),
};

/** {@link ownership} by the variables of a function. @throws EnvironmentError for a principal that is no ARN of a role or user */
export function ownershipFromEnvironment(
  { OWNER_CLAIM, ALL_OWNERS_SCOPE, ALL_OWNERS_PRINCIPALS }: Environment<typeof ownershipVariables>,
  options: Pick<OwnershipOptions, "claim" | "list"> = {},
): RequireOwner {
  const allOwnersPrincipals = ALL_OWNERS_PRINCIPALS.split(",").filter((arn) => arn !== "");
  if (!allOwnersPrincipals.every((arn) => principalForm.test(arn))) {
    throw new EnvironmentError([
      "ALL_OWNERS_PRINCIPALS must be ARNs of IAM roles or users with commas between them, without spaces and wildcards",
    ]);
  }
  return ownership({
    claim: OWNER_CLAIM || options.claim,
    list: options.list,
    allOwnersScope: ALL_OWNERS_SCOPE || undefined,
    allOwnersPrincipals,
  });
}

const principalForm = /^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/;

/** One line for each denial, to count and to alarm on. It names no caller, no owner and nothing else of the request. */
function denied(request: HttpRequest, caller: Caller["kind"], denial: Denial, scopes?: readonly string[]) {
  request.logger.warn("access denied", {
    denial,
    caller,
    route: request.event.routeKey,
    api_request_id: request.event.requestContext.requestId,
  });
  return denial === "missing-scope"
    ? new ForbiddenError("The token has none of the scopes that this route asks for.", { scopes })
    : new ForbiddenError("The caller may not see or change what the request is about.");
}
