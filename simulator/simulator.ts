import { accessSync, constants, existsSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Program, startWatchdog } from "../terraform";
import type { Counts } from "./calls/apply";
import type { OnRead } from "./calls/read";
import { defaultRegion, isolatedFromAws, simulatedEnvironment } from "./environment";
import { messageOf, SimulatorError } from "./errors";
import { realProgramVariable, writeLaunchers } from "./front-door/launchers";
import { checkPeer } from "./front-door/net";
import { createHandlers, isConfigured } from "./handlers";
import { Interruptions } from "./interruptions";
import { stateFolders } from "./inventory/built-in";
import { Inventory } from "./inventory/inventory";
import { keyStatesOf } from "./inventory/key-state";
import { neededTypes } from "./needed-types";
import { findPeer } from "./peer";
import { checkPinned } from "./pinned-provider";
import { checkPrerequisites } from "./prerequisites";
import { thisMachine } from "./prerequisites/machine";
import { awsProvider } from "./prerequisites/provider";
import { ProviderPool } from "./provider/pool";
import { startProvider } from "./provider/process";
import type { Reference } from "./refusals/cloud-view";
import { warningsOf } from "./refusals/warnings";
import { type Handler, type PluginServer, startServer } from "./server";
import { startStateStore } from "./state-store";
import { ObjectStore } from "./state-store/objects";
import { ReplicatedObjects, type Replication } from "./state-store/replicated-objects";
import type { ChooseNext } from "./turns";

export interface SimulatorOptions {
  /** Where the simulated cloud keeps what it writes; by default `.evenkeel/simulated` below the current folder. */
  directory?: string;
  /** 12 digits; for providers without `allowed_account_ids`. */
  account?: string;
  /** Version or constraint of hashicorp/aws that the app pins, where it is known; another one than runs here is refused. */
  awsProvider?: string;
  /** Provider processes at once, about 500 MB each; by default 4. */
  maxProviders?: number;
  /**
   * False accepts every call, whether AWS would or not: for resources that stand alone, without what they refer to. By
   * default the simulated cloud refuses what AWS refuses.
   */
  refusals?: boolean;
  /**
   * Roles and policies of IAM are not seen yet by the calls of the Terraform that made them, unless the provider repeats the
   * call until they are: the worst that eventual consistency can do. By default as `EVENKEEL_EVENTUAL_IAM` says, else false.
   */
  eventualIam?: boolean;
  /** Concurrent executions of Lambda in each region of each account; by default what AWS gives an account, 1,000. */
  lambdaConcurrency?: number;
  /** Makes other ids and other random values than a simulated cloud without it, or with another one. */
  salt?: string;
  /** Lets a test change what a resource looks like when it is read; null for one that is gone. */
  onRead?: OnRead;
  /** Told of each thing that has to exist before another is created. */
  onReference?: (reference: Reference) => void;
  /** Chooses the order of the changes that Terraform could make in any order; by default they are made as they come. */
  chooseNext?: ChooseNext;
  /**
   * Refuses further work once a Terraform was killed, or `interrupt` was called: for a command that would go on with the next
   * stack.
   */
  stopAfterInterruption?: boolean;
  /**
   * What becomes of a Terraform whose state is outside of the folder of the simulated cloud. `redirect`: launchers in front of it
   * have it work with a simulated state, and one that comes past them is refused; for commands whose configuration is not known.
   * `refuse`: it is refused before it changes anything. `allow`, the default: whoever runs Terraform says where its state is.
   */
  realStates?: "redirect" | "refuse" | "allow";
  /** Has S3 replicate the states of two buckets, with a lag; by default nothing is replicated. */
  replication?: Replication;
  /** Called with a message before anything that takes long, e.g. the download of the provider. */
  log?: (line: string) => void;
}

/** A running simulated cloud. */
export interface Simulator {
  /** What to add to the environment of a command; an `undefined` value removes a variable. */
  env: NodeJS.ProcessEnv;
  /** Path of Terraform's program. */
  terraform: string;
  /** What plans and applies in it: `Terraform 1.13.4 and hashicorp/aws 5.100.0`. */
  programs: string;
  /** Created, changed and destroyed so far. */
  counts: Readonly<Counts>;
  /** What exists in it. */
  inventory: Inventory;
  /** What AWS accepts and what will not work: a sentence for each. */
  warnings(): string[];
  /** Refuses every Terraform that begins from now on. @param reason for its message: `it got SIGTERM` */
  interrupt(reason: string): void;
  /** What interrupted the deployment, if anything did; always undefined without `stopAfterInterruption`. */
  interrupted(): string | undefined;
  /** Ends every process that was started. */
  stop(): Promise<void>;
}

const defaultAccount = "123456789012";
const defaultMaxProviders = 4;

/** Absolute folder of a simulated cloud. */
export const simulatedDirectory = (given = path.join(".evenkeel", "simulated")): string => path.resolve(given);

