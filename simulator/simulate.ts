import type { ChildProcess } from "node:child_process";
import { constants } from "node:os";
import { type ProcessEnd, startProcess } from "../terraform";
import { SimulatorError } from "./errors";
import { descendants, signalAll, waitForEnd } from "./process-tree";
import { type Simulator, type SimulatorOptions, startSimulator } from "./simulator";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
type Signal = (typeof signals)[number];

/** Time for Terraform's graceful stop, during which it still needs the provider. */
const graceMs = 30_000;
/** Terraform stops gracefully on the first signal and immediately on the second; after that only SIGKILL is left. */
const signalsUntilKill = 3;

/**
 * Runs a command in a simulated cloud of its own and returns its exit code (128 + the signal's number when a signal
 * ended it). Standard input and output belong to the command; messages of the simulated cloud go to standard error.
 */
export async function simulate(command: string[], options: SimulatorOptions = {}): Promise<number> {
  const [program, ...args] = command;
  if (!program) throw new SimulatorError("There is no command to simulate; name one, for example `terraform plan`.");
  const say = options.log ?? ((line: string) => void process.stderr.write(`${line}\n`));
  // Handled from the beginning: a signal during the start must not leave a provider behind.
  const running = new RunningCommand();
  const listeners = signals.map((signal) => [signal, () => running.signal(signal)] as const);
  for (const [signal, listener] of listeners) process.on(signal, listener);
  let simulator: Simulator | undefined;
  try {
    simulator = await startSimulator({ ...options, log: say });
    if (running.received) return exitCode({ signal: running.received });
    say("Simulated cloud: real Terraform and real AWS provider planning; nothing is created in AWS.");
    const code = await running.run(program, args, { ...process.env, ...simulator.env });
    const { created, changed, destroyed } = simulator.counts;
    for (const warning of changesOf(simulator) > 0 ? simulator.warnings() : []) {
      say(`Simulated cloud: Warning: AWS accepts this, but it will not work: ${warning}`);
    }
    say(`Simulated cloud: ${created} created, ${changed} changed, ${destroyed} destroyed; nothing was created in AWS.`);
    return code;
  } finally {
    await simulator?.stop();
    for (const [signal, listener] of listeners) process.off(signal, listener);
  }
}

const changesOf = ({ counts: { created, changed, destroyed } }: Simulator): number => created + changed + destroyed;

/** The command and everything that it starts, from the first signal to the last process. */
class RunningCommand {
  /** The first signal, if there was one. */
  received?: Signal;
  private child?: ChildProcess;
  private count = 0;
  private readonly family = new Set<number>();

  signal(signal: Signal): void {
    this.received ??= signal;
    this.count += 1;
    const pid = this.child?.pid;
    if (pid === undefined) return;
    this.addDescendants(pid);
    // Ctrl-C in a terminal already reaches every process of the command; a second signal would be a hard stop.
    const byTerminal = signal === "SIGINT" && process.stdin.isTTY;
    if (this.count >= signalsUntilKill) this.kill();
    // Otherwise all of them get it from here, as in a terminal, because a shell or npx does not pass it on.
    else if (!byTerminal) signalAll([pid, ...this.family], signal);
    setTimeout(() => this.kill(), graceMs).unref();
  }

  async run(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<number> {
    const { child, ended } = startProcess(program, args, { stdio: "inherit", env });
    this.child = child;
    const end = await ended;
    if (end.failure) throw new SimulatorError(`The command "${program}" cannot be run: ${end.failure}.`);
    // A launcher such as npx ends at once, while what it launched is still stopping gracefully.
    if (this.received && !(await waitForEnd([...this.family], graceMs))) signalAll([...this.family], "SIGKILL");
    return exitCode(end);
  }

  private addDescendants(pid: number): void {
    for (const descendant of descendants(pid)) this.family.add(descendant);
  }

  private kill(): void {
    const pid = this.child?.pid;
    if (pid !== undefined) this.addDescendants(pid);
    this.child?.kill("SIGKILL");
    signalAll([...this.family], "SIGKILL");
  }
}

function exitCode({ code, signal }: ProcessEnd): number {
  return code ?? 128 + constants.signals[signal ?? "SIGTERM"];
}
