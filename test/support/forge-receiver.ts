import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** An API of GitHub and GitLab on this machine, which remembers who has asked for what. */
export abstract class ForgeReceiver {
  readonly calls: string[] = [];
  readonly tokens = new Set<string | undefined>();
  /** Status of the next answers, in place of what they would be. */
  readonly failures: number[] = [];
  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", headers } = request;
      const url = new URL(request.url ?? "", "http://localhost");
      this.calls.push(`${method} ${url.pathname}`);
      this.tokens.add(headers.authorization ?? String(headers["private-token"]));
      const sent = chunks.length > 0 ? (JSON.parse(Buffer.concat(chunks).toString()) as Record<string, string>) : {};
      const failure = this.failures.shift();
      const [status, answer] =
        failure === undefined
          ? this.answer(method, url, sent)
          : [failure, { message: "Resource not accessible by integration" }];
      response.writeHead(status, { "content-type": "application/json" });
      response.end(status === 204 ? undefined : JSON.stringify(answer));
    });
  });

  /** @returns status and JSON */
  protected abstract answer(method: string, url: URL, sent: Readonly<Record<string, string>>): [number, unknown];

  /** @returns its address */
  async start(): Promise<string> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, "close");
  }
}
