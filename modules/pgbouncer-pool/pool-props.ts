import type { AlarmTarget, RegionalKey, RoleSettings } from "../core";
import type { UserWithSecret } from "../database-proxy";
import type { DatabaseAccess, PooledCluster } from "../global-database";
import type { PgBouncerPoolInput } from "./config";
import type { PoolNetwork } from "./network-path";

export interface PgBouncerPoolProps {
  /** What it is configured with; fields with defaults may be left out. */
  readonly config: PgBouncerPoolInput;
  /** `<environment>-<name>`; cannot change. */
  readonly name: string;
  /** The region that it is in. */
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** The cluster that it connects to. */
  readonly cluster: PooledCluster;
  /** The cluster's endpoints in the region. */
  readonly database: Pick<DatabaseAccess, "writerEndpoint" | "readerEndpoint">;
  /** The network that it is in. */
  readonly network: PoolNetwork;
  /** The users of services. Only grantees of `grantConnect` read their secrets, never the pool itself. */
  readonly users: readonly UserWithSecret[];
  /** Secret in the pool's region with the `password` of the lookup user. */
  readonly lookupSecretArn: string;
  /** Total concurrent executions of the functions that use the pool in this region. */
  readonly concurrency: number;
  /** Encrypts the log group and the secrets. */
  readonly key: RegionalKey;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
  /** Path and permissions boundary of the roles; those of `setRoleSettings` if left out. */
  readonly roles?: RoleSettings;
}