/**
 * Starts a simulated cloud: a provider that Terraform attaches to and a store for its state.
 * @throws SimulatorError if Terraform or the provider is missing, or if the app pins another version of the provider
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const cwd = process.cwd();
  const directory = simulatedDirectory(options.directory);
  checkPinned(options.awsProvider);
  const { realStates = "allow" } = options;
  const { terraform, provider } = await checkPrerequisites(thisMachine(outerEnvironment()), options.log);
  const account = options.account ?? defaultAccount;
  // The parts that have started are stopped last first, also when a later part fails to start.
  const started: (() => Promise<void>)[] = [];
  const stopAll = async (): Promise<void> => {
    for (const stopPart of started.splice(0).reverse()) await stopPart();
  };
  try {
    makeSimulatedDirectory(directory);
    const files = path.join(directory, "s3");
    const objects = options.replication ? new ReplicatedObjects(files, options.replication) : new ObjectStore(files);
    const inventory = openInventory(directory);
    started.push(async () => inventory.compact());
    const alarmFile = path.join(directory, "alarm-states.json");
    const keyStates = keyStatesOf(inventory);
    const stateStore = await startStateStore({ objects, account, inventory, alarmFile, keyStates });
    started.push(stateStore.stop);
    const isolation = isolatedFromAws(stateStore.url, defaultRegion());
    const socketDirectory = mkdtempSync(path.join(tmpdir(), "evenkeel-"));
    const watchdog = startWatchdog({ signal: "SIGKILL", directory: socketDirectory });
    started.push(watchdog.stop);
    const environment = {
      PATH: process.env.PATH,
      TMPDIR: process.env.TMPDIR,
      SystemRoot: process.env.SystemRoot,
      ...isolation,
    };
    const pool = new ProviderPool(
      () => startProvider({ binary: provider, environment, socketDirectory, watchdog }),
      options.maxProviders ?? defaultMaxProviders,
      isConfigured,
    );
    started.push(() => pool.stop());
    const counts: Counts = { created: 0, changed: 0, destroyed: 0 };
    const interruptions = options.stopAfterInterruption ? new Interruptions(objects) : undefined;
    const handlers: Record<string, Handler> = createHandlers({
      pool,
      checkProcess: realStates === "allow" ? undefined : (peer) => checkPeer(peer, directory, isolation),
      counts,
      fallback: { region: defaultRegion(), account },
      inventory,
      onRead: options.onRead,
      onReference: options.onReference,
      chooseNext: options.chooseNext,
      refusals: options.refusals,
      eventualIam: options.eventualIam ?? Boolean(process.env.EVENKEEL_EVENTUAL_IAM),
      lambdaConcurrency: options.lambdaConcurrency,
      salt: options.salt,
      processOf: (address) => findPeer(address, server.port),
      typesFor: (address) => {
        const peer = findPeer(address, server.port);
        if (peer) interruptions?.note(peer);
        return peer && neededTypes(peer, objects);
      },
    });
    const server: PluginServer = await startServer(interruptions ? guarded(handlers, interruptions) : handlers);
    started.push(server.stop);
    const env = simulatedEnvironment({ pluginPort: server.port, stateStore: stateStore.url }, directory, cwd);
    const launchers =
      realStates === "redirect"
        ? writeLaunchers({ directory, program: terraform.binary, isolation: { ...isolation, ...attachment(env) } })
        : programOf(terraform);
    return {
      env: { ...env, ...launchers },
      terraform: terraform.binary,
      programs: `${terraform.name} ${terraform.version} and ${awsProvider.source} ${awsProvider.version}`,
      counts,
      inventory,
      warnings: () => warningsOf(inventory),
      interrupt: (reason) => interruptions?.interrupt(reason),
      interrupted: () => {
        interruptions?.check();
        return interruptions?.reason;
      },
      stop: stopAll,
    };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

/** @throws SimulatorError if nothing can be written there */
export function makeSimulatedDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
    accessSync(directory, constants.W_OK);
  } catch (error) {
    throw new SimulatorError(
      `${directory}: the simulated cloud cannot keep its states there (${messageOf(error)}). Make the folder writable.`,
    );
  }
}

/** This process's environment without the launchers of a simulated cloud that it runs in: this one is another. */
function outerEnvironment(): NodeJS.ProcessEnv {
  const { [realProgramVariable]: program } = process.env;
  return program ? { ...process.env, TERRAFORM_BINARY_NAME: program } : process.env;
}

/** By which Terraform finds the simulated cloud. */
const attachment = ({ TF_REATTACH_PROVIDERS, TF_CLI_CONFIG_FILE }: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  TF_REATTACH_PROVIDERS,
  TF_CLI_CONFIG_FILE,
});

/** Past the launchers of another simulated cloud, if this process runs in one. */
const programOf = ({ binary }: Program): NodeJS.ProcessEnv =>
  process.env[realProgramVariable] ? { TERRAFORM_BINARY_NAME: binary } : {};

/** The inventory of the simulated cloud in a folder. */
export function openInventory(directory: string): Inventory {
  const older = stateFolders.map((name) => path.join(directory, name)).some(existsSync);
  return new Inventory({ file: path.join(directory, "inventory.jsonl"), adopting: older });
}

/** The handlers, without new work after an interruption. */
function guarded(handlers: Record<string, Handler>, interruptions: Interruptions): Record<string, Handler> {
  const guard = (method: string, check: () => void): [string, Handler] => [
    method,
    (request, peer) => {
      check();
      const handler = handlers[method];
      if (!handler) throw new Error(`there is no handler of ${method}`);
      return handler(request, peer);
    },
  ];
  return {
    ...handlers,
    ...Object.fromEntries([
      guard("Configure", () => interruptions.refuseNew()),
      guard("ApplyResourceChange", () => interruptions.refuseChange()),
    ]),
  };
}
