import { EnvironmentError } from "../environment/environment.js";

/** What a token of AWS's outbound identity federation is asked for. */
export interface IdentityTokenRequest {
  /** The region whose STS makes it: the function's own. There is none at the global endpoint. */
  readonly region: string;
  /** For whom it is: the id of the server. */
  readonly audience: string;
  readonly signingAlgorithm: "ES384" | "RS256";
  /** Its life, in seconds: 60 to 3600. */
  readonly durationSeconds: number;
}

/** Asks STS for a token that says which role the function has. */
export type IdentityTokens = (request: IdentityTokenRequest) => Promise<string>;

let source: IdentityTokens | undefined;

/** Says what asks STS: called by what the bundle of a function begins with that logs in so. */
export function identityTokensBy(tokens: IdentityTokens): void {
  source = tokens;
}

/** A token that STS has just made. @throws EnvironmentError where the function's bundle cannot ask for one */
export function identityToken(request: IdentityTokenRequest): Promise<string> {
  if (source) return source(request);
  throw new EnvironmentError([
    "VAULT_JWT_ALGORITHM is set, but the bundle has no client of STS; deploy it with the toolkit, or call identityTokensBy first",
  ]);
}
