import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { unzipSync } from "fflate";
import { buildBundle } from "../../modules/service-function/bundle-build";
import type { BundleOptions } from "../../modules/service-function/bundle-options";

const projectRoot = resolve(__dirname, "../..");

/** Writes the files that Lambda would have of a service, and says where the first is. */
export function unpackBundle(folder: string, service: string, options: Partial<BundleOptions> = {}): string {
  const { bytes } = buildBundle({
    entry: `services/${service}/handler.ts`,
    handler: "handler",
    runtime: "nodejs22.x",
    sourceMap: false,
    external: [],
    projectRoot,
    ...options,
  });
  const into = join(folder, service);
  mkdirSync(into, { recursive: true });
  for (const [name, file] of Object.entries(unzipSync(bytes))) writeFileSync(join(into, name), file);
  return join(into, "index.mjs");
}

/** An execution environment: a process with the code that is deployed, in a region. */
export class DeployedFunction {
  private output = "";

  private constructor(private readonly child: ChildProcess) {
    // Each invocation looks whether the process has ended.
    child.setMaxListeners(0);
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      this.output += text;
    });
    // Where lines of errors go; anything else there is for whoever reads what the tests print.
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      if (text.startsWith("{")) this.output += text;
      else process.stderr.write(text);
    });
  }

  /** @param variables all that the function has; nothing of this process but what Node.js needs */
  static start(main: string, variables: Readonly<Record<string, string>>): DeployedFunction {
    const script = `(async () => {
      const { handler } = await import(process.argv[1]);
      process.on("message", async (event) => {
        const context = { awsRequestId: "request", memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE, functionName: process.env.AWS_LAMBDA_FUNCTION_NAME, functionVersion: "1",
          invokedFunctionArn: "arn:aws:lambda:" + process.env.AWS_REGION + ":444444444444:function:" + process.env.AWS_LAMBDA_FUNCTION_NAME,
          getRemainingTimeInMillis: () => 60000 };
        handler(event, context).then((answer) => ({ answer }), (error) => ({ error: String(error && error.stack) }))
          // What it wrote comes before its answer.
          .then((result) => process.stdout.write("", () => process.send(result)));
      });
      process.send("ready");
    })()`;
    const child = spawn(process.execPath, ["-e", script, main], {
      env: { PATH: process.env.PATH ?? "", ...variables },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    return new DeployedFunction(child);
  }

  private started?: Promise<unknown>;

  /** One invocation. @throws what the handler rejects with */
  async invoke(event: unknown): Promise<unknown> {
    this.started ??= this.message();
    await this.started;
    const answered = this.message();
    this.child.send(event as object);
    const { answer, error } = (await answered) as { answer?: unknown; error?: string };
    if (error !== undefined) throw new Error(error);
    return answer;
  }

  /** The lines of its log that are JSON. */
  get lines(): readonly Readonly<Record<string, unknown>>[] {
    const lines = this.output.split("\n").filter((line) => line.startsWith("{"));
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const exited = once(this.child, "exit");
    this.child.kill();
    await exited;
  }

  private async message(): Promise<unknown> {
    const ended = once(this.child, "exit").then(([code]) => {
      throw new Error(`The function's process ended with code ${code} before it answered.`);
    });
    ended.catch(() => undefined);
    const [message] = (await Promise.race([once(this.child, "message"), ended])) as [unknown];
    return message;
  }
}
