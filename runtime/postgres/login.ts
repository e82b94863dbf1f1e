import { randomUUID } from "node:crypto";
import { EnvironmentError } from "../environment/environment.js";
import { systemClock } from "../resilience/clock.js";
import type { CanaryVersion, VersionCanary } from "../secrets/version-canary.js";
import type { DatabaseLease, LeasedLogin } from "../vault/database-lease.js";
import { otherUser, type UserLogin } from "./rotating-user.js";
import type { UserSecret } from "./user-secret.js";

/** What a connection is opened with. */
export interface Login {
  readonly user: string;
  readonly password: string;
}

/** Where logins come from; asked for each new connection. */
export interface LoginSource {
  login(): Promise<Login>;
  /** Drops the cached login, after the database refused it. */
  refresh(): void | Promise<void>;
  /** Whether a connection that was opened with a login may still be used; asked before each use. Without it, always. */
  holds?(login: Login): Promise<boolean>;
}

/** The password of a user, which may change: asked for each new connection. */
export interface PasswordSource {
  password(): Promise<string>;
  /** Drops the cached password, after it was refused. */
  refresh(): void;
}

/** One user, whose password comes from elsewhere, such as a token of IAM. */
export function fixedUser(user: string, passwords: PasswordSource): LoginSource {
  return { login: async () => ({ user, password: await passwords.password() }), refresh: () => passwords.refresh() };
}

/** How one user of a database logs in; see {@link userLogin}. */
export interface UserLoginOptions {
  /** By tokens of IAM, and not by a password. */
  readonly byTokens: boolean;
  readonly user: string;
  /** The user's secret: required for passwords; with tokens it says which of two users is in use. */
  readonly secret?: UserSecret;
  /** Tokens of IAM for a user. */
  readonly tokens: (user: string) => PasswordSource;
}

/** Logins by tokens of IAM, or by the secret of a user. @throws EnvironmentError where passwords have no secret */
export function userLogin({ byTokens, user, secret, tokens }: UserLoginOptions): LoginSource {
  if (byTokens) return secret ? alternatingLogin(secret, tokens) : fixedUser(user, tokens(user));
  if (secret) return secretLogin(secret);
  throw new EnvironmentError(["DATABASE_SECRET_ARN is missing, it must be the ARN of the user's secret"]);
}

/** User and password from the user's secret, which is read again when they are refused. */
export function secretLogin(secret: UserSecret): LoginSource {
  let used: UserLogin | undefined;
  return {
    async login() {
      used = await secret.get();
      return { user: used.username, password: used.password };
    },
    async refresh() {
      if (used) await secret.renew(used);
    },
  };
}

/** The two versions of a user's secret that are valid at a time, where users alternate. */
export interface UserSecretVersions {
  readonly current: UserSecret;
  readonly previous: UserSecret;
}

/**
 * The login of the last rotation for a share of the execution environments, each of which has one connection; the one before for
 * the rest. Whichever is refused counts against its version, and the other one is tried: both are valid until the next rotation.
 */
export function canaryLogin(secrets: UserSecretVersions, canary: VersionCanary): LoginSource {
  const unit = randomUUID();
  let used: { readonly version: CanaryVersion; readonly login: UserLogin } | undefined;
  let refused: CanaryVersion | undefined;
  return {
    async login() {
      const picked = await canary.pick(unit);
      const version = picked === refused ? otherVersion(picked) : picked;
      const login = await (version === "new" ? secrets.current : secrets.previous).get();
      used = { version, login };
      return { user: login.username, password: login.password };
    },
    async refresh() {
      if (used !== undefined) canary.report(used.version);
      refused = used?.version;
      await Promise.all([
        secrets.current.renew(refused === "new" ? used?.login : undefined),
        secrets.previous.renew(refused === "old" ? used?.login : undefined),
      ]);
    },
  };
}

const otherVersion = (version: CanaryVersion): CanaryVersion => (version === "new" ? "old" : "new");

/**
 * The user from its secret, the password from elsewhere: for an RDS Proxy, which takes tokens of IAM, but only for the user that
 * the secret names at the moment. Proxy and function may notice a rotation at different times, so after a refusal it also tries the
 * other one of the two users that rotation alternates between.
 * @param passwordsOf the passwords of a user; asked once for each of the two
 */
export function alternatingLogin(secret: UserSecret, passwordsOf: (user: string) => PasswordSource): LoginSource {
  const passwords = new Map<string, PasswordSource>();
  let used: string | undefined;
  let refused: string | undefined;
  let named: UserLogin | undefined;
  return {
    async login() {
      named = await secret.get();
      const { username } = named;
      if (username !== refused) refused = undefined;
      const user = refused === undefined ? username : otherUser(username);
      const source = passwords.get(user) ?? passwordsOf(user);
      passwords.set(user, source);
      used = user;
      return { user, password: await source.password() };
    },
    async refresh() {
      refused = used;
      if (used !== undefined) passwords.get(used)?.refresh();
      await secret.renew(named);
    },
  };
}

/**
 * A user that Vault made for this execution environment. Its connections end with its lease, so they are asked about it each time
 * they are used, and give way to those of the next user before Vault takes this one away.
 * @param settleMs how long a new user may take to reach a reader, which refuses it until then
 */
export function leasedLogin(lease: DatabaseLease, settleMs = 2_000): LoginSource {
  let used: LeasedLogin | undefined;
  return {
    async login() {
      used = await lease.get();
      return { user: used.username, password: used.password };
    },
    holds: async ({ user }) => (await lease.get()).username === user,
    async refresh() {
      if (used !== undefined && !lease.forget(used, settleMs)) await systemClock.sleep(settleMs / 2);
    },
  };
}
