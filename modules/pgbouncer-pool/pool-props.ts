import type { AlarmTarget, RegionalKey, RoleSettings } from "../core";
import type { UserWithSecret } from "../database-proxy";
import type { DatabaseAccess, PooledCluster } from "../global-database";
import type { PgBouncerPoolInput } from "./config";
import type { PoolNetwork } from "./network-path";

export interface PgBouncerPoolProps {
  readonly config: PgBouncerPoolInput;
  /** `<environment>-<name>`; cannot change. */
  readonly name: string;
  readonly region: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  readonly cluster: PooledCluster;
  /** The cluster's endpoints in the region. */
  readonly database: Pick<DatabaseAccess, "writerEndpoint" | "readerEndpoint">;
  readonly network: PoolNetwork;
  /** The users of services. Only grantees of `grantConnect` read their secrets, never the pool itself. */
  readonly users: readonly UserWithSecret[];
  /** Secret in the pool's region with the `password` of the lookup user. */
  readonly lookupSecretArn: string;
  /** Total concurrent executions of the functions that use the pool in this region. */
  readonly concurrency: number;
  /** Encrypts the log group and the secrets. */
  readonly key: RegionalKey;
  readonly alarms?: AlarmTarget;
  /** Path and permissions boundary of the roles; those of `setRoleSettings` if left out. */
  readonly roles?: RoleSettings;
}
