import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** An event of CloudWatch, of the form that its guide shows. */
export const alarmEvent = (name: string, value: "ALARM" | "OK", more: object = {}) => ({
  version: "0",
  id: "c4c1c1c9-6542-e61b-6ef0-8c4d36933a92",
  "detail-type": "CloudWatch Alarm State Change",
  source: "aws.cloudwatch",
  account: "123456789012",
  time: "2026-10-02T17:04:40Z",
  region: "eu-west-1",
  resources: [`arn:aws:cloudwatch:eu-west-1:123456789012:alarm:${name}`],
  detail: {
    alarmName: name,
    state: { value, reason: 'Threshold Crossed: 1 datapoint [99.5] was "greater" than \\ the threshold (50.0).' },
    previousState: { value: value === "OK" ? "ALARM" : "OK" },
    configuration: {},
  },
  ...more,
});

type Event = ReturnType<typeof alarmEvent>;

/** A value by the paths that EventBridge reads: names and indexes. */
function valueAt(event: Event, path: string): unknown {
  const steps = path
    .replace(/^\$\.?/, "")
    .split(/[.[\]]+/)
    .filter(Boolean);
  return steps.reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], event);
}

interface Target {
  readonly input_transformer: { readonly input_paths: Record<string, string>; readonly input_template: string };
  readonly http_target?: {
    readonly path_parameter_values?: readonly string[];
    readonly query_string_parameters?: Record<string, string>;
  };
}

/** What EventBridge makes of a template: a placeholder alone becomes a JSON value, one within a text is put in as it is. */
export function transformed(
  { input_transformer: { input_paths: paths, input_template: template } }: Target,
  event: Event,
) {
  const body = template.replace(/(^|[^\\])<(\w+)>/g, (_, before: string, name: string, offset: number) => {
    const value = valueAt(event, paths[name] ?? "");
    const quotes = template.slice(0, offset + 1).match(/(?<!\\)"/g)?.length ?? 0;
    return `${before}${quotes % 2 === 0 ? JSON.stringify(value) : String(value)}`;
  });
  return JSON.parse(body) as Record<string, unknown>;
}

interface Connection {
  readonly auth_parameters: {
    readonly api_key: { readonly key: string };
    readonly invocation_http_parameters?: { readonly body: readonly { readonly key: string }[] };
  };
}

export interface Received {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, unknown>;
}

/** Stands for all receivers, at the paths that they have. */
export class Receivers {
  readonly received: Received[] = [];
  private server?: Server;
  private base = "";

  async start(): Promise<void> {
    this.server = createServer((incoming, outgoing) => {
      const parts: Buffer[] = [];
      incoming.on("data", (part: Buffer) => parts.push(part));
      incoming.on("end", () => {
        const body = JSON.parse(Buffer.concat(parts).toString());
        this.received.push({ url: incoming.url ?? "", headers: incoming.headers, body });
        outgoing.writeHead(202, { connection: "close" }).end("{}");
      });
    });
    const server = this.server;
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    this.base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await new Promise((closed) => this.server?.close(closed));
  }

  /** Posts an event as an API destination does, with the secret of its connection. */
  async deliver(
    {
      endpoint,
      target,
      connection,
      secret,
    }: { endpoint: string; target: Target; connection: Connection; secret: string },
    event: Event,
  ): Promise<Received> {
    const { api_key: apiKey, invocation_http_parameters: parameters } = connection.auth_parameters;
    const { path_parameter_values: values = [], query_string_parameters: query = {} } = target.http_target ?? {};
    let path = new URL(endpoint).pathname;
    for (const value of values) path = path.replace("*", encodeURIComponent(String(valueAt(event, value))));
    const url = new URL(path, this.base);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const added = Object.fromEntries((parameters?.body ?? []).map(({ key }) => [key, secret]));
    const body = JSON.stringify({ ...transformed(target, event), ...added });
    const headers = { "content-type": "application/json; charset=utf-8", [apiKey.key]: secret };
    const answer = await fetch(url, { method: "POST", headers, body });
    expect(answer.status).toBe(202);
    return this.received.at(-1) as Received;
  }
}
