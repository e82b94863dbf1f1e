import { SecretCache } from "../secrets/secret-cache.js";
import type { SecretSource, Stage } from "../secrets/secret-source.js";
import { parseUserLogin, type UserLogin } from "./rotating-user.js";

/** The secret of a database user, as handlers/secret-rotation writes it. */
export type UserSecret = Pick<SecretCache<UserLogin>, "get" | "renew">;

/** The secret of a database user, or its version before the last rotation, kept and renewed as `SecretCache` does it. */
export function userSecret(source: SecretSource, stage: Stage = "AWSCURRENT"): UserSecret {
  return new SecretCache({ sources: [source], stage, parse: requireLogin, isAuthenticationError: () => false });
}

/** Anything thrown here is replaced by `SecretCache`. */
function requireLogin(text: string): UserLogin {
  const login = parseUserLogin(text);
  if (login) return login;
  throw new Error("no login");
}
