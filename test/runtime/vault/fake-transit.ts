import type { FakeVault } from "./fake-vault";

/** What a function of the service orders in prod is given for a Vault. */
export const vaultVariables = (url: string) => ({
  AWS_REGION: "eu-west-1",
  VAULT_ADDR: url,
  VAULT_SERVER_ID: "vault.example.com",
  VAULT_AUTH_MOUNT: "prod-orders-aws",
  VAULT_ROLE: "prod-orders",
  VAULT_TRANSIT_MOUNT: "prod-orders-transit",
  VAULT_KEY: "prod-orders",
});

/** Has the server answer logins, and messages that open with their own context only, 400 otherwise, as Vault does. */
export function serveTransit(vault: FakeVault): void {
  const kept = new Map<string, { plaintext: unknown; context: unknown }>();
  vault.received.length = 0;
  vault.routes = {
    "POST auth/prod-orders-aws/login": () => ({
      auth: { client_token: "token", lease_duration: 3600, renewable: true },
    }),
    "POST prod-orders-transit/encrypt/prod-orders": ({ body }) => {
      const ciphertext = `vault:v1:${Buffer.from(`message ${kept.size}`).toString("base64")}`;
      kept.set(ciphertext, { plaintext: body?.plaintext, context: body?.context });
      return { data: { ciphertext } };
    },
    "POST prod-orders-transit/decrypt/prod-orders": ({ body }) => {
      const found = kept.get(String(body?.ciphertext));
      return found && found.context === body?.context ? { data: { plaintext: found.plaintext } } : 400;
    },
  };
}
