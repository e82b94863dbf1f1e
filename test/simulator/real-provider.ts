import path from "node:path";
import { isolatedFromAws } from "../../simulator/environment";
import { checkPrerequisites } from "../../simulator/prerequisites";
import { configureRequest, schemaMessage } from "../../simulator/protocol/messages";
import { type ProviderSchema, parseProviderSchema } from "../../simulator/protocol/schema";
import { type SchemaField, schemaFields } from "../../simulator/protocol/schema-answer";
import { encodeValue, type ObjectValue } from "../../simulator/protocol/values";
import { type ProviderConfiguration, simulatedConfiguration } from "../../simulator/provider/configuration";
import { type ProviderProcess, startProvider } from "../../simulator/provider/process";
import { type StateStore, startStateStore } from "../../simulator/state-store";
import { ObjectStore } from "../../simulator/state-store/objects";
import { startWatchdog } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";

/** The real provider without a server of ours in front. */
export interface RealProvider {
  start(): Promise<ProviderProcess>;
  /** Calls that it made to AWS are in `refused`. */
  stateStore: StateStore;
  stop(): Promise<void>;
}

export const ACCOUNT = "123456789012";

export async function realProvider(): Promise<RealProvider> {
  const { provider } = await checkPrerequisites();
  const directory = temporaryFolder();
  const watchdog = startWatchdog({ signal: "SIGKILL", directory });
  const stateStore = await startStateStore({ objects: new ObjectStore(path.join(directory, "s3")), account: ACCOUNT });
  const environment = { PATH: process.env.PATH, ...isolatedFromAws(stateStore.url, "us-east-1") };
  return {
    start: () => startProvider({ binary: provider, environment, socketDirectory: directory, watchdog }),
    stateStore,
    stop: async () => {
      await watchdog.stop();
      await stateStore.stop();
    },
  };
}

export interface KnownSchema extends ProviderSchema {
  /** Version of each resource's schema, as state files carry it. */
  version(typeName: string): number;
  /** A provider configuration in which nothing but these is set. */
  configuration(given: ObjectValue): ProviderConfiguration;
}

const PROVIDER_FIELD = 1;

export async function readSchema(process: ProviderProcess): Promise<KnownSchema> {
  const fields = schemaFields(await process.call("GetSchema", Buffer.alloc(0)));
  const versions = new Map(fields.map((field) => [field.typeName, field]));
  const decode = (field: SchemaField | undefined) => schemaMessage.decode(field?.schema ?? Buffer.alloc(0));
  const { block } = decode(fields.find(({ number }) => number === PROVIDER_FIELD));
  const empty: ObjectValue = {};
  for (const { name } of block.attributes) empty[name] = null;
  for (const { type_name } of block.block_types) empty[type_name] = [];
  return {
    ...parseProviderSchema(fields),
    version: (typeName) => decode(versions.get(typeName)).version,
    configuration: (given) => {
      const config = encodeValue({ ...empty, ...given });
      const request = configureRequest.encode({ terraform_version: "1.11.4", config });
      return simulatedConfiguration(request, { region: "us-east-1", account: ACCOUNT });
    },
  };
}
