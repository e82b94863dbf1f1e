import {
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServiceDefinition,
  type sendUnaryData,
  status,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { messageOf, SimulatorError } from "./errors";
import { channelOptions } from "./provider/process";

/** Answers one call; `peer` identifies the connection it came over. */
export type Handler = (request: Buffer, peer: string) => Promise<Buffer> | Buffer;

/** The server that Terraform attaches to. */
export interface PluginServer {
  port: number;
  stop(): Promise<void>;
}

const identity = (bytes: Buffer): Buffer => bytes;

/** Serves `tfplugin5.Provider` on the loopback interface; messages are not decoded. */
export async function startServer(handlers: Record<string, Handler>): Promise<PluginServer> {
  const server = new Server(channelOptions);
  const definition: Record<string, ServiceDefinition[string]> = {};
  const implementation: UntypedServiceImplementation = {};
  for (const [method, handler] of Object.entries(handlers)) {
    definition[method] = {
      path: `/tfplugin5.Provider/${method}`,
      requestStream: false,
      responseStream: false,
      requestSerialize: identity,
      requestDeserialize: identity,
      responseSerialize: identity,
      responseDeserialize: identity,
    };
    implementation[method] = (call: ServerUnaryCall<Buffer, Buffer>, callback: sendUnaryData<Buffer>) => {
      void answer(handler, call, callback);
    };
  }
  server.addService(definition, implementation);
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(new SimulatorError(`The simulated cloud cannot listen: ${error.message}.`)) : resolve(bound),
    );
  });
  return {
    port,
    stop: async () => server.forceShutdown(),
  };
}

async function answer(
  handler: Handler,
  call: ServerUnaryCall<Buffer, Buffer>,
  callback: sendUnaryData<Buffer>,
): Promise<void> {
  try {
    callback(null, await handler(call.request, call.getPeer()));
  } catch (error) {
    // The real provider's own status is passed on; anything else is our error.
    const code = (error as { code?: unknown }).code;
    const details = (error as { details?: unknown }).details;
    callback({
      code: typeof code === "number" ? code : status.INTERNAL,
      details: typeof details === "string" ? details : `Simulated cloud: ${messageOf(error)}`,
    });
  }
}
