import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { type Json, objectOf } from "../../terraform";

/** Where the API of a service is in one region. */
export interface ApiAddress {
  /** What clients ask: `https://orders.example.com`. */
  readonly url: string;
  /** Host to connect to in its place, where one name is that of all regions. */
  readonly host?: string;
}

const timeoutMs = 10_000;

/**
 * Where APIs are, by the state of a stack.
 * @param state as `terraform state pull` prints it
 * @returns by the name of the API: `prod-orders`
 */
export function addressesIn(state: Json): Map<string, ApiAddress> {
  const all = (type: string): Json[] =>
    ((state.resources ?? []) as Json[])
      .filter((one) => one.mode === "managed" && one.type === type)
      .flatMap((one) => ((one.instances ?? []) as Json[]).map(({ attributes }) => objectOf(attributes)));
  const mappings = new Map(all("aws_apigatewayv2_api_mapping").map((one) => [one.api_id, one.domain_name]));
  const domains = new Map(all("aws_apigatewayv2_domain_name").map((one) => [one.domain_name, one]));
  return new Map(
    all("aws_apigatewayv2_api").map(({ id, name, api_endpoint: endpoint }): [string, ApiAddress] => {
      const domain = mappings.get(id);
      if (typeof domain !== "string") return [String(name), { url: String(endpoint) }];
      const [configured] = [domains.get(domain)?.domain_name_configuration].flat() as (Json | undefined)[];
      const target = configured?.target_domain_name;
      return [String(name), { url: `https://${domain}`, ...(typeof target === "string" ? { host: target } : {}) }];
    }),
  );
}

/** What is wrong with the answer to a GET request; undefined for the expected one. Its body is not in the message. */
export function answerOf({ url, host }: ApiAddress, path: string, expected?: number): Promise<string | undefined> {
  const asked = new URL(path, url);
  const send = asked.protocol === "http:" ? requestHttp : requestHttps;
  return new Promise((resolve) => {
    const sent = send(
      asked,
      {
        ...(host === undefined ? {} : { host, servername: asked.hostname, headers: { host: asked.host } }),
        timeout: timeoutMs,
        signal: AbortSignal.timeout(timeoutMs),
      },
      (answer) => {
        answer.resume();
        const status = answer.statusCode ?? 0;
        const isGood = expected === undefined ? status >= 200 && status < 400 : status === expected;
        const meant = expected === undefined ? "one from 200 to 399" : String(expected);
        resolve(isGood ? undefined : `was answered with ${status}, not with ${meant}`);
      },
    );
    sent.on("error", (error: NodeJS.ErrnoException) => resolve(`was not answered (${error.code ?? error.name})`));
    sent.end();
  });
}
