import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";

const compiler = join(__dirname, "..", "..", "..", "node_modules", "typescript", "bin", "tsc");

/** TypeScript's language server, which editors ask what to show. */
export class LanguageServer {
  private constructor(
    private readonly child: ChildProcess,
    private readonly connection: MessageConnection,
  ) {}

  static async start(folder: string): Promise<LanguageServer> {
    const child = spawn(process.execPath, [compiler, "--lsp", "--stdio"], {
      cwd: folder,
      stdio: ["pipe", "pipe", "ignore"],
    });
    const connection = createMessageConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    // What it asks of an editor, such as settings, has no answer here.
    connection.onRequest((method, params) =>
      method === "workspace/configuration" ? (params as { items: unknown[] }).items.map(() => null) : null,
    );
    connection.listen();
    await connection.sendRequest("initialize", {
      processId: process.pid,
      rootUri: pathToFileURL(folder).href,
      capabilities: { textDocument: { hover: { contentFormat: ["markdown"] } } },
    });
    await connection.sendNotification("initialized", {});
    return new LanguageServer(child, connection);
  }

  /** Opens a file, as an editor does. */
  async open(file: string): Promise<void> {
    const text = readFileSync(file, "utf8");
    await this.connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri: pathToFileURL(file).href, languageId: "typescript", version: 1, text },
    });
  }

  /** What the compiler has to say about an open file. */
  async problems(file: string): Promise<readonly string[]> {
    const { items } = await this.connection.sendRequest<{ items: readonly { message: string }[] }>(
      "textDocument/diagnostic",
      { textDocument: { uri: pathToFileURL(file).href } },
    );
    return items.map(({ message }) => message);
  }

  /** What an editor shows for the name at a place, as Markdown; both numbers begin at 0. */
  async hover(file: string, line: number, character: number): Promise<string> {
    const hover = await this.connection.sendRequest<{ contents: { value: string } } | null>("textDocument/hover", {
      textDocument: { uri: pathToFileURL(file).href },
      position: { line, character },
    });
    return hover?.contents.value ?? "";
  }

  async stop(): Promise<void> {
    const exited = new Promise((resolve) => this.child.once("exit", resolve));
    await this.connection.sendRequest("shutdown");
    await this.connection.sendNotification("exit");
    await exited;
    this.connection.dispose();
  }
}
