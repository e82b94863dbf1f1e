import type { ChildProcess } from "node:child_process";
import { Client, credentials } from "@grpc/grpc-js";
import { describeEnd, startProcess, type Watchdog } from "../../terraform";
import { SimulatorError } from "../errors";

/** One running provider, reached over its own socket. */
export interface ProviderProcess {
  /** Passes on one call of the service `tfplugin5.Provider`, as bytes. */
  call(method: string, request: Buffer): Promise<Buffer>;
  /** False once the process has ended. */
  readonly alive: boolean;
  stop(): Promise<void>;
}

export interface ProviderProcessOptions {
  binary: string;
  /** The whole environment of the process: nothing is inherited. */
  environment: NodeJS.ProcessEnv;
  /** Where the process puts its socket; short, because some systems limit a socket's path to 104 characters. */
  socketDirectory: string;
  watchdog: Watchdog;
}

const handshakeTimeoutMs = 60_000;
const connectTimeoutMs = 10_000;
const identity = (bytes: Buffer): Buffer => bytes;

// Messages have no size limit and windows are large: one schema answer is about 5 MB.
export const channelOptions = {
  "grpc.max_receive_message_length": -1,
  "grpc.max_send_message_length": -1,
  "grpc-node.flow_control_window": 16 * 1024 * 1024,
};

/** Starts the provider's binary and waits until it answers. */
export async function startProvider(options: ProviderProcessOptions): Promise<ProviderProcess> {
  const started = startProcess(options.binary, [], {
    env: {
      ...options.environment,
      // The handshake that go-plugin asks for; without a client certificate it speaks plain gRPC.
      TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
      PLUGIN_PROTOCOL_VERSIONS: "5",
      PLUGIN_UNIX_SOCKET_DIR: options.socketDirectory,
      // Without this the provider writes 5 MB of trace messages for each schema request.
      TF_LOG: "off",
      // A tenth less time on the processor for a quarter more memory.
      GOGC: "200",
    },
    stdio: ["ignore", "pipe", "ignore"],
    // A process group of its own: Ctrl-C in a terminal must not end it, because Terraform's graceful stop needs it.
    detached: true,
  });
  const { child } = started;
  const ended = started.ended.then(describeEnd);
  const pid = child.pid;
  if (pid !== undefined) options.watchdog.watch(pid);
  let alive = true;
  void ended.then(() => {
    alive = false;
    if (pid !== undefined) options.watchdog.forget(pid);
  });

  const stopProcess = async (): Promise<void> => {
    // It has nothing to save, and SIGKILL also works while it is busy.
    child.kill("SIGKILL");
    await ended;
  };

  let client: Client;
  try {
    client = await connect(child, ended);
  } catch (error) {
    await stopProcess();
    throw error;
  }
  return {
    get alive() {
      return alive;
    },
    call: (method, request) =>
      new Promise((resolve, reject) => {
        client.makeUnaryRequest(`/tfplugin5.Provider/${method}`, identity, identity, request, (error, response) => {
          if (error) reject(error);
          else resolve(response ?? Buffer.alloc(0));
        });
      }),
    stop: async () => {
      client.close();
      await stopProcess();
    },
  };
}

async function connect(child: ChildProcess, ended: Promise<string>): Promise<Client> {
  const address = await handshake(child, ended);
  const client = new Client(`unix:${address}`, credentials.createInsecure(), channelOptions);
  await new Promise<void>((resolve, reject) => {
    client.waitForReady(Date.now() + connectTimeoutMs, (error) => (error ? reject(error) : resolve()));
  });
  return client;
}

/** The first line on standard output: `<core protocol>|<plugin protocol>|unix|<socket>|grpc|`. */
async function handshake(child: ChildProcess, ended: Promise<string>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const line = await Promise.race([
    new Promise<string>((resolve) => {
      let text = "";
      child.stdout?.on("data", (chunk: Buffer) => {
        text += chunk.toString("utf8");
        const end = text.indexOf("\n");
        if (end >= 0) resolve(text.slice(0, end));
      });
    }),
    ended.then((how) => {
      throw new SimulatorError(
        `The AWS provider did not start (${how}); run \`terraform init\` once without the simulated cloud to fetch it again.`,
      );
    }),
    new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new SimulatorError(`The AWS provider did not answer within ${handshakeTimeoutMs / 1000} s.`)),
        handshakeTimeoutMs,
      );
    }),
  ]).finally(() => clearTimeout(timer));
  const [, protocol, network, address] = line.split("|");
  if (protocol !== "5" || network !== "unix" || !address) {
    throw new SimulatorError(`The AWS provider uses an unknown protocol: "${line}"; version 5.100.0 is needed.`);
  }
  return address;
}
