import type { EdgeSiteConfig } from "../blueprints/edge-site";
import type { PooledDatabaseConfig } from "../blueprints/pooled-database";
import type { RegionalContainerConfig } from "../blueprints/regional-container";
import type { RegionalServiceConfig } from "../blueprints/regional-service";
import type { AlertTopicConfig } from "../modules/alert-topic";
import type { RoleSettings } from "../modules/core";
import type { EventBusConfig } from "../modules/event-bus";
import type { ReplicatedTableConfig } from "../modules/replicated-table";
import type { ServiceNetworkConfig } from "../modules/service-network";
import type { IdentityTokenConfig, VaultLoginMethod } from "../modules/vault-login";
import type { BaseEnvironment, KeyConfig, Queue } from "./environment";
import type { Leaving } from "./leaving";
import type { TracingConfig } from "./tracing";

/** Where Terraform keeps the state of each stack. */
export type StateLocation =
  | {
      readonly backend: "local";
      /** Folder of the state files, relative to the project folder. */
      readonly directory: string;
    }
  | {
      readonly backend: "s3";
      readonly bucket: string;
      readonly region: string;
      readonly keyPrefix: string;
      readonly kmsKeyArn: string;
      readonly lockFile: true;
    };

/** The Vault that keeps the keys that services encrypt with, and creates their database logins. */
export interface VaultKeyManagement {
  /** `https://vault.example.com:8200` */
  readonly address: string;
  /** Whether it is Vault or OpenBao. */
  readonly server: "vault" | "openbao";
  /** Value that logins must be signed for; the audience of identity tokens. */
  readonly serverId: string;
  /** How functions may log in; they use the first one. */
  readonly logins: readonly VaultLoginMethod[];
  /** The tokens of the login `jwt`. */
  readonly identityTokens?: IdentityTokenConfig;
  readonly auditDevice: boolean;
  readonly autoRotateDays: number;
  /** Path of its database engine, if services get their database logins from it. */
  readonly databaseMount?: string;
  /** Where functions in the networks of databases reach it. */
  readonly privateAccess?: { readonly cidrBlocks: readonly string[]; readonly port: number };
  /** Whether its stack is built: not on the simulated cloud, which has no Vault. */
  readonly deployed: boolean;
}

/** An environment after its rollout stage has been turned into facts. */
export interface DeploymentFacts {
  /** Name of the environment: the first part of each stack's and each resource's name. */
  readonly environment: string;
  /** The environment with all of its fields, those of capabilities included. */
  readonly config: BaseEnvironment;
  readonly account: string;
  readonly deployRoleArn?: string;
  /** Role that writes DNS records, in the account of the hosted zones; undefined where that is the environment's own. */
  readonly recordsRoleArn?: string;
  /** What every IAM role has in common. */
  readonly roles: RoleSettings;
  readonly tags: Readonly<Record<string, string>>;
  readonly state: StateLocation;
  readonly homeRegion: string;
  /** The region that serves first: the home region, unless the environment names another one. */
  readonly activeRegion: string;
  /** What is built no more, and is destroyed. */
  readonly leaving: Leaving;
  /** Standby regions that are about to leave: what is there still stands, without deletion protection. */
  readonly unprotectedRegions: readonly string[];
  /** Standby regions that hold replicas of the keys, and an alert topic. */
  readonly keyReplicas: readonly string[];
  /** Standby regions that hold replicas of the tables. */
  readonly tableReplicas: readonly string[];
  /** Standby regions that hold a secondary cluster of each database. */
  readonly databaseReplicas: readonly string[];
  /** The home region and, once events are replicated, the first standby region; then one that is about to leave. */
  readonly eventRegions: readonly string[];
  /** Every region that runs the services, the home region first. */
  readonly serviceRegions: readonly string[];
  /** Whether DNS names move to the standby regions when the home region is unhealthy. */
  readonly dnsFailover: boolean;
  /** Whether distributions have their edge router. */
  readonly edgeFunctions: boolean;
  /** Whether what is built gets alarms. */
  readonly alarms: boolean;
  /** Whether functions write X-Ray traces. */
  readonly tracing: boolean;
  /** How functions of services are traced instead, if it is not by X-Ray. */
  readonly telemetry?: TracingConfig;
  readonly keys: {
    readonly data: KeyConfig;
    readonly operations: KeyConfig;
    /** The KMS key that services themselves encrypt with, if there is one. */
    readonly application?: KeyConfig;
  };
  /** The Vault that keeps the keys of services, if KMS does not. */
  readonly vault?: VaultKeyManagement;
  readonly alerts: AlertTopicConfig;
  readonly tables: ReadonlyMap<string, ReplicatedTableConfig>;
  readonly databases: ReadonlyMap<string, PooledDatabaseConfig>;
  readonly eventBuses: ReadonlyMap<string, Omit<EventBusConfig, "rules">>;
  readonly queues: ReadonlyMap<string, Omit<Queue, "name">>;
  readonly services: ReadonlyMap<string, RegionalServiceConfig>;
  /** Services whose code runs in containers. */
  readonly containers: ReadonlyMap<string, RegionalContainerConfig>;
  /** The network of containers, if there are any. */
  readonly containerNetwork?: ServiceNetworkConfig;
  /** What is in front of services, by the name of the service. */
  readonly edgeSites: ReadonlyMap<string, EdgeSiteConfig>;
}
