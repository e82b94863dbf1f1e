import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import path from "node:path";
import { waitForRunLock } from "../../terraform/run-lock";
import { SimulatorError } from "../errors";
import { countBuiltIn } from "../inventory/built-in";
import { type CommandLine, flagsOf, isGiven, parseCommandLine, positions, shellWords } from "./command-line";
import { type Configuration, configurationNames, readConfiguration } from "./configuration";
import { restoredIsolation } from "./isolation";
import { partialConfiguration } from "./partial-configuration";
import { checkRealThings } from "./real-things";
import { checkModule, redirect } from "./redirect";
import { initializedFor, SimulatedStates } from "./states";
import { WorkingFolder } from "./working-folder";

export interface FrontDoorOptions {
  /** Absolute folder of the simulated cloud. */
  readonly directory: string;
  /** Path of Terraform's or OpenTofu's program. */
  readonly program: string;
  /** What it was asked for. */
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Told where a state is kept whose backend is not simulated. */
  readonly say?: (line: string) => void;
  /** The current folder; this process's own by default. */
  readonly cwd?: string;
}

/** Commands that use no state and no backend: they run where they are. */
const stateless = new Set(["", "fmt", "version", "metadata functions"]);
/** Commands that are about HCP Terraform alone. */
const remoteOnly = new Set(["login", "logout", "cloud", "stacks", "rpcapi"]);
/** Flags that name files for states, which Terraform would write wherever they are. */
const stateFlags = new Set(["state", "state-out", "backup", "backup-out"]);

/**
 * What a shell has to run so that Terraform works with simulated states only.
 * @returns commands for a POSIX shell, the last of which takes its place
 * @throws SimulatorError where that is not certain
 */
export async function openFrontDoor(options: FrontDoorOptions): Promise<string> {
  const { directory, program, args, env, cwd = process.cwd() } = options;
  const asked = parseCommandLine(args);
  if (stateless.has(asked.command) || isGiven(args, "help", "h", "version")) return commands(program, args);
  if (remoteOnly.has(asked.command) || isGiven(args, "cloud-run")) {
    throw new SimulatorError(
      `"${asked.command}" is about HCP Terraform, which is not simulated. Run it outside of the simulation.`,
    );
  }
  const states = new SimulatedStates(directory);
  checkVariables(env);
  const named = path.resolve(cwd, asked.chdir ?? ".");
  if (!existsSync(named)) return commands(program, args);
  const folder = realpathSync(named);
  checkStateFlags(asked, folder, states);
  const cache = path.join(directory, "parsed");
  const configuration = await readConfiguration(folder, cache);
  const partial = await partialConfiguration(asked, folder, directory);
  const redirection = redirect(configuration, partial.config, states);
  checkRealThings(configuration, env);
  const { from, backend } = redirection;
  if (asked.command === "init" && backend && backend.type !== from.type) {
    options.say?.(`${folder}: the state is kept in ${backend.config.path} in place of the backend "${from.type}".`);
  }
  const isInside = states.has(folder);
  const stays = isInside && redirection.backend === undefined && Object.keys(redirection.remoteStates).length === 0;
  const working = new WorkingFolder(directory, folder, isInside ? folder : projectOf(folder, env));
  const release = await waitForRunLock(
    { file: path.join(directory, "front-door.lock"), what: "the simulated cloud", command: "terraform" },
    lockPollMs,
  );
  try {
    countBuiltIn(directory);
    if (stays) forgetRealBackend(folder, states);
    else working.write(configuration, redirection);
  } finally {
    release();
  }
  const runsIn = stays ? folder : working.path;
  await checkModules(runsIn, asked, states, cache, env);
  const line = { ...asked, args: partial.args };
  if (stays) checkPlans(line, folder, states);
  const restored = restoredIsolation(directory, env);
  return commands(program, stays ? line.args : withPlans(line, folder, working), runsIn, restored);
}

/** Another Terraform's front door takes milliseconds. */
const lockPollMs = 5;

/** What an earlier `init` in a folder of the simulated cloud was about: `-migrate-state` would read it. */
function forgetRealBackend(folder: string, states: SimulatedStates): void {
  const file = path.join(folder, ".terraform", "terraform.tfstate");
  if (!states.isSimulated(initializedFor(file), folder)) rmSync(file, { force: true });
}

