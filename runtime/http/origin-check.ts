import { oneOf, readEnvironment, string } from "../environment/environment.js";
import { errorName } from "../errors/error-name.js";
import { ForbiddenError, UnavailableError } from "../errors/service-errors.js";
import { type SecretSource, secretsManagerSource } from "../secrets/secret-source.js";
import type { HttpRequest } from "./http-request.js";
import { OriginKeys } from "./origin-keys.js";
import { originProofHeader, provesOrigin } from "./origin-proof.js";

/** The variables that the toolkit gives a function behind a distribution; they hold names, and no value of a secret. */
export const originVariables = {
  AWS_REGION: string(),
  /** ARN of the secret in the function's region. */
  ORIGIN_SECRET_ARN: string(),
  /** `sent`: what came past the distribution is logged. `required`: it is refused. */
  ORIGIN_SECRET_USE: oneOf("sent", "required").default("required"),
  /** Route keys that may be called past the distribution, with commas between them. */
  ORIGIN_OPEN_ROUTES: string().default(""),
};

/** How a request is checked. */
export interface OriginCheckOptions {
  /** Whether a request that did not come by the distribution is refused, and not only logged. */
  readonly required: boolean;
  /** Route keys that may be called past the distribution, such as `GET /health`. */
  readonly openRoutes: readonly string[];
  readonly source: SecretSource;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/**
 * Lets a request through. @throws ForbiddenError for one that came past the distribution; UnavailableError while the key has not
 * been read once
 */
export type OriginCheck = (request: HttpRequest) => Promise<void>;

/** {@link originCheck} by the variables of a function. `httpApi` does this by itself; a handler of another kind calls it first. */
export function originCheckFromEnvironment(source?: SecretSource): OriginCheck {
  const { AWS_REGION, ORIGIN_SECRET_ARN, ORIGIN_SECRET_USE, ORIGIN_OPEN_ROUTES } = readEnvironment(originVariables);
  return originCheck({
    required: ORIGIN_SECRET_USE === "required",
    openRoutes: ORIGIN_OPEN_ROUTES.split(",").filter((key) => key !== ""),
    source: source ?? secretsManagerSource({ secretArn: ORIGIN_SECRET_ARN, region: AWS_REGION }),
  });
}

/** A check that requests came by the distribution, whose function at the edge proves each by a key that both read. */
export function originCheck({ required, openRoutes, source, now = Date.now }: OriginCheckOptions): OriginCheck {
  let log: HttpRequest["logger"] | undefined;
  const onFailure = (error: string) => log?.warn("origin key not read again", { error_name: error });
  const keys = new OriginKeys({ sources: [source], now, onFailure });
  const open = new Set(openRoutes);

  const isProven = async ({ event }: HttpRequest): Promise<boolean> => {
    const { rawPath: path, rawQueryString: query, headers, requestContext } = event;
    const sent = headers[originProofHeader];
    if (sent === undefined) return false;
    const request = { method: requestContext.http.method, host: requestContext.domainName, path, query };
    const proves = async () => provesOrigin(sent, await keys.toVerify(), request, now());
    return (await proves()) || ((await keys.renew()) && (await proves()));
  };

  return async (request) => {
    log = request.logger;
    const { routeKey, requestContext } = request.event;
    const { authorizer } = requestContext as { readonly authorizer?: { readonly iam?: unknown } };
    // API Gateway has compared the signature of these, which nobody else can make.
    if (open.has(routeKey) || authorizer?.iam) return;
    const line = { route: routeKey, api_request_id: requestContext.requestId };
    let proven: boolean;
    try {
      proven = await isProven(request);
    } catch (error) {
      log.error("origin key not read", { ...line, error_name: errorName(error) });
      if (!required) return;
      throw new UnavailableError("The service cannot tell yet where requests come from.");
    }
    if (proven) return;
    log.warn("not by the distribution", { ...line, refused: required });
    if (required) throw new ForbiddenError("The request did not come by the distribution.");
  };
}
