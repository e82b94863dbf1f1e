import { SignatureV4 } from "@smithy/signature-v4";
import { dnsSuffixOf } from "../../modules/core/regions";
import { Sha256 } from "../../runtime/aws/sha256";
import { eventClients } from "./clients";
import { awsError } from "./errors";

/** A service that a verb asks, for which a client of its own would be too much. */
export interface SignedService {
  /** The name that requests are signed for, which is the first part of the host as well: `fis`. */
  readonly name: string;
  /** What its variable for another endpoint calls it, where that is not its name: `SERVICE_QUOTAS`. */
  readonly variable?: string;
  readonly region: string;
  /** The account of the environment, which the credentials should be of. */
  readonly account: string;
  /** What is asked, for messages: `list the experiments in eu-west-1`. */
  readonly doing: string;
  /** The page that has the permissions. */
  readonly page: string;
  /** In place of the credentials of the AWS SDK. */
  readonly credentials?: CredentialsProvider | undefined;
}

/** Gives the credentials of requests. */
export type CredentialsProvider = () => Promise<{
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}>;

/** One request. */
export interface SignedRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const timeoutMs = 15_000;

/**
 * Signed requests to a service of AWS, answered with JSON. Credentials are those of the AWS SDK: variables, profiles, SSO.
 * `AWS_ENDPOINT_URL_<SERVICE>` and `AWS_ENDPOINT_URL` name another endpoint, as everywhere.
 * @throws AwsRefusedError where AWS cannot be asked or refuses
 */
export async function signedRequests(service: SignedService): Promise<(request: SignedRequest) => Promise<unknown>> {
  const { account, doing, page } = service;
  const call = await signedCalls(service);
  return async (request) => {
    const answer = await call(request);
    if (answer.ok) return await answer.json();
    const error = Object.assign(new Error(`answered with ${answer.status}`), {
      name: await errorType(answer),
      $metadata: { httpStatusCode: answer.status },
    });
    throw awsError(error, doing, account, page);
  };
}

/** The same with the answer as it is, whatever its status. @throws AwsRefusedError where nobody answers, or without credentials */
export async function signedCalls(service: SignedService): Promise<(request: SignedRequest) => Promise<Response>> {
  const { name, region, account, doing, page } = service;
  const own = process.env[`AWS_ENDPOINT_URL_${service.variable ?? name.toUpperCase()}`];
  const url = new URL(own || process.env.AWS_ENDPOINT_URL || `https://${name}.${region}.${dnsSuffixOf(region)}`);
  const client = eventClients(await import("@aws-sdk/client-eventbridge")).events(region);
  const credentials = await (service.credentials ?? client.config.credentials)().catch((error: unknown) => {
    throw awsError(error, doing, account, page);
  });
  // S3 signs paths as they are sent.
  const uriEscapePath = name !== "s3";
  const signer = new SignatureV4({ service: name, region, credentials, sha256: Sha256, uriEscapePath });
  return async ({ method, path, query = {}, headers: given = {}, body }) => {
    const signed = await signer.sign({
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      path,
      query: { ...query },
      headers: { host: url.host, ...given },
      body,
    });
    const { host: _, ...headers } = signed.headers;
    const asked = new URL(path, url);
    for (const [key, value] of Object.entries(query)) asked.searchParams.set(key, value);
    try {
      return await fetch(asked, { method, headers, body, signal: AbortSignal.timeout(timeoutMs) });
    } catch (error) {
      // What fetch itself throws says nothing but that nobody was reached.
      const unreached =
        (error as Error).name === "TypeError"
          ? Object.assign(new Error(), { name: "NetworkError", code: "NETWORK" })
          : error;
      throw awsError(unreached, doing, account, page);
    }
  };
}

/** Services name the error in a header, or in the body: `com.amazon.coral.service#AccessDeniedException`. */
async function errorType(answer: Response): Promise<string> {
  const header = answer.headers.get("x-amzn-errortype");
  if (header) return header.split(":")[0] ?? header;
  const { __type: type } = (await answer.json().catch(() => ({}))) as { readonly __type?: unknown };
  return (typeof type === "string" && type.split("#").at(-1)) || "Error";
}
