import { createHmac, timingSafeEqual } from "node:crypto";

/** The header that carries the proof; what a viewer sends in it is removed at the edge. */
export const originProofHeader = "x-origin-proof";

/** How far the time of a proof may be from that of the function, in milliseconds: 5 minutes. */
export const originProofToleranceMs = 300_000;

/** What a proof is of; the body is not, as the edge sees the first megabyte of it alone. */
export interface ProvenRequest {
  readonly method: string;
  /** The name of the API that the request is sent to. */
  readonly host: string;
  /** Percent-encoded or decoded. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
}

/** The header's value: `1.<seconds since 1970>.<HMAC-SHA256 in base64url>`. @param at milliseconds since 1970 */
export function originProof(key: string, request: ProvenRequest, at: number): string {
  const seconds = String(Math.floor(at / 1000));
  return `1.${seconds}.${mac(key, seconds, request).toString("base64url")}`;
}

/** Whether a header's value proves that whoever has one of the keys sent this request within the last minutes. */
export function provesOrigin(
  value: string | undefined,
  keys: readonly string[],
  request: ProvenRequest,
  now: number,
): boolean {
  const [, seconds, sent] = /^1\.(\d{10})\.([\w-]{43})$/.exec(value ?? "") ?? [];
  if (seconds === undefined || sent === undefined) return false;
  if (Math.abs(now - Number(seconds) * 1000) > originProofToleranceMs) return false;
  const received = Buffer.from(sent, "base64url");
  // Every key is compared, so that the time says nothing about which of them it was.
  return keys.map((key) => timingSafeEqual(received, mac(key, seconds, request))).includes(true);
}

function mac(key: string, seconds: string, { method, host, path, query }: ProvenRequest): Buffer {
  // A list as JSON, so that no part can pass for the end of another one.
  const parts = ["evenkeel-origin-1", seconds, method, host.toLowerCase(), canonicalPath(path), canonicalQuery(query)];
  return createHmac("sha256", key).update(JSON.stringify(parts)).digest();
}

/** API Gateway passes a path on decoded, and without what comes after a decoded question mark. */
const canonicalPath = (path: string): string => decoded(path).split("?", 1)[0] ?? "";

/** The order of parameters is not that of the viewer everywhere, nor is `a` told from `a=`. */
const canonicalQuery = (query: string): string =>
  decoded(query.replaceAll("+", " "))
    .split("&")
    .map((pair) => pair.replace(/=$/, ""))
    .filter((pair) => pair !== "")
    .sort()
    .join("&");

/**
 * A text with nothing left to decode: the same for a text and for the text decoded once, since no `%41` can overlap another. In one
 * pass, as what is decoded may itself be part of the next.
 */
function decoded(text: string): string {
  const bytes: number[] = [];
  for (const byte of Buffer.from(text)) {
    bytes.push(byte);
    for (let value = lastEscape(bytes); value !== undefined; value = lastEscape(bytes)) bytes.splice(-3, 3, value);
  }
  return Buffer.from(bytes).toString();
}

function lastEscape(bytes: readonly number[]): number | undefined {
  if (bytes.at(-3) !== 0x25) return undefined;
  const digits = String.fromCharCode(bytes.at(-2) ?? 0, bytes.at(-1) ?? 0);
  return /^[\da-f]{2}$/i.test(digits) ? Number.parseInt(digits, 16) : undefined;
}
