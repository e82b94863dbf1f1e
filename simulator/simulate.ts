import type { ChildProcess } from "node:child_process";
import { constants } from "node:os";
import { interruptedByParent, type ProcessEnd, startProcess, takeRunLock } from "../terraform";
import { SimulatorError } from "./errors";
import { realProgramVariable } from "./front-door/launchers";
import { countBuiltIn } from "./inventory/built-in";
import { descendants, hasVariable, isRunning, signalAll, waitForEnd, withVariable } from "./process-tree";
import {
  makeSimulatedDirectory,
  type Simulator,
  type SimulatorOptions,
  simulatedDirectory,
  startSimulator,
} from "./simulator";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
type Signal = (typeof signals)[number];

/** Time for Terraform's graceful stop, during which it still needs the provider, in milliseconds. */
const graceMs = 120_000;
/** A verb stops gracefully on the first signal and says on the second what the third does: only SIGKILL is left then. */
const signalsUntilKill = 3;
/** In the environment of the command and all that it starts, by which they are found after their parents have ended. */
const familyVariable = "EVENKEEL_SIMULATION";

/** What a command did in the simulated cloud. */
export interface Simulation {
  /** That of the command; 128 + the signal's number after a signal. */
  readonly exitCode: number;
  readonly created: number;
  readonly changed: number;
  readonly destroyed: number;
  /** What AWS accepts and will not work, a sentence each. */
  readonly warnings: readonly string[];
  /** Why nothing new began in the cloud; null if nothing was interrupted. */
  readonly interrupted: string | null;
}

export interface SimulateOptions extends SimulatorOptions {
  /** Where the command's standard output goes; by default it is this process's own. */
  readonly commandOutput?: "stdout" | "stderr";
}

/**
 * Runs a command in a simulated cloud of its own. Once the command was interrupted, or one of its Terraforms was killed, nothing
 * new begins in that cloud, and the exit code is not 0, whatever the command says. Standard input and output belong to the
 * command; messages of the simulated cloud go to standard error.
 */
export async function simulate(command: string[], options: SimulateOptions = {}): Promise<Simulation> {
  const [program, ...args] = command;
  if (!program) throw new SimulatorError("There is no command to simulate; name one, for example `terraform plan`.");
  if (process.env[realProgramVariable]) {
    throw new SimulatorError("This command runs in a simulated cloud already; run it without a further `simulate`.");
  }
  const directory = simulatedDirectory(options.directory);
  const say = options.log ?? ((line: string) => void process.stderr.write(`${line}\n`));
  // Handled from the beginning: a signal during the start must not leave a provider behind.
  const running = new RunningCommand();
  let simulator: Simulator | undefined;
  let release = (): void => {};
  const onSignal = (signal: Signal): void => {
    simulator?.interrupt(`the command got ${signal}`);
    running.signal(signal);
  };
  const listeners = signals.map((signal) => [signal, () => onSignal(signal)] as const);
  for (const [signal, listener] of listeners) process.on(signal, listener);
  try {
    makeSimulatedDirectory(directory);
    release = takeSimulatedDirectory(directory, command);
    simulator = await startSimulator({
      ...options,
      directory,
      log: say,
      stopAfterInterruption: true,
      realStates: "redirect",
    });
    countBuiltIn(directory, "now");
    if (running.received) return { ...nothingDone, exitCode: exitCode({ signal: running.received }) };
    say(`Simulated cloud: ${simulator.programs} plan for real; nothing is created in AWS.`);
    const end = await running.run(program, args, { ...process.env, ...simulator.env }, options.commandOutput);
    const builtIn = countBuiltIn(directory);
    const { counts } = simulator;
    const created = builtIn.created + counts.created;
    const changed = builtIn.changed + counts.changed;
    const destroyed = builtIn.destroyed + counts.destroyed;
    const warnings = changesOf(simulator) > 0 ? simulator.warnings() : [];
    for (const warning of warnings) {
      say(`Simulated cloud: Warning: AWS accepts this, but it will not work: ${warning}`);
    }
    say(`Simulated cloud: ${created} created, ${changed} changed, ${destroyed} destroyed; nothing was created in AWS.`);
    const interrupted = simulator.interrupted() ?? null;
    const code = resultOf(end, running.received, interrupted, say);
    return { exitCode: code, created, changed, destroyed, warnings, interrupted };
  } finally {
    await simulator?.stop();
    release();
    for (const [signal, listener] of listeners) process.off(signal, listener);
  }
}

