import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { buildSync } from "esbuild";
import { httpEvent, tokenOf } from "../runtime/invocation";
import { hasMysqlServer, type MysqlServer, startMysql } from "../runtime/mysql/mysql-server";
import { makeCertificates } from "../runtime/postgres/certificates";
import { makeStockDatabase } from "../services/stock-database";
import { stockVariables } from "../services/stock-variables";
import { type FakeSecretsManager, startFakeSecretsManager } from "../support/fake-secrets-manager";

const root = join(__dirname, "..", "..");
const password = "correct-horse-7391";
/** The connections that the server has, and more environments than that. */
const limit = 12;
const environments = 24;
/** Invocations in all, and how many at a time: the environments in between are frozen, and hold what they have. */
const invocations = 300;
const atATime = 3;

/** Runs a handler as Lambda does: one event at a time, and nothing in between, which a process that waits for a message comes close to. */
const host = `
const { handler } = require(process.argv[2]);
process.on("message", async (event) => {
  const until = Date.now() + 10_000;
  const context = { awsRequestId: "request", functionName: "stock", getRemainingTimeInMillis: () => until - Date.now() };
  const answer = await handler(event, context).catch((error) => ({ statusCode: 599, body: String(error) }));
  process.send({ status: answer.statusCode, body: answer.body });
});
process.send("ready");
`;

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** An execution environment of the function. */
class Environment {
  constructor(private readonly child: ChildProcess) {}

  async invoke(event: object): Promise<Answer> {
    const answered = once(this.child, "message") as Promise<[Answer]>;
    this.child.send(event);
    return (await answered)[0];
  }

  async end(): Promise<void> {
    const gone = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await gone;
  }
}

(hasMysqlServer() ? describe : describe.skip)(
  "Environments of a function, more than the database has connections",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "evenkeel-mysql-load-"));
    const authorizer = tokenOf({ sub: "clerk-1", scope: "stock:read stock:write" });
    const running: Environment[] = [];
    let server: MysqlServer;
    let secrets: FakeSecretsManager;

    beforeAll(async () => {
      const certificates = makeCertificates("localhost");
      writeFileSync(join(folder, "ca.crt"), certificates.ca);
      writeFileSync(join(folder, "host.js"), host);
      buildSync({
        entryPoints: [join(root, "services", "stock", "handler.ts")],
        outfile: join(folder, "handler.js"),
        bundle: true,
        platform: "node",
        target: "node20",
        logLevel: "error",
      });
      // One more for who counts.
      server = await startMysql(certificates, { "max-connections": limit + 1 });
      await makeStockDatabase(server, password);
      secrets = await startFakeSecretsManager(JSON.stringify({ username: "stock_service", password }));
    }, 120_000);
    afterEach(async () => {
      await Promise.all(running.splice(0).map((environment) => environment.end()));
    });
    afterAll(async () => {
      await server?.stop();
      await secrets?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    async function start(variables: Readonly<Record<string, string>>): Promise<Environment> {
      const child = fork(join(folder, "host.js"), [join(folder, "handler.js")], {
        stdio: ["ignore", "ignore", "ignore", "ipc"],
        env: {
          PATH: process.env.PATH,
          ...stockVariables(server, secrets),
          ...variables,
        },
      });
      const environment = new Environment(child);
      running.push(environment);
      await once(child, "message");
      return environment;
    }

    const movement = () =>
      httpEvent("POST /movements", {
        authorizer,
        body: { movementId: randomUUID(), sku: `BOX-${Math.floor(Math.random() * 8)}`, quantity: 1 },
      });

    /** Each environment in its turn, some at a time. */
    async function invokeAll(count: number): Promise<Answer[]> {
      const idle = [...running];
      const answers: Answer[] = [];
      let begun = 0;
      const work = async (): Promise<void> => {
        while (begun < count) {
          begun += 1;
          const environment = idle.shift();
          if (!environment) throw new Error("no environment is idle");
          answers.push(await environment.invoke(movement()));
          idle.push(environment);
        }
      };
      await Promise.all(Array.from({ length: atATime }, work));
      return answers;
    }

    const moved = async (): Promise<number> => {
      const [{ count = 0 } = {}] = await server.rows<{ count: number }>(
        "SELECT COUNT(*) AS count FROM stock.movements",
      );
      return Number(count);
    };

    test("give their connections back, so that no request is lost and the server has some left, by its own count", async () => {
      await Promise.all(
        Array.from({ length: environments }, () => start({ DATABASE_CA_FILE: join(folder, "ca.crt") })),
      );
      const before = await moved();
      const watch = await server.watch();
      const refused = await watch.status("Connection_errors_max_connections");
      const counted: number[] = [];
      let working = true;
      const counting = (async () => {
        while (working) {
          counted.push(await watch.connections());
          await delay(20);
        }
      })();
      const answers = await invokeAll(invocations);
      working = false;
      await counting;
      expect(answers.filter((answer) => answer.status !== 201)).toEqual([]);
      expect((await moved()) - before).toBe(invocations);
      // None was turned away, so the limit was never reached either.
      expect(await watch.status("Connection_errors_max_connections")).toBe(refused);
      expect(Math.max(...counted)).toBeLessThanOrEqual(limit);
      const held = await watch.connections();
      expect(held).toBeLessThan(limit);
      await watch.end();
      process.stdout.write(
        `${environments} environments, ${limit} connections: ${answers.length} requests, none lost; at most ${Math.max(...counted)} connections seen, ${held} held at the end\n`,
      );
    });

    test("lose requests where they keep what they have", async () => {
      // Without the file of authorities it takes the database for a pool, which holds the connections itself.
      const pooled = { NODE_EXTRA_CA_CERTS: join(folder, "ca.crt") };
      await Promise.all(Array.from({ length: limit + 4 }, () => start(pooled)));
      const answers = await invokeAll(limit + 4);
      // One more than in the other test, where somebody counts.
      expect(answers.filter((answer) => answer.status === 201)).toHaveLength(limit + 1);
      expect(answers.filter((answer) => answer.status === 503)).toHaveLength(3);
    });
  },
);
