import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

interface Invocation {
  readonly id: string;
  readonly event: unknown;
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** What a runtime is started with. */
export interface RuntimeProcess {
  readonly command: readonly string[];
  readonly cwd?: string;
  /** All variables that it gets, beside those of the Runtime API. */
  readonly variables: Readonly<Record<string, string>>;
  /** Name, version and ARN of the function. */
  readonly functionName: string;
  /** Has it wait for a restore before its first event, as after a snapshot. */
  readonly snapStart?: boolean;
}

/**
 * An execution environment with Lambda's Runtime API, in which a runtime of any language runs as a process of its own.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export class RuntimeApi {
  private readonly waiting: Invocation[] = [];
  private readonly begun = new Map<string, Invocation>();
  private poll?: ServerResponse;
  private output = "";
  private count = 0;
  private ended?: Error;

  private constructor(
    private readonly server: Server,
    private readonly child: ChildProcess,
    private readonly name: string,
  ) {
    server.on("request", (request, response) => void this.answer(request, response));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.output += text;
      });
    }
    const end = (why: string) => {
      this.ended = new Error(`The runtime ${why}. It wrote:\n${this.output}`);
      for (const each of [...this.waiting, ...this.begun.values()]) each.reject(this.ended);
    };
    child.once("exit", (code, signal) => end(`ended with ${signal ?? `code ${code}`}`));
    child.once("error", (error) => end(`did not start: ${error.message}`));
  }

  static async start({ command, cwd, variables, functionName, snapStart }: RuntimeProcess): Promise<RuntimeApi> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const [program = "", ...rest] = command;
    const child = spawn(program, rest, {
      cwd,
      env: {
        ...variables,
        AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${(server.address() as AddressInfo).port}`,
        AWS_LAMBDA_FUNCTION_NAME: functionName,
        AWS_LAMBDA_FUNCTION_VERSION: "1",
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512",
        AWS_LAMBDA_INITIALIZATION_TYPE: snapStart ? "snap-start" : "on-demand",
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    return new RuntimeApi(server, child, functionName);
  }

  /** One invocation. @throws what the runtime reports as an error, or that it has ended */
  invoke(event: unknown): Promise<unknown> {
    if (this.ended) return Promise.reject(this.ended);
    this.count += 1;
    return new Promise((resolve, reject) => {
      this.waiting.push({
        id: `00000000-0000-4000-8000-${String(this.count).padStart(12, "0")}`,
        event,
        resolve,
        reject,
      });
      this.hand();
    });
  }

  /** The lines of its log that are JSON. */
  get lines(): readonly Readonly<Record<string, unknown>>[] {
    const lines = this.output.split("\n").filter((line) => line.startsWith("{"));
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null && !this.ended) {
      const exited = once(this.child, "exit");
      this.child.kill("SIGKILL");
      await exited;
    }
    this.server.closeAllConnections();
    this.server.close();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, what = ""] = (request.url ?? "").split("/2018-06-01/runtime/");
    if (what === "invocation/next") {
      this.poll = response;
      this.hand();
      return;
    }
    if (what === "restore/next") {
      response.writeHead(200).end();
      return;
    }
    const text = await bodyOf(request);
    const [, id = "", kind] = /^invocation\/([^/]+)\/(response|error)$/.exec(what) ?? [];
    const invocation = this.begun.get(id);
    this.begun.delete(id);
    response.writeHead(202, { "content-type": "application/json" }).end('{"status":"OK"}');
    if (kind === "response") invocation?.resolve(text === "" ? undefined : JSON.parse(text));
    else invocation?.reject(new Error(text));
  }

  private hand(): void {
    const invocation = this.poll && this.waiting.shift();
    if (!invocation || !this.poll) return;
    const response = this.poll;
    this.poll = undefined;
    this.begun.set(invocation.id, invocation);
    response
      .writeHead(200, {
        "content-type": "application/json",
        "lambda-runtime-aws-request-id": invocation.id,
        "lambda-runtime-deadline-ms": String(Date.now() + 60_000),
        "lambda-runtime-invoked-function-arn": `arn:aws:lambda:eu-west-1:444444444444:function:${this.name}`,
        "lambda-runtime-trace-id": "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1",
      })
      .end(JSON.stringify(invocation.event));
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
