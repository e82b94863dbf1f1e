import { SecretCache } from "../secrets/secret-cache";
import type { SecretSource, Stage } from "../secrets/secret-source";

/** The secret of a database user, as handlers/secret-rotation writes it. */
export type UserSecret = Pick<SecretCache<{ readonly username: string; readonly password: string }>, "get" | "renew">;

const suffix = "_clone";

/** The other one of the two users that a rotation alternates between. */
export const otherUser = (user: string): string =>
  user.endsWith(suffix) ? user.slice(0, -suffix.length) : `${user}${suffix}`;

/** The secret of a database user, or its version before the last rotation, kept and renewed as `SecretCache` does it. */
export function userSecret(source: SecretSource, stage: Stage = "AWSCURRENT"): UserSecret {
  return new SecretCache({ sources: [source], stage, parse: parseLogin, isAuthenticationError: () => false });
}

/** Anything thrown here is replaced by `SecretCache`, as it may quote the secret. */
function parseLogin(text: string): { readonly username: string; readonly password: string } {
  const { username, password } = Object(JSON.parse(text)) as { username?: unknown; password?: unknown };
  if (typeof username === "string" && typeof password === "string") return { username, password };
  throw new Error("no login");
}