const nothingDone = { created: 0, changed: 0, destroyed: 0, warnings: [], interrupted: null };

/** Two commands at once would not know what the other makes. */
const takeSimulatedDirectory = (directory: string, command: readonly string[]): (() => void) =>
  takeRunLock({
    file: `${directory}.lock`,
    what: `The simulated cloud in ${directory}`,
    command: `evenkeel simulate -- ${command.join(" ")}`,
  });

const changesOf = ({ counts: { created, changed, destroyed } }: Simulator): number => created + changed + destroyed;

/** The exit code of the command, or that of the signal that interrupted it; never 0 after an interruption. */
function resultOf(
  end: ProcessEnd,
  received: Signal | undefined,
  interrupted: string | null,
  say: (line: string) => void,
): number {
  const code = exitCode(end);
  if (interrupted) say(`Simulated cloud: the deployment was interrupted (${interrupted}); run it again.`);
  // What a command that was interrupted says is its own affair: cdktf ends with 1 or with 0.
  if (received && !end.signal) return exitCode({ signal: received });
  return code === 0 && interrupted ? 1 : code;
}

/** The command and everything that it starts, from the first signal to the last process. */
class RunningCommand {
  /** The first signal, if there was one. */
  received?: Signal;
  private child?: ChildProcess;
  private count = 0;
  private readonly mark = `${process.pid}-${Date.now()}`;
  private readonly known = new Set<number>();

  signal(signal: Signal): void {
    this.received ??= signal;
    this.count += 1;
    if (this.child?.pid === undefined) return;
    // Ctrl-C in a terminal already reaches every process of the command; a second signal would be a hard stop.
    const byTerminal = signal === "SIGINT" && process.stdin.isTTY;
    if (this.count >= signalsUntilKill) this.kill();
    // Otherwise all of them get it from here, as in a terminal, because a shell or npx does not pass it on.
    else if (!byTerminal) signalAll(this.family().filter(needsSignal), signal);
    setTimeout(() => this.kill(), graceMs).unref();
  }

  async run(
    program: string,
    args: string[],
    env: NodeJS.ProcessEnv,
    output: "stdout" | "stderr" = "stdout",
  ): Promise<ProcessEnd> {
    const { child, ended } = startProcess(program, args, {
      stdio: ["inherit", output === "stderr" ? process.stderr : "inherit", "inherit"],
      env: { ...env, [familyVariable]: this.mark },
    });
    this.child = child;
    const end = await ended;
    if (end.failure) throw new SimulatorError(`The command "${program}" cannot be run: ${end.failure}.`);
    // A launcher such as npx ends at once, while what it launched is still stopping gracefully.
    if (this.received || end.signal) await this.settle();
    return end;
  }

  /** Waits for what the command has left running, which needs the cloud to stop gracefully. */
  private async settle(): Promise<void> {
    // Nobody has told them if the command was killed.
    if (!this.received) signalAll(this.family().filter(needsSignal), "SIGINT");
    const deadline = Date.now() + graceMs;
    for (let left = this.family(); left.length > 0; left = this.family()) {
      if (!(await waitForEnd(left, Math.max(0, deadline - Date.now())))) {
        this.kill();
        return;
      }
    }
  }

  /** The processes of the command that still run. */
  private family(): number[] {
    const pid = this.child?.pid;
    const found = [
      ...withVariable(familyVariable, this.mark),
      ...(pid === undefined ? [] : [pid, ...descendants(pid)]),
    ];
    for (const each of found) this.known.add(each);
    return [...this.known].filter(isRunning);
  }

  private kill(): void {
    this.child?.kill("SIGKILL");
    signalAll(this.family(), "SIGKILL");
  }
}

/** The verbs of this toolkit pass a signal on to their Terraforms, which stop hard when they get a second one. */
function needsSignal(pid: number): boolean {
  return !hasVariable(pid, interruptedByParent, "1");
}

function exitCode({ code, signal }: ProcessEnd): number {
  return code ?? 128 + constants.signals[signal ?? "SIGTERM"];
}
