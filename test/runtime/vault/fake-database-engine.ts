import { randomBytes } from "node:crypto";
import type { FakeVault, Received } from "./fake-vault";

/** Lives of logins and tokens, in seconds. */
export interface Lives {
  readonly lease: number;
  readonly leaseMax: number;
  readonly token: number;
  readonly tokenMax: number;
}

/** What the role of the engine was made with. */
export interface Statements {
  readonly creation: readonly string[];
  readonly revocation: readonly string[];
}

interface Expiring {
  /** Milliseconds since 1970, by `Date.now`: after its longest life. */
  readonly endsBy: number;
  /** The same, unless it is renewed before. */
  endsAt: number;
}

/** What a function of the service ledger in prod is given for its database logins. */
export const databaseLoginVariables = (url: string) => ({
  AWS_REGION: "eu-west-1",
  VAULT_ADDR: url,
  VAULT_SERVER_ID: "vault.example.com",
  VAULT_AUTH_MOUNT: "prod-ledger-aws",
  VAULT_ROLE: "prod-ledger",
  VAULT_DATABASE_MOUNT: "database",
  VAULT_DATABASE_ROLE: "prod-ledger",
});

/**
 * Has the server make users of a real database, as Vault's database engine does: by the role's statements, with a lease that is
 * renewed up to its longest life, and taken away by `expire` when the lease has ended, or the token that asked for it.
 */
export class FakeDatabaseEngine {
  /** Names of the users, in the order in which they were made. */
  readonly made: string[] = [];
  readonly tokens: string[] = [];
  renewals = 0;
  /** Milliseconds after its answer at which the user is there, as on a reader that lags behind. */
  lag = 0;
  /** What went wrong in the database. */
  readonly failures: string[] = [];
  private readonly leases = new Map<string, Expiring & { readonly user: string; readonly token: string }>();
  private readonly sessions = new Map<string, Expiring>();

  constructor(
    vault: FakeVault,
    private readonly run: (sql: string) => Promise<void>,
    private readonly statements: Statements,
    private readonly lives: Lives,
  ) {
    vault.received.length = 0;
    vault.routes = {
      "POST auth/prod-ledger-aws/login": ({ body }) => (body?.role === "prod-ledger" ? this.login() : 400),
      "POST auth/token/renew-self": (request) => this.renewToken(tokenOf(request)),
      "GET database/creds/prod-ledger": (request) => this.makeUser(tokenOf(request)),
      "PUT sys/leases/renew": ({ body }) => this.renewLease(String(body?.lease_id)),
    };
  }

  /** Takes all users away at once, as an operator does by `vault lease revoke -prefix`. */
  async revokeAll(): Promise<void> {
    await Promise.all([...this.leases.keys()].map((id) => this.revoke(id)));
  }

  /** Takes away what has ended by now. */
  async expire(): Promise<void> {
    for (const [token, { endsAt }] of this.sessions) if (endsAt <= Date.now()) this.sessions.delete(token);
    const over = [...this.leases].filter(([, { endsAt, token }]) => endsAt <= Date.now() || !this.sessions.has(token));
    await Promise.all(over.map(([id]) => this.revoke(id)));
  }

  private login(): object {
    const token = `token-${this.tokens.length + 1}`;
    this.tokens.push(token);
    this.sessions.set(token, { endsBy: Date.now() + this.lives.tokenMax * 1_000, endsAt: 0 });
    return this.renewToken(token) as object;
  }

  private renewToken(token: string): object | number {
    const session = this.sessions.get(token);
    if (!session) return 403;
    const seconds = prolong(session, this.lives.token);
    return { auth: { client_token: token, lease_duration: seconds, renewable: true } };
  }

  private async makeUser(token: string): Promise<object | number> {
    if (!this.sessions.has(token)) return 403;
    const user = `v-aws-prod-led-${this.made.length + 1}`;
    const password = randomBytes(12).toString("base64url");
    this.made.push(user);
    const id = `database/creds/prod-ledger/${user}`;
    this.leases.set(id, { user, token, endsBy: Date.now() + this.lives.leaseMax * 1_000, endsAt: 0 });
    const seconds = this.prolongLease(id);
    const create = () => this.execute(this.statements.creation, { name: user, password, expiration: until(seconds) });
    if (this.lag > 0) setTimeout(create, this.lag);
    else await create();
    return { lease_id: id, lease_duration: seconds, renewable: true, data: { username: user, password } };
  }

  private async renewLease(id: string): Promise<object | number> {
    const lease = this.leases.get(id);
    if (!lease) return 400;
    this.renewals += 1;
    const seconds = this.prolongLease(id);
    await this.execute([`ALTER ROLE "{{name}}" VALID UNTIL '{{expiration}}'`], {
      name: lease.user,
      expiration: until(seconds),
    });
    return { lease_id: id, lease_duration: seconds, renewable: true };
  }

  private prolongLease(id: string): number {
    const lease = this.leases.get(id);
    return lease ? prolong(lease, this.lives.lease) : 0;
  }

  private async revoke(id: string): Promise<void> {
    const lease = this.leases.get(id);
    if (!lease) return;
    this.leases.delete(id);
    await this.execute(this.statements.revocation, { name: lease.user });
  }

  private async execute(statements: readonly string[], values: Readonly<Record<string, string>>): Promise<void> {
    for (const statement of statements) {
      const sql = statement.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? "");
      await this.run(sql).catch((error: unknown) => this.failures.push(String(error)));
    }
  }
}

const tokenOf = ({ headers }: Received): string => String(headers["x-vault-token"]);

const until = (seconds: number): string => new Date(Date.now() + seconds * 1_000).toISOString();

/** Gives something more time, up to its longest life. @returns the whole seconds that it has */
function prolong(expiring: Expiring, seconds: number): number {
  const givenMs = Math.min(seconds * 1_000, expiring.endsBy - Date.now());
  expiring.endsAt = Date.now() + givenMs;
  return Math.floor(givenMs / 1_000);
}
