import type { Construct } from "constructs";
import type { AlarmTarget, Grantee, RegionalKey } from "../../modules/core";
import type { DatabaseNetwork } from "../../modules/database-network";
import type { UserWithSecret } from "../../modules/database-proxy";
import type { DatabaseAccess, GlobalDatabase } from "../../modules/global-database";
import { ReplicatedSecret } from "../../modules/replicated-secret";
import { VersionCanary, type VersionCanaryInput } from "../../modules/version-canary";
import { alternateUser } from "./alternate-user";
import type { PooledDatabaseConfig } from "./config";
import { canaryName, UserRotation } from "./user-rotation";

export interface DatabaseUsersProps {
  /** The users, with every default filled in. */
  readonly config: Pick<PooledDatabaseConfig, "users" | "rotation">;
  /** Name of the environment. */
  readonly environment: string;
  /** `<environment>-<name>` of the database. */
  readonly name: string;
  /** AWS account id, 12 digits. */
  readonly account: string;
  /** The home region. */
  readonly home: string;
  /** The regions that take over, the first one first. */
  readonly standby: readonly string[];
  /** Encrypts the secrets of the users. */
  readonly key: RegionalKey;
  /** Encrypts logs and dead letters. */
  readonly operationsKey: RegionalKey;
  /** Where alarms send notifications; without it there are no alarms. */
  readonly alarms?: AlarmTarget;
  /** How long deleted secrets can be restored: 7 to 30 days, or 0. */
  readonly secretRecoveryDays: number;
}

/** A database user whose login functions read from its secret, because it can change. */
export interface UserSecret {
  /** ARN of the secret, or of its replica in the function's region. */
  readonly secretArn: string;
  /** Every user name that the secret may contain. */
  readonly users: readonly string[];
  grantRead(grantee: Grantee): void;
  /** The canary of a new login in the region, if there is one. */
  readonly canary?: UserCanary;
}

/** What a function needs to know about the canary of its user's login. */
export interface UserCanary {
  /** Path of the parameter with the share. */
  readonly path: string;
  /** Dimension `Name` of the failures that it reports. */
  readonly name: string;
  grantRead(grantee: Grantee): void;
}

/** The users of a pooled database: a secret for each, and its rotation, in the given scope and named after the user. */
export class DatabaseUsers {
  private readonly secrets: ReadonlyMap<string, ReplicatedSecret>;
  /** Whether passwords are rotated, between two users each. */
  private rotated = false;
  /** Only in the home region, where secrets are rotated and traffic is served at that time. */
  private readonly canaries = new Map<string, VersionCanary>();

  constructor(
    private readonly scope: Construct,
    private readonly props: DatabaseUsersProps,
  ) {
    const { config, name, account, home, standby, key, alarms, secretRecoveryDays: recoveryWindowDays } = props;
    this.secrets = new Map(
      config.users.map((user) => [
        user,
        new ReplicatedSecret(scope, `user-${inIds(user)}`, {
          config: { description: `User ${user} of the database ${name}, for its proxies`, recoveryWindowDays },
          // A slash, because a hyphen and a user of six letters would look like the suffix that AWS adds.
          name: `${name}/${user}`,
          account,
          home,
          replicas: standby,
          key,
          alarms,
        }),
      ]),
    );
  }

  /** The users, as the pool of a region needs them. */
  in(region: string): UserWithSecret[] {
    return [...this.secrets].map(([user, secret]) => ({
      user,
      secretArn: secret.arnIn(region),
      alternate: alternateUser(user),
    }));
  }

  /** The secret that a user logs in with, if it needs one: for a password, or because its name alternates. */
  secretOf(user: string, region: string, authentication: DatabaseAccess["authentication"]): UserSecret | undefined {
    const secret = this.secrets.get(user);
    if (!secret || (authentication === "iam" && !this.rotated)) return undefined;
    const canary = region === secret.home ? this.canaries.get(user) : undefined;
    return {
      secretArn: secret.arnIn(region),
      users: [user, ...(this.rotated ? [alternateUser(user)] : [])],
      grantRead: (grantee) => secret.grantRead(grantee),
      canary: canary && {
        path: canary.parameterPath,
        name: secret.secretName,
        grantRead: (grantee) => canary.grantRead(grantee),
      },
    };
  }

  /** Lets a function rotate each user, in the network of the home region. */
  rotate(database: GlobalDatabase, network: DatabaseNetwork): void {
    const { config, environment, name, account, operationsKey, alarms } = this.props;
    this.rotated = true;
    for (const [user, secret] of this.secrets) {
      const canary = config.rotation.canary && this.addCanary(user, secret, config.rotation.canary);
      new UserRotation(this.scope, `rotation-${inIds(user)}`, {
        config: config.rotation,
        environment,
        name,
        user,
        account,
        secret,
        database,
        network,
        key: operationsKey,
        canary,
        alarms,
      });
    }
  }

  private addCanary(user: string, secret: ReplicatedSecret, config: VersionCanaryInput): VersionCanary {
    const { environment, name, account, home, operationsKey, alarms } = this.props;
    const canary = new VersionCanary(this.scope, `canary-${inIds(user)}`, {
      config,
      name: canaryName(name, user),
      environment,
      subject: secret.secretName,
      region: home,
      account,
      key: operationsKey,
      tracing: false,
      alarms,
    });
    this.canaries.set(user, canary);
    return canary;
  }
}

const inIds = (user: string): string => user.replaceAll("_", "-");