/** Environment variables are read by Terraform itself, after everything that is looked at here. */
function checkVariables(env: NodeJS.ProcessEnv): void {
  for (const [name, value = ""] of Object.entries(env)) {
    const [flag] =
      (/^TF_CLI_ARGS/.test(name) && /-(state|state-out|backup|backup-out|backend-config|out)\b/.exec(value)) || [];
    if (flag) {
      throw new SimulatorError(
        `${name} has ${flag}, which says where states or plans are. Give it to the command itself, or unset ${name}.`,
      );
    }
  }
}

function checkStateFlags({ args }: CommandLine, folder: string, states: SimulatedStates): void {
  for (const { name, value } of flagsOf(args)) {
    const isNone = /^backup/.test(name) && value === "-";
    if (!stateFlags.has(name) || isNone || states.has(path.resolve(folder, value))) continue;
    throw new SimulatorError(
      `-${name}=${value} is a state outside of the simulated cloud. Leave it out: the state of ${folder} is kept in ${states.directory}.`,
    );
  }
}

/** Modules that `init` has installed, which are only known from then on. */
async function checkModules(
  folder: string,
  { command }: CommandLine,
  states: SimulatedStates,
  cache: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const list = path.join(folder, ".terraform", "modules", "modules.json");
  if (command === "init" || command === "get" || !existsSync(list)) return;
  const { Modules: modules } = JSON.parse(readFileSync(list, "utf8")) as { Modules: { Dir: string }[] };
  for (const directory of new Set(modules.map(({ Dir }) => path.resolve(folder, Dir)))) {
    if (directory === folder || configurationNames(directory).length === 0) continue;
    const module: Configuration = await readConfiguration(realpathSync(directory), cache);
    checkModule(module, states);
    checkRealThings(module, env);
  }
}

/** Saved plans hold a state and name a backend: they stay in the simulated cloud, and no others are applied. */
function withPlans(asked: CommandLine, folder: string, working: WorkingFolder): string[] {
  const { args } = asked;
  const changed = [...args];
  for (const { name, value, at, length } of flagsOf(args)) {
    if (name !== "out") continue;
    const file = working.planFile(value);
    mkdirSync(path.dirname(file), { recursive: true });
    changed.splice(at, length, `-out=${file}`, ...(length === 2 ? [emptyArgument] : []));
  }
  const [at] = positions(asked);
  const name = at === undefined ? undefined : args[at];
  if (at !== undefined && name !== undefined) {
    const file = working.planFile(name);
    const real = path.resolve(folder, name);
    if (asked.command === "apply" && !existsSync(file)) {
      throw foreignPlan(name);
    }
    if ((asked.command === "apply" || asked.command === "show") && existsSync(file)) changed[at] = file;
    else if (["show", "state push"].includes(asked.command) && existsSync(real)) changed[at] = real;
  }
  return changed.filter((arg) => arg !== emptyArgument);
}

/** The same in a folder of the simulated cloud, where plans stay where they are. */
function checkPlans(asked: CommandLine, folder: string, states: SimulatedStates): void {
  const [at] = asked.command === "apply" ? positions(asked) : [];
  const named = flagsOf(asked.args).filter(({ name }) => name === "out");
  for (const file of [...named.map(({ value }) => value), ...(at === undefined ? [] : [asked.args[at] ?? ""])]) {
    if (!states.has(path.resolve(folder, file))) throw foreignPlan(file);
  }
}

const foreignPlan = (file: string): SimulatorError =>
  new SimulatorError(
    `${file}: was not planned in this simulated cloud; a plan names its own state. Run "plan -out=${file}" here first.`,
  );

/** Stands for an argument that is left out, so that the others keep their places. */
const emptyArgument = "\0";

/** The highest folder whose files a configuration may name: the repository, else where the simulation was started. */
function projectOf(folder: string, env: NodeJS.ProcessEnv): string {
  for (let at = folder; path.dirname(at) !== at; at = path.dirname(at)) {
    if (existsSync(path.join(at, ".git"))) return at;
  }
  const started = env.EVENKEEL_STARTED_IN ?? folder;
  return `${folder}${path.sep}`.startsWith(`${started}${path.sep}`) ? started : folder;
}

/** @param folder where to run it; the current one by default */
function commands(program: string, args: readonly string[], folder?: string, restored: readonly string[] = []): string {
  const enter = folder === undefined ? [] : [`cd ${shellWords([folder])} || exit 1`, "unset TF_DATA_DIR", ...restored];
  return `${enter.map((line) => `${line}\n`).join("")}exec ${shellWords([program, ...args])}\n`;
}
