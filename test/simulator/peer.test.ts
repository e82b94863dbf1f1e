import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { realpathSync } from "node:fs";
import { type AddressInfo, createServer, type Server } from "node:net";
import { findPeer } from "../../simulator/peer";
import { temporaryFolder } from "../support/temporary-folder";

const connect = `
const [server, local] = process.argv.slice(1).map(Number);
const socket = require("node:net").connect({ host: "127.0.0.1", port: server, localPort: local }, () => {
  process.stdout.write(String(socket.localPort));
});
`;

const folders = [temporaryFolder(), temporaryFolder()].map((folder) => realpathSync(folder));
const servers: Server[] = [];
const clients: ChildProcess[] = [];

afterAll(() => {
  for (const client of clients) client.kill();
  for (const server of servers) server.close();
});

async function listen(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

async function freePort(): Promise<number> {
  const port = await listen();
  servers.pop()?.close();
  return port;
}

/** Connects from a process of its own, in a folder of its own. */
async function client(cwd: string | undefined, serverPort: number, localPort: number): Promise<number> {
  const child = spawn(process.execPath, ["-e", connect, String(serverPort), String(localPort)], {
    cwd,
    stdio: ["ignore", "pipe", "inherit"],
  });
  clients.push(child);
  const [port] = await once(child.stdout, "data");
  return Number(port);
}

const onLinux = process.platform === "linux" ? test : test.skip;

describe("findPeer", () => {
  onLinux("tells two processes apart that connect to two servers from the same port", async () => {
    const ports = [await listen(), await listen()] as const;
    const local = await freePort();
    for (const at of [0, 1] as const) expect(await client(folders[at], ports[at], local)).toBe(local);
    expect(ports.map((port) => findPeer(`127.0.0.1:${local}`, port)?.folder)).toEqual(folders);
  });

  onLinux("knows nobody behind a port without a connection", async () => {
    expect(findPeer("127.0.0.1:1", await listen())).toBeUndefined();
  });
});
