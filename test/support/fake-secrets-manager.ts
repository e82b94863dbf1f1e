import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A server that answers GetSecretValue with one version of one secret, or fails. */
export interface FakeSecretsManager {
  readonly endpoint: string;
  /** What was asked for: names or ARNs. */
  readonly asked: string[];
  /** While true, it answers nothing but errors. */
  failing: boolean;
  stop(): Promise<void>;
}

/** Starts a fake of Secrets Manager on a free port of this machine. */
export async function startFakeSecretsManager(value: string): Promise<FakeSecretsManager> {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    fake.asked.push((JSON.parse(body) as { SecretId: string }).SecretId);
    const answer = fake.failing
      ? { __type: "AccessDeniedException", message: "refused for the test" }
      : { Name: "secret", VersionId: "v1", SecretString: value, CreatedDate: 1_700_000_000 };
    response.writeHead(fake.failing ? 400 : 200, { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify(answer));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const fake: FakeSecretsManager = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    failing: false,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return fake;
}
