import { SecretCache, type SecretCacheOptions } from "./secret-cache.js";
import type { VersionCanary } from "./version-canary.js";

/** How a secret is kept, and what says which of its versions a unit of traffic uses. */
export interface CanarySecretOptions<T> extends Omit<SecretCacheOptions<T>, "stage"> {
  readonly canary: VersionCanary;
}

/**
 * A secret with alternating users, whose new version (AWSCURRENT) is first used by a share of the traffic; the rest stays with
 * AWSPREVIOUS, which the database takes until the next rotation. A secret that was never rotated has one version for all.
 */
export class CanarySecret<T> {
  private readonly current: SecretCache<T>;
  private readonly previous: SecretCache<T>;

  constructor(private readonly options: CanarySecretOptions<T>) {
    this.current = new SecretCache({ ...options, stage: "AWSCURRENT" });
    this.previous = new SecretCache({ ...options, stage: "AWSPREVIOUS" });
  }

  /**
   * Runs something with the version of a unit of traffic (tenant, customer, table). What is refused runs again with what may
   * have taken its place, so it must be safe to run up to four times.
   */
  withSecret<R>(unit: string, use: (value: T) => Promise<R>): Promise<R> {
    return this.options.canary.run(unit, (version) =>
      version === "new" ? this.current.withSecret(use) : this.withPrevious(use),
    );
  }

  private async withPrevious<R>(use: (value: T) => Promise<R>): Promise<R> {
    try {
      return await this.previous.withSecret(use);
    } catch (error) {
      // A rotation sets the share before it moves the labels: until then AWSPREVIOUS is the login that it has just changed,
      // and AWSCURRENT the one that is to be used.
      if (!this.options.isAuthenticationError(error)) throw error;
      return this.current.withSecret(use);
    }
  }
}
