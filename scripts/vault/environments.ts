import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Done, Job } from "./handler";

/** How an invocation ended. */
export type Ended = { readonly answer: Done } | { readonly error: string };

/** An execution environment in a process of its own, which stands still between invocations as Lambda's do. */
export class ExecutionEnvironment {
  /** The user of its last query. */
  user: string | undefined;
  private readonly child: ChildProcess;
  private invocations = 0;
  private end: ((ended: Ended) => void) | undefined;
  private readonly loaded: Promise<void>;

  /** @param onLine called with each line that it prints */
  constructor(file: string, variables: Readonly<Record<string, string>>, onLine: (line: string) => void) {
    this.child = fork(join(__dirname, "environment-process.js"), [file], {
      env: { PATH: process.env.PATH, ...variables },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      if (stream) createInterface({ input: stream }).on("line", onLine);
    }
    let ready: () => void = () => undefined;
    this.loaded = new Promise((resolve) => {
      ready = resolve;
    });
    this.child.on("message", (message: { readonly ready?: true; readonly id: number } & Ended) => {
      if (message.ready) ready();
      else if (message.id === this.invocations) this.end?.(message);
    });
    this.child.on("error", () => undefined);
    this.child.once("exit", () => {
      ready();
      this.end?.({ error: "the process ended" });
    });
  }

  /** Resolves once its code is loaded. */
  async ready(): Promise<void> {
    await this.loaded;
  }

  /** Thaws it, has it do one job, and freezes it again at once. */
  async invoke(job: Job, timeoutMs: number): Promise<Ended> {
    this.child.kill("SIGCONT");
    this.invocations += 1;
    let timer: NodeJS.Timeout | undefined;
    const ended = await new Promise<Ended>((resolve) => {
      this.end = resolve;
      timer = setTimeout(() => resolve({ error: "Lambda's time was over" }), timeoutMs + 1_000);
      this.child.send({ id: this.invocations, event: job, timeoutMs });
    });
    clearTimeout(timer);
    this.end = undefined;
    this.child.kill("SIGSTOP");
    if ("answer" in ended && ended.answer.user) this.user = ended.answer.user;
    return ended;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await gone;
  }
}
