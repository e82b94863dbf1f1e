import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** How an invocation ended. */
export type Ended =
  | { readonly answer: unknown }
  /** The handler threw. */
  | { readonly error: string }
  /** Its process was killed, or Lambda's time was over. */
  | { readonly gone: "killed" | "timeout" };

interface Environment {
  readonly child: ChildProcess;
  /** What it works on. */
  running?: {
    readonly id: number;
    readonly beganAt: number;
    readonly orderIds: readonly string[];
    end(ended: Ended): void;
  };
}

/** What a function is made of. */
export interface FunctionProps {
  /** The bundle. */
  readonly file: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Called with each line that a process prints. */
  readonly onLine?: (line: string) => void;
  /** Called with the events of a process that ended while it had them, before its caller goes on. */
  readonly onGone: (orderIds: readonly string[], beganAt: number) => Promise<void>;
}

/** A Lambda function: processes that each handle one invocation at a time, started when one is needed, and killed by whoever wants. */
export class LambdaFunction {
  private readonly environments = new Set<Environment>();
  private invocations = 0;

  constructor(private readonly props: FunctionProps) {}

  async invoke(event: unknown, orderIds: readonly string[] = []): Promise<Ended> {
    const { timeoutMs } = this.props;
    const environment = [...this.environments].find(({ running }) => !running) ?? this.start();
    this.invocations += 1;
    const id = this.invocations;
    return await new Promise((resolve) => {
      // A process that does not end by itself is ended, as Lambda does.
      const timer = setTimeout(() => this.end(environment, "timeout"), timeoutMs + 1_000);
      environment.running = {
        id,
        beganAt: Date.now(),
        orderIds,
        end: (ended) => {
          clearTimeout(timer);
          environment.running = undefined;
          resolve(ended);
        },
      };
      environment.child.send({ id, event, timeoutMs });
    });
  }

  /** Kills a process: one that works on something, if there is one. @returns how many events it had; undefined if there is none */
  kill(draw: <T>(list: readonly T[]) => T): number | undefined {
    const all = [...this.environments];
    const busy = all.filter(({ running }) => running);
    if (all.length === 0) return undefined;
    const victim = draw(busy.length > 0 ? busy : all);
    const had = victim.running?.orderIds.length ?? 0;
    this.end(victim, "killed");
    return had;
  }

  async stop(): Promise<void> {
    await Promise.all(
      [...this.environments].map(async ({ child }) => {
        const gone = once(child, "exit");
        child.kill("SIGKILL");
        await gone;
      }),
    );
  }

  private start(): Environment {
    const { file, variables, onLine } = this.props;
    const child = fork(join(__dirname, "environment-process.js"), [file], {
      env: { PATH: process.env.PATH, ...variables },
      stdio: ["ignore", onLine ? "pipe" : "ignore", onLine ? "pipe" : "ignore", "ipc"],
    });
    for (const stream of onLine ? [child.stdout, child.stderr] : []) {
      if (stream && onLine) createInterface({ input: stream }).on("line", onLine);
    }
    const environment: Environment = { child };
    this.environments.add(environment);
    child.on("message", (message: { readonly id: number } & Ended) => {
      if (environment.running?.id === message.id) environment.running.end(message);
    });
    child.on("error", () => undefined);
    child.once("exit", () => this.end(environment, "killed"));
    return environment;
  }

  private end(environment: Environment, gone: "killed" | "timeout"): void {
    if (!this.environments.delete(environment)) return;
    environment.child.kill("SIGKILL");
    const { running } = environment;
    if (running) void this.props.onGone(running.orderIds, running.beganAt).then(() => running.end({ gone }));
  }
}
