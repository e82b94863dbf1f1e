import type { CloudFrontRequest, CloudFrontResultResponse } from "aws-lambda";
import { errorName } from "../../runtime/errors/error-name.js";
import type { OriginKeys } from "../../runtime/http/origin-keys.js";
import { originProof, originProofHeader } from "../../runtime/http/origin-proof.js";
import { refusal } from "./refusal.js";

/** What the function is built with, where functions behind it ask for proofs. */
export interface OriginSecret {
  /** Its name, the same in every region. */
  readonly name: string;
  /** Regions that have it, home first. */
  readonly regions: readonly string[];
  /** Routes that anybody may call past the distribution: they are proven too, so that one can be closed at any time, but need no proof. */
  readonly openRoutes: readonly string[];
  /** Whether functions refuse requests without a proof. */
  readonly required: boolean;
}

/** How a request is proven. */
export interface Proving {
  readonly keys: Pick<OriginKeys, "toProve">;
  /** Whether the function behind the API refuses the request without a proof. */
  readonly isNeeded: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Proves to the function behind the API that the request came by the distribution.
 * @returns the request; or 503, while the key has not been read once and the request needs a proof
 */
export async function prove(
  request: CloudFrontRequest,
  { keys, isNeeded, now }: Proving,
): Promise<CloudFrontRequest | CloudFrontResultResponse> {
  let key: string;
  try {
    key = await keys.toProve();
  } catch (error) {
    logLine("ERROR", "origin key not read", errorName(error));
    if (!isNeeded) return request;
    return refusal("503", "The service is temporarily unavailable");
  }
  const { method, uri: path, querystring: query } = request;
  const host = request.origin?.custom?.domainName ?? "";
  const value = originProof(key, { method, host, path, query }, now);
  request.headers[originProofHeader] = [{ key: originProofHeader, value }];
  return request;
}

/** One line in the log, with nothing of the request and nothing of the key. */
export function logLine(level: "WARN" | "ERROR", message: string, error: string): void {
  const write = level === "ERROR" ? console.error : console.warn;
  write(JSON.stringify({ level, message, error_name: error }));
}
