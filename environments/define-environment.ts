import { parseConfig } from "../modules/core";
import { type EncryptionKeyConfig, encryptionKeyConfig } from "../modules/encryption-key";
import type { Deployment } from "../stacks";
import { vaultOf } from "./key-management";
import { type EnvironmentConfig, type EnvironmentInput, environmentConfig } from "./schema";
import { type Capability, capabilitiesOf, type Stage, stageBrings } from "./stages";

export interface ResolveOptions {
  /** Takes the place of the environment's own stage, for rehearsals on the simulated cloud. */
  readonly stage?: Stage;
  /** Takes the place of the environment's own standby regions, for rehearsals on the simulated cloud. */
  readonly standby?: readonly string[];
  /** Leaves the stack of Vault out, for the simulated cloud, which has no Vault. */
  readonly withoutVault?: boolean;
  /** Folder of local state files, relative to the project folder; `.evenkeel/state` unless given. */
  readonly localStateDirectory?: string;
}

/** An environment as data, and the way from there to what the stacks build. */
export interface EnvironmentDefinition {
  readonly name: string;
  readonly input: EnvironmentInput;
  /** The definition with its defaults. @throws ConfigError with every mistake */
  parse(): EnvironmentConfig;
  /**
   * Checks the whole definition and turns its stage into facts.
   * @throws ConfigError with every mistake: where, what was received, what to do
   */
  resolve(options?: ResolveOptions): Deployment;
}

/** Declares an environment; nothing is checked until it is used, so that one environment cannot break another. */
export function defineEnvironment(input: EnvironmentInput): EnvironmentDefinition {
  return {
    name: input.name,
    input,
    parse: () => parse(input),
    resolve: (options) => resolve(input, options),
  };
}

function resolve(input: EnvironmentInput, options: ResolveOptions = {}): Deployment {
  const staged = options.stage ? atStage(input, options.stage) : input;
  const config = parse(options.standby ? withStandby(staged, options.standby) : staged);
  const capabilities = capabilitiesOf(config.stage, config.exceptions);
  const has = (capability: Capability) => capabilities.has(capability);
  const vault = vaultOf(config);
  const standbyIf = (capability: Capability) => (has(capability) ? config.regions.standby : []);
  return {
    environment: config.name,
    account: config.account,
    deployRoleArn: config.deployRoleArn,
    tags: { ...config.tags, Environment: config.name, ManagedBy: "evenkeel" },
    state:
      config.state.backend === "local"
        ? { backend: "local", directory: options.localStateDirectory ?? ".evenkeel/state" }
        : config.state,
    homeRegion: config.regions.home,
    keyReplicas: standbyIf("replicatedKeys"),
    tableReplicas: standbyIf("replicatedTables"),
    databaseReplicas: standbyIf("globalDatabase"),
    eventRegions: [config.regions.home, ...standbyIf("replicatedEvents").slice(0, 1)],
    serviceRegions: [config.regions.home, ...standbyIf("standbyServices")],
    dnsFailover: has("dnsFailover"),
    alarms: has("alarms"),
    tracing: has("tracing"),
    dashboards: has("dashboards"),
    savedQueries: has("savedQueries"),
    deadLetters: has("deadLetters"),
    contributorInsights: has("contributorInsights"),
    firewall: has("firewall"),
    edgeFunctions: has("edgeFunctions"),
    databaseProxy: has("databaseProxy"),
    secretRotation: has("secretRotation"),
    provisionedConcurrency: has("provisionedConcurrency"),
    keys: { ...config.keys, application: applicationKey(config) },
    vault: vault && { ...vault, deployed: !options.withoutVault },
    keyRotation: has("keyRotationEvidence") ? config.keyRotation : undefined,
    alerts: config.alerts,
    tables: byName(config.tables),
    databases: byName(config.databases),
    eventBuses: byName(config.eventBuses),
    services: byName(config.services.map(({ edge, ...service }) => service)),
    edgeSites: byName(config.services.flatMap(({ name, edge }) => (edge ? [{ name, ...edge }] : []))),
    spendGuard: has("spendGuard") ? config.spendGuard : undefined,
  };
}

function parse(input: EnvironmentInput): EnvironmentConfig {
  return parseConfig(environmentConfig, input, `environment "${input.name}"`);
}

/** The key of KMS that services encrypt with themselves, where one does and no Vault keeps it. */
function applicationKey({ keys, keyManagement, services }: EnvironmentConfig): EncryptionKeyConfig | undefined {
  if (keyManagement.provider !== "kms" || !services.some(({ encryption }) => encryption)) return undefined;
  return keys.application ?? encryptionKeyConfig.parse({ description: "What services encrypt themselves" });
}

/** The environment as it would stand at another stage: exceptions that this stage makes void are left out. */
function atStage(input: EnvironmentInput, stage: Stage): EnvironmentInput {
  const exceptions = Object.entries(input.exceptions ?? {}).filter(
    ([name, exception]) => exception?.enabled !== stageBrings(stage, name as Capability),
  );
  return { ...input, stage, exceptions: Object.fromEntries(exceptions) };
}

function withStandby(input: EnvironmentInput, standby: readonly string[]): EnvironmentInput {
  // Checked like the rest: an unknown region is refused with its path.
  return { ...input, regions: { ...input.regions, standby: [...standby] as typeof input.regions.standby } };
}

function byName<T extends { name: string }>(entries: readonly T[]): ReadonlyMap<string, Omit<T, "name">> {
  return new Map(entries.map(({ name, ...config }) => [name, config]));
}
