import { applyResource, type Counts, waitingCall } from "./calls/apply";
import { isLocalDataSource, openEphemeralResource, readDataSource } from "./calls/data-source";
import { importResource } from "./calls/import";
import { type OnRead, readResource } from "./calls/read";
import type { Inventory } from "./inventory/inventory";
import type { Peer } from "./peer";
import { pinnedProblem } from "./pinned-provider";
import { configureResponse, errorDiagnostic, typeNameRequest } from "./protocol/messages";
import { type ProviderSchema, parseProviderSchema } from "./protocol/schema";
import { type SchemaField, schemaFields, trimSchema } from "./protocol/schema-answer";
import { simulatedConfiguration } from "./provider/configuration";
import type { ProviderPool } from "./provider/pool";
import type { Reference } from "./refusals/cloud-view";
import type { Handler } from "./server";
import { Sessions } from "./session";
import { type ChooseNext, Turns } from "./turns";

export interface HandlerOptions {
  pool: ProviderPool;
  counts: Counts;
  /** Region and account for a provider configuration that names none. */
  fallback: { region: string; account: string };
  inventory: Inventory;
  onRead?: OnRead;
  /** Told of each thing that a creation needs. */
  onReference?: (reference: Reference) => void;
  /** False if every call is accepted. */
  refusals?: boolean;
  /** Chooses the order of the changes that Terraform could make in any order; by default they are made as they come. */
  chooseNext?: ChooseNext;
  /** Whether roles and their policies are seen late; see `SimulatorOptions`. */
  eventualIam?: boolean;
  /** Concurrent executions of Lambda in each region of each account. */
  lambdaConcurrency?: number;
  /** Makes other ids and other random values. */
  salt?: string;
  /** The Terraform process at the other end; undefined where the system does not tell. */
  processOf(peer: string): Peer | undefined;
  /** Refuses a Terraform process by throwing; undefined where any is welcome. */
  checkProcess?(process: Peer | undefined): void;
  /** The types that the Terraform process at the other end needs; undefined when it may need any. */
  typesFor(peer: string): ReadonlySet<string> | undefined;
}

/** The fields of the schema answer. */
interface KnownSchema {
  fields: SchemaField[];
  schema: ProviderSchema;
}

const nothing = Buffer.alloc(0);

/** Calls that do not reach the cloud: the real provider answers them. */
const passed = [
  "ValidateResourceTypeConfig",
  "ValidateDataSourceConfig",
  "ValidateEphemeralResourceConfig",
  "UpgradeResourceState",
  "UpgradeResourceIdentity",
  "MoveResourceState",
  "PlanResourceChange",
  "CallFunction",
];

/** Calls whose answer only depends on the request; each takes the provider 0.1 to 0.5 s, as it builds all schemas. */
const remembered = ["GetMetadata", "GetResourceIdentitySchemas", "GetFunctions", "PrepareProviderConfig"];

/** Who answers each call of the plugin protocol: the real provider, or the simulated cloud if it would reach AWS. */
export function createHandlers(options: HandlerOptions): Record<string, Handler> {
  const {
    pool,
    counts,
    fallback,
    inventory,
    refusals,
    onRead,
    onReference,
    chooseNext,
    eventualIam,
    lambdaConcurrency,
    salt,
    processOf,
    checkProcess,
    typesFor,
  } = options;
  const sessions = new Sessions();
  const turns = chooseNext && new Turns(chooseNext);
  const answers = new Map<string, Promise<Buffer>>();
  const once = (method: string, request: Buffer = nothing): Promise<Buffer> => {
    const key = `${method} ${request.toString("base64")}`;
    const known = answers.get(key) ?? pool.call(undefined, method, request);
    answers.set(key, known);
    known.catch(() => answers.delete(key));
    return known;
  };
  let parsed: KnownSchema | undefined;
  const providerSchema = async (): Promise<KnownSchema> => {
    const answer = await once("GetSchema");
    if (!parsed) {
      const fields = schemaFields(answer);
      parsed = { fields, schema: parseProviderSchema(fields) };
    }
    return parsed;
  };
  const schema = async (): Promise<ProviderSchema> => (await providerSchema()).schema;
  // Started right away: the first plan needs it, and Terraform or cdktf has other things to do before that.
  once("GetSchema").catch(() => {});
  const pass =
    (method: string): Handler =>
    (request, peer) =>
      pool.call(sessions.configuration(peer), method, request);

  return {
    ...Object.fromEntries(passed.map((method) => [method, pass(method)])),
    ...Object.fromEntries(remembered.map((method): [string, Handler] => [method, (request) => once(method, request)])),
    GetSchema: async (_request, peer) => {
      const types = typesFor(peer);
      return types ? trimSchema((await providerSchema()).fields, types) : once("GetSchema");
    },
    Configure: async (request, peer) => {
      const process = processOf(peer);
      checkProcess?.(process);
      const problem = process && pinnedProblem(process.folder);
      if (problem)
        return configureResponse.encode({ diagnostics: [errorDiagnostic("Another provider is pinned", problem)] });
      const configuration = simulatedConfiguration(request, fallback);
      sessions.configure(peer, configuration, process);
      return pool.configure(configuration);
    },
    ReadResource: async (request, peer) =>
      readResource(request, await schema(), sessions.scope(peer), inventory, onRead),
    ApplyResourceChange: async (request, peer) => {
      const context = {
        schema: await schema(),
        scope: sessions.scope(peer),
        inventory,
        counts,
        folder: sessions.process(peer)?.folder,
        run: sessions.process(peer)?.pid,
        eventualIam,
        lambdaConcurrency,
        salt,
        onReference,
        refusals,
      };
      const apply = (): Buffer => applyResource(request, context);
      return turns ? turns.take(waitingCall(request, context), apply) : apply();
    },
    ReadDataSource: async (request, peer) =>
      isLocalDataSource(typeNameRequest.decode(request).type_name)
        ? pass("ReadDataSource")(request, peer)
        : readDataSource(request, await schema(), sessions.scope(peer)),
    OpenEphemeralResource: async (request, peer) =>
      openEphemeralResource(request, await schema(), sessions.scope(peer)),
    RenewEphemeralResource: () => nothing,
    CloseEphemeralResource: () => nothing,
    ImportResourceState: async (request, peer) =>
      importResource(request, await schema(), sessions.scope(peer), inventory),
    // Terraform's graceful stop is ignored: the pooled processes also serve other walks.
    Stop: () => nothing,
  };
}

/** True if the answer to Configure has no error. */
export function isConfigured(answer: Buffer): boolean {
  return !configureResponse.decode(answer).diagnostics.some((diagnostic) => diagnostic.severity === 1);
}
