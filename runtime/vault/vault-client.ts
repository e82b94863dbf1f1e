import { SingleFlight } from "../resilience/single-flight.js";
import { requestVault, type VaultAddress, type VaultAnswer, VaultError, type VaultRequest } from "./vault-http.js";

/** The options of a {@link VaultClient}. */
export interface VaultClientOptions {
  readonly address: VaultAddress;
  /** Logs in: `() => loginWithAws(address, options)`. */
  readonly login: () => Promise<VaultAnswer>;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

interface Token {
  /** The same for a token that was renewed, another one for a new token. */
  readonly session: number;
  readonly text: string;
  readonly renewable: boolean;
  readonly renewAt: number;
  readonly expiresAt: number;
}

/** The longest pause before a server that is away is asked again, in milliseconds. */
const maxRetryPauseMs = 60_000;

/**
 * When to ask a server again that is away while what it gave is valid still: after a quarter of the time left, at most a minute.
 * @param expiresAt in milliseconds since 1970, like `now`
 */
export const askAgainAt = (now: number, expiresAt: number): number =>
  now + Math.min(maxRetryPauseMs, (expiresAt - now) / 4);

/** The share of a lifetime after which a token or lease is renewed. */
export const renewalShare = 2 / 3;

/**
 * Vault's HTTP API with a token that is kept for the life of the execution environment. It is renewed when a call finds it in the
 * last third of its life (no timer runs, Lambda freezes them); concurrent callers share one login.
 */
export class VaultClient {
  private token: Token | undefined;
  private readonly pending = new SingleFlight<Token>();
  private sessions = 0;
  readonly now: () => number;

  constructor(private readonly options: VaultClientOptions) {
    this.now = options.now ?? Date.now;
  }

  /** Sends a request; when the token is refused, as after a revocation, once more with a new one. @throws VaultError */
  async request(request: Omit<VaultRequest, "token">): Promise<VaultAnswer> {
    const token = await this.current();
    try {
      return await this.send(request, token);
    } catch (error) {
      if (!(error instanceof VaultError) || error.status !== 403) throw error;
      // A 403 may also mean that the policy does not allow it: then the second answer is the same, and final.
      if (this.token === token) this.token = undefined;
      return this.send(request, await this.current());
    }
  }

  /**
   * The number of the token, renewed or replaced if it is due. When a token ends, Vault revokes everything that was made with it.
   * @see https://developer.hashicorp.com/vault/docs/concepts/lease
   * @throws VaultError
   */
  async session(): Promise<number> {
    return (await this.current()).session;
  }

  /** Whether a token is in use, and not due to be renewed. */
  isFresh(session: number): boolean {
    return this.token?.session === session && this.now() < this.token.renewAt;
  }

  private send(request: Omit<VaultRequest, "token">, token: Token): Promise<VaultAnswer> {
    return requestVault(this.options.address, { ...request, token: token.text });
  }

  private async current(): Promise<Token> {
    const { token } = this;
    if (token && this.now() < token.renewAt) return token;
    return this.pending.run(() => this.next(token));
  }

  private async next(old: Token | undefined): Promise<Token> {
    if (old?.renewable && this.now() < old.expiresAt) {
      const renewed = await this.renew(old);
      if (renewed) return renewed;
    }
    const askedAt = this.now();
    try {
      const answer = await this.options.login();
      this.token = this.keep(answer, this.sessions + 1, askedAt);
      this.sessions += 1;
    } catch (error) {
      const now = this.now();
      if (!old || now >= old.expiresAt) throw error;
      // Whatever a login needs is away, which may be something else than the server: it knows the token until its end.
      this.token = { ...old, renewAt: askAgainAt(now, old.expiresAt) };
    }
    return this.token;
  }

  /** @see https://developer.hashicorp.com/vault/api-docs/auth/token#renew-a-token-self */
  private async renew(old: Token): Promise<Token | undefined> {
    const askedAt = this.now();
    try {
      const answer = await this.send({ method: "POST", path: "auth/token/renew-self", body: {} }, old);
      const renewed = this.keep(answer, old.session, askedAt);
      // Near its maximum lifetime a token cannot be renewed further: log in instead.
      if (renewed.expiresAt <= old.expiresAt) return undefined;
      this.token = renewed;
      return renewed;
    } catch {
      return undefined;
    }
  }

  /** Its life is counted from before it was asked for: the function may have been frozen before it read the answer. */
  private keep({ auth }: VaultAnswer, session: number, askedAt: number): Token {
    if (!auth) throw new VaultError("auth", 0, ["the answer has no token"]);
    const lifeMs = auth.lease_duration * 1000;
    return {
      session,
      text: auth.client_token,
      renewable: auth.renewable,
      renewAt: askedAt + lifeMs * renewalShare,
      expiresAt: askedAt + lifeMs,
    };
  }
}
