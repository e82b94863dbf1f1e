import type { IncomingMessage } from "node:http";

/** A call of an AWS SDK, with what its signature says about the service. */
export interface AwsRequest {
  method: string;
  /** Still percent-encoded. */
  path: string;
  query: URLSearchParams;
  header(name: string): string | undefined;
  body: Buffer;
  /** From the signature's scope, e.g. `s3`; "" for an unsigned call. */
  service: string;
  region: string;
  /** The action, e.g. `GetCallerIdentity`, as far as the request tells it. */
  action: string;
}

export interface AwsResponse {
  status: number;
  headers?: Record<string, string>;
  body?: Buffer | string;
}

export async function readRequest(message: IncomingMessage): Promise<AwsRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const header = (name: string): string | undefined => {
    const value = message.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  const raw = Buffer.concat(chunks);
  const streamed =
    header("x-amz-content-sha256")?.startsWith("STREAMING-") || header("content-encoding") === "aws-chunked";
  const body = streamed ? unchunk(raw) : raw;
  const [path = "/", search = ""] = (message.url ?? "/").split(/\?(.*)/s);
  const query = new URLSearchParams(search);
  const scope = /Credential=[^/]+\/\d+\/([^/]*)\/([^/]*)\//.exec(header("authorization") ?? "");
  const form = header("content-type")?.startsWith("application/x-www-form-urlencoded");
  const action =
    header("x-amz-target")?.split(".").pop() ??
    (form ? new URLSearchParams(body.toString("utf8")).get("Action") : null) ??
    query.get("Action") ??
    `${message.method} ${path}`;
  return {
    method: message.method ?? "GET",
    path,
    query,
    header,
    body,
    region: scope?.[1] ?? "",
    service: scope?.[2] ?? "",
    action,
  };
}

/**
 * Decodes the AWS SDKs' own chunks: `<size in hex>[;signature]\r\n<bytes>\r\n`, ended by a chunk of size 0 and trailers.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export function unchunk(raw: Buffer): Buffer {
  const parts: Buffer[] = [];
  let position = 0;
  for (;;) {
    const end = raw.indexOf("\r\n", position);
    if (end < 0) break;
    const size = Number.parseInt(raw.toString("latin1", position, end), 16);
    if (!size) break;
    parts.push(raw.subarray(end + 2, end + 2 + size));
    position = end + 2 + size + 2;
  }
  return Buffer.concat(parts);
}

export function xml(status: number, body: string): AwsResponse {
  return {
    status,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
  };
}

/** An error in S3's format. */
export function xmlError(status: number, code: string, message: string): AwsResponse {
  return xml(status, `<Error><Code>${code}</Code><Message>${xmlText(message)}</Message></Error>`);
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

export function xmlText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
