import {
  activeState,
  type BaseEnvironment,
  type DeploymentFacts,
  type EnabledCapabilities,
  environmentTags,
  type FieldPoint,
  type KeyConfig,
  tracesOtherwise,
  type VaultKeyManagement,
} from "../contract";
import { encryptionKeyConfig } from "../modules/encryption-key";
import { leavingOf } from "./leaving";
import { baseFields } from "./schema";

export interface FactOptions {
  /** Leaves out the Vault stack, for the simulated cloud, which has no Vault. */
  readonly withoutVault?: boolean;
  /** Folder of local state files, relative to the project folder; `.evenkeel/state` by default. */
  readonly localStateDirectory?: string;
}

/** The facts of an environment at its stage: what is in which region. */
export function deploymentFacts(
  config: BaseEnvironment,
  enabled: EnabledCapabilities,
  options: FactOptions,
): DeploymentFacts {
  const { home } = config.regions;
  const standby = inOrderOfUse(config.regions);
  const standbyIf = (capability: string) => (enabled.has(capability) ? standby : []);
  const vault = vaultOf(config);
  return {
    environment: config.name,
    config,
    account: config.account,
    deployRoleArn: config.deployRoleArn,
    recordsRoleArn: config.hostedZones.recordsRoleArn,
    roles: { path: config.iam.rolePath, permissionsBoundaryArn: config.iam.permissionsBoundaryArn },
    tags: { ...config.tags, ...environmentTags(config.name) },
    state:
      config.state.backend === "local"
        ? { backend: "local", directory: options.localStateDirectory ?? ".evenkeel/state" }
        : activeState(config.state),
    homeRegion: home,
    activeRegion: (enabled.has("standbyServices") && config.regions.active) || home,
    leaving: leavingOf(config),
    unprotectedRegions: standby.filter((region) => config.regions.leaving.includes(region)),
    keyReplicas: standbyIf("replicatedKeys"),
    tableReplicas: standbyIf("replicatedTables"),
    databaseReplicas: standbyIf("globalDatabase"),
    eventRegions: [home, ...(enabled.has("replicatedEvents") ? standbyOfEvents(config.regions) : [])],
    serviceRegions: [home, ...standbyIf("standbyServices")],
    dnsFailover: enabled.has("dnsFailover"),
    edgeFunctions: enabled.has("edgeFunctions"),
    alarms: enabled.has("alarms"),
    // One thing is traced in one way: a layer that needs X-Ray says so.
    tracing: enabled.has("tracing") && (!tracesOtherwise(config.tracing) || config.tracing?.layer?.xray === true),
    telemetry: enabled.has("tracing") ? config.tracing : undefined,
    keys: { ...config.keys, application: applicationKey(config) },
    vault: vault && { ...vault, deployed: !options.withoutVault },
    alerts: config.alerts,
    tables: byName("table", config.tables),
    databases: byName("database", config.databases),
    eventBuses: byName("bus", config.eventBuses),
    queues: new Map(config.queues.map(({ name, ...queue }) => [name, queue])),
    services: byName(
      "service",
      config.services.map(({ edge, ...service }) => service),
    ),
    containers: byName("container", config.containers),
    containerNetwork: config.containers.length > 0 ? config.containerNetwork : undefined,
    edgeSites: byName(
      "edge",
      config.services.flatMap(({ name, edge }) => (edge ? [{ ...edge, name }] : [])),
    ),
  };
}

type Regions = BaseEnvironment["regions"];

/** Standby regions, those that stay before those that are about to leave: whatever fails over goes to one that stays. */
function inOrderOfUse({ standby, leaving }: Regions): Regions["standby"] {
  const leaves = (region: Regions["home"]) => leaving.includes(region);
  return [...standby.filter((region) => !leaves(region)), ...standby.filter(leaves)];
}

/** The standby region that events fail over to; then the one that they did, while it is about to leave. */
function standbyOfEvents(regions: Regions): readonly string[] {
  return [...new Set([...inOrderOfUse(regions).slice(0, 1), ...regions.standby.slice(0, 1)])];
}

/**
 * The KMS key that services themselves encrypt with, or encrypted with before the environment went to Vault: as long as
 * it is named or said to be needed it is there, whoever encrypts with it.
 */
function applicationKey({ keys, keyManagement, services, containers }: BaseEnvironment): KeyConfig | undefined {
  const needed =
    keyManagement.provider === "kms"
      ? keys.application !== undefined || [...services, ...containers].some(({ encryption }) => encryption)
      : keyManagement.encryptedByKmsBefore === true;
  if (!needed) return undefined;
  return keys.application ?? encryptionKeyConfig.parse({ description: "What services encrypt themselves" });
}

/** The Vault of an environment as the stacks need it, with the port that functions reach it on. */
function vaultOf({ keyManagement }: BaseEnvironment): Omit<VaultKeyManagement, "deployed"> | undefined {
  if (keyManagement.provider !== "vault") return undefined;
  const { privateAccess, encryptedByKmsBefore: _, failoverSeconds: __, ...rest } = keyManagement;
  // A URL omits the default port of its scheme.
  const port = Number(new URL(keyManagement.address).port || 443);
  return { ...rest, privateAccess: privateAccess && { ...privateAccess, port } };
}

/** Entries by name, with only the fields that blueprints and modules know, not those of capabilities. */
function byName<T extends { name: string }>(
  point: FieldPoint,
  entries: readonly T[],
): ReadonlyMap<string, Omit<T, "name">> {
  const known = baseFields(point);
  return new Map(
    entries.map(({ name, ...fields }) => [
      name,
      Object.fromEntries(Object.entries(fields).filter(([field]) => field in known)) as Omit<T, "name">,
    ]),
  );
}
