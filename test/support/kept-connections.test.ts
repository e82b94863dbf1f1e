import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer, text } from "node:stream/consumers";
import { type Front, keepConnections } from "./kept-connections";

/** Answers with what it was asked, and closes the connection after each answer. */
const closing = createServer(async (incoming, outgoing) => {
  const body = await text(incoming);
  outgoing.writeHead(incoming.url === "/missing" ? 404 : 201, { connection: "close", "x-host": incoming.headers.host });
  outgoing.end(`${incoming.method} ${incoming.url} ${body}`);
});
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
let front: Front;

beforeAll(async () => {
  closing.listen(0, "127.0.0.1");
  await once(closing, "listening");
  front = await keepConnections(`http://127.0.0.1:${(closing.address() as AddressInfo).port}`);
});

afterAll(async () => {
  agent.destroy();
  await front.stop();
  closing.close();
});

async function ask(method: string, path: string, body = "") {
  const sent = request(`${front.endpoint}${path}`, { method, agent });
  sent.end(body);
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  return {
    status: answer.statusCode,
    headers: answer.headers,
    text: String(await buffer(answer)),
  };
}

test("passes requests and answers on whole, and keeps the connection", async () => {
  const long = "x".repeat(1_000_000);
  const first = await ask("POST", "/functions?a=1", long);
  expect([first.status, first.text]).toEqual([201, `POST /functions?a=1 ${long}`]);
  expect(first.headers.connection).toBe("keep-alive");
  expect(first.headers["x-host"]).toBe(new URL(front.endpoint).host);
  const second = await ask("GET", "/missing");
  expect([second.status, second.text]).toEqual([404, "GET /missing "]);
  expect(await ask("HEAD", "/functions")).toMatchObject({ status: 201, text: "" });
});

test("gives no answer where the server gives none", async () => {
  const gone = await keepConnections("http://127.0.0.1:9");
  try {
    const sent = request(gone.endpoint, { agent: false });
    sent.end();
    await expect(once(sent, "response")).rejects.toThrow(/socket hang up|ECONNRESET/);
  } finally {
    await gone.stop();
  }
});
