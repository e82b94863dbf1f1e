import { defineEnvironment, type EnvironmentInput } from "../../config";
import staging from "../../environments/staging";
import { ConfigError } from "../../modules/core";

/** A value of any shape: mistakes are what the types forbid. */
// biome-ignore lint/suspicious/noExplicitAny: the tests write what the compiler would refuse
export type Loose = any;

/** The mistakes of an environment once it has been changed, `path: message`. */
export function mistakesOf(
  change: (environment: Loose) => void,
  base: { readonly input: unknown } = staging,
): string[] {
  const input = JSON.parse(JSON.stringify(base.input)) as Loose;
  change(input);
  try {
    defineEnvironment(input as EnvironmentInput).resolve();
  } catch (error) {
    if (error instanceof ConfigError) return error.issues.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
  return [];
}

/** A service of an environment, by its name. */
export const serviceOf = (environment: Loose, name = "orders"): Loose =>
  environment.services.find((one: Loose) => one.name === name);

/** An environment's keyManagement by Vault. */
export const vault = {
  provider: "vault",
  address: "https://vault.example.com:8200",
  serverId: "vault.example.com",
  encryptedByKmsBefore: false,
};
