import { within } from "../resilience/deadline.js";
import { SingleFlight } from "../resilience/single-flight.js";
import { askAgainAt, renewalShare, type VaultClient } from "./vault-client.js";
import { segment, type VaultAnswer, VaultError } from "./vault-http.js";

/** A login that Vault creates, and revokes at the end of its lease. */
export interface LeasedLogin {
  readonly username: string;
  readonly password: string;
}

/** Which logins to lease. */
export interface DatabaseLeaseOptions {
  readonly vault: VaultClient;
  /** Role of the database secrets engine. */
  readonly role: string;
  /** Path of the engine: `database` by default. */
  readonly mount?: string;
  /** Whether an error says that the login was refused, and not that something else went wrong. */
  readonly isAuthenticationError: (error: unknown) => boolean;
}

interface Lease {
  readonly id: string;
  readonly login: LeasedLogin;
  readonly renewable: boolean;
  /** Milliseconds since 1970. */
  readonly renewAt: number;
  readonly expiresAt: number;
  readonly madeAt: number;
  /** Of the token that asked for it; the lease ends with that token. */
  readonly session: number;
  /** While Vault is away: when to ask it again. */
  readonly retryAt?: number;
}

/** How long a query waits for a new lease while the last one is valid, in milliseconds: a server may also not answer at all. */
const patienceMs = 1_000;

/**
 * A database login of Vault for the life of the execution environment: renewed in the last third of its lease, replaced when it
 * cannot be renewed any more, the token that asked for it is replaced, or the database refuses it.
 * @see https://developer.hashicorp.com/vault/api-docs/secret/databases
 */
export class DatabaseLease {
  private lease: Lease | undefined;
  private readonly pending = new SingleFlight<Lease>();

  constructor(private readonly options: DatabaseLeaseOptions) {}

  /** The login. @throws VaultError when Vault returns none and the last one has expired */
  async get(): Promise<LeasedLogin> {
    return (await this.current()).login;
  }

  /** Runs something with the login; when it is refused, once more with a new one. It must be safe to run twice. */
  async withLogin<R>(use: (login: LeasedLogin) => Promise<R>): Promise<R> {
    const lease = await this.current();
    try {
      return await use(lease.login);
    } catch (error) {
      if (!this.options.isAuthenticationError(error)) throw error;
      this.forget(lease.login);
      return use((await this.current()).login);
    }
  }

  /**
   * Forgets a login that the database refused, unless it is another one than the one in use, or younger than an age in milliseconds.
   * @returns false if it is too young
   */
  forget(login: LeasedLogin, minAgeMs = 0): boolean {
    const { lease } = this;
    if (lease?.login !== login) return true;
    if (this.options.vault.now() - lease.madeAt < minAgeMs) return false;
    this.lease = undefined;
    return true;
  }

  private current(): Promise<Lease> {
    const { lease } = this;
    const { vault } = this.options;
    const now = vault.now();
    const fresh = lease && now < lease.renewAt && vault.isFresh(lease.session);
    if (lease && (fresh || now < (lease.retryAt ?? 0))) return Promise.resolve(lease);
    const next = this.pending.run(() => this.next(lease));
    if (!lease || now + patienceMs >= lease.expiresAt) return next;
    return within(patienceMs, next, "The next lease takes long.").catch((error: unknown) => {
      if (vault.now() >= lease.expiresAt) throw error;
      // What still waits puts its answer there later; until then nobody waits again.
      const kept = this.later(lease);
      if (this.lease === lease) this.lease = kept;
      return kept;
    });
  }

  private later(lease: Lease): Lease {
    return { ...lease, retryAt: askAgainAt(this.options.vault.now(), lease.expiresAt) };
  }

  private async next(old: Lease | undefined): Promise<Lease> {
    const { vault } = this.options;
    const alive = old && vault.now() < old.expiresAt ? old : undefined;
    try {
      const session = await vault.session();
      const prolonged = alive?.session === session ? await this.prolong(alive) : undefined;
      this.lease = prolonged ?? (await this.read(session));
    } catch (error) {
      // Vault is away: the database still knows the login until the lease ends.
      if (!alive || vault.now() >= alive.expiresAt) throw error;
      this.lease = this.later(alive);
    }
    return this.lease;
  }

  private async prolong(lease: Lease): Promise<Lease | undefined> {
    // It was the token that had to be renewed.
    if (this.options.vault.now() < lease.renewAt) return lease;
    return lease.renewable ? this.renew(lease) : undefined;
  }

  /** @see https://developer.hashicorp.com/vault/api-docs/system/leases#renew-lease */
  private async renew(old: Lease): Promise<Lease | undefined> {
    const { vault } = this.options;
    const askedAt = vault.now();
    try {
      const body = { lease_id: old.id };
      const answer = await vault.request({ method: "PUT", path: "sys/leases/renew", body });
      const renewed = { ...this.keep(answer, old.login, old.session, askedAt), madeAt: old.madeAt };
      // Near the role's max_ttl the lease cannot be made longer.
      return renewed.expiresAt > old.expiresAt ? renewed : undefined;
    } catch {
      return undefined;
    }
  }

  private async read(session: number): Promise<Lease> {
    const { vault, role, mount = "database" } = this.options;
    const path = `${segment(mount)}/creds/${segment(role)}`;
    const askedAt = vault.now();
    const answer = await vault.request({ method: "GET", path });
    const { username, password } = answer.data ?? {};
    if (typeof username !== "string" || typeof password !== "string") {
      throw new VaultError(path, 0, ["the answer has no login"]);
    }
    return this.keep(answer, { username, password }, session, askedAt);
  }

  /** Its life is counted from before it was asked for: the function may have been frozen before it read the answer. */
  private keep(answer: VaultAnswer, login: LeasedLogin, session: number, askedAt: number): Lease {
    const { lease_id: id = "", lease_duration = 0, renewable = false } = answer;
    const lifeMs = lease_duration * 1000;
    const times = {
      madeAt: this.options.vault.now(),
      renewAt: askedAt + lifeMs * renewalShare,
      expiresAt: askedAt + lifeMs,
    };
    return { id, login, session, renewable, ...times };
  }
}
