import { Construct } from "constructs";
import type { AlarmTarget, RegionalKey } from "../../modules/core";
import type { DatabaseNetwork } from "../../modules/database-network";
import type { UserWithSecret } from "../../modules/database-proxy";
import type { DatabaseAccess, GlobalDatabase } from "../../modules/global-database";
import { PgBouncerPool, type PgBouncerPoolConfig } from "../../modules/pgbouncer-pool";
import { ReplicatedSecret } from "../../modules/replicated-secret";

export interface PgBouncerPoolsProps {
  readonly config: PgBouncerPoolConfig;
  /** `<environment>-<name>` of the database. */
  readonly name: string;
  readonly account: string;
  readonly home: string;
  readonly standby: readonly string[];
  readonly database: GlobalDatabase;
  readonly networks: ReadonlyMap<string, DatabaseNetwork>;
  /** The users of services, with their secrets in a region. */
  usersIn(region: string): readonly UserWithSecret[];
  readonly concurrency: number;
  readonly key: RegionalKey;
  readonly alarms?: AlarmTarget;
  /** How long deleted secrets can be restored: 7 to 30 days, or 0. */
  readonly secretRecoveryDays: number;
}

/** A PgBouncer pool in each region of a database, and the secret of the user that looks up logins. */
export class PgBouncerPools extends Construct {
  /** The pool of each region. */
  readonly byRegion: ReadonlyMap<string, DatabaseAccess>;

  constructor(scope: Construct, id: string, props: PgBouncerPoolsProps) {
    super(scope, id);
    const { config, name, account, home, standby, database, key, alarms, secretRecoveryDays } = props;
    const lookup = new ReplicatedSecret(this, "lookup", {
      config: {
        description: `User ${config.lookupUser} of the database ${name}, by whom PgBouncer looks logins up`,
        recoveryWindowDays: secretRecoveryDays,
      },
      name: `${name}/${config.lookupUser}`,
      account,
      home,
      replicas: standby,
      key,
      alarms,
    });
    this.byRegion = new Map(
      [...props.networks].map(([region, network]) => [
        region,
        new PgBouncerPool(this, region, {
          config,
          name: `${name}-pool`,
          region,
          account,
          cluster: database.pooledClusterIn(region),
          database: database.accessIn(region),
          network,
          users: props.usersIn(region),
          lookupSecretArn: lookup.arnIn(region),
          concurrency: props.concurrency,
          key,
          alarms,
        }),
      ]),
    );
  }
}
