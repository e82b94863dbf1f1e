import { renewalShare, type VaultClient } from "./vault-client";
import { segment, type VaultAnswer, VaultError } from "./vault-http";

/** A login that Vault made and takes back at the end of its lease. */
export interface LeasedLogin {
  readonly username: string;
  readonly password: string;
}

/** Which logins to lease. */
export interface DatabaseLeaseOptions {
  readonly vault: VaultClient;
  /** Role of the database secrets engine. */
  readonly role: string;
  /** Path of the engine: `database` unless given. */
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
}

/**
 * A database login of Vault for the life of the execution environment: renewed in the last third of its lease, replaced when it
 * cannot be renewed any more or the database refuses it. https://developer.hashicorp.com/vault/api-docs/secret/databases
 */
export class DatabaseLease {
  private lease: Lease | undefined;
  private pending: Promise<Lease> | undefined;

  constructor(private readonly options: DatabaseLeaseOptions) {}

  /** The login. @throws VaultError when Vault gives none and the last one has expired */
  async get(): Promise<LeasedLogin> {
    return (await this.current()).login;
  }

  /** Runs something with the login; when it is refused, once more with a new one. What runs must do no harm when it is run twice. */
  async withLogin<R>(use: (login: LeasedLogin) => Promise<R>): Promise<R> {
    const lease = await this.current();
    try {
      return await use(lease.login);
    } catch (error) {
      if (!this.options.isAuthenticationError(error)) throw error;
      if (this.lease === lease) this.lease = undefined;
      return use((await this.current()).login);
    }
  }

  private current(): Promise<Lease> {
    const { lease } = this;
    if (lease && this.options.vault.now() < lease.renewAt) return Promise.resolve(lease);
    this.pending ??= this.next(lease).finally(() => {
      this.pending = undefined;
    });
    return this.pending;
  }

  private async next(old: Lease | undefined): Promise<Lease> {
    const { vault } = this.options;
    const alive = old && vault.now() < old.expiresAt ? old : undefined;
    const renewed = alive?.renewable ? await this.renew(alive) : undefined;
    try {
      this.lease = renewed ?? (await this.read());
    } catch (error) {
      // Vault is away: the database still knows the login until the lease ends.
      if (!alive) throw error;
      return alive;
    }
    return this.lease;
  }

  /** https://developer.hashicorp.com/vault/api-docs/system/leases#renew-lease */
  private async renew(old: Lease): Promise<Lease | undefined> {
    const { vault } = this.options;
    try {
      const body = { lease_id: old.id };
      const answer = await vault.request({ method: "PUT", path: "sys/leases/renew", body });
      const renewed = this.keep(answer, old.login);
      // Near the role's max_ttl the lease cannot be made longer.
      return renewed.expiresAt > old.expiresAt ? renewed : undefined;
    } catch {
      return undefined;
    }
  }

  private async read(): Promise<Lease> {
    const { vault, role, mount = "database" } = this.options;
    const path = `${segment(mount)}/creds/${segment(role)}`;
    const answer = await vault.request({ method: "GET", path });
    const { username, password } = answer.data ?? {};
    if (typeof username !== "string" || typeof password !== "string") {
      throw new VaultError(path, 0, ["the answer has no login"]);
    }
    return this.keep(answer, { username, password });
  }

  private keep({ lease_id = "", lease_duration = 0, renewable = false }: VaultAnswer, login: LeasedLogin): Lease {
    const now = this.options.vault.now();
    const life = lease_duration * 1000;
    return { id: lease_id, login, renewable, renewAt: now + life * renewalShare, expiresAt: now + life };
  }
}
