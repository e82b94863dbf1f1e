import { or, text } from "../forms";
import type { Read, Rules } from "../rule";

/** A path without the slashes that Vault adds or ignores. */
const path: Read = (value, values) => text(value, values)?.replace(/^\/+|\/+$/g, "");
const pathOrType: Read = (value, values) => path(value, values) ?? text(values.type, values);

/** What one Vault has once: its address stands in for the account. @see https://developer.hashicorp.com/vault/api-docs */
export const vault: Rules = {
  vault_mount: { scope: "account", name: "secrets engine {path}", read: { path } },
  vault_auth_backend: { scope: "account", name: "auth method {path}", read: { path: pathOrType } },
  vault_audit: { scope: "account", name: "audit device {path}", read: { path: pathOrType } },
  vault_policy: { scope: "account", name: "policy {name}" },
  vault_aws_auth_backend_client: {
    scope: "account",
    name: "the AWS client of auth method {backend}",
    read: { backend: or("aws", path) },
  },
  vault_aws_auth_backend_role: {
    scope: "account",
    name: "role {role} of auth method {backend}",
    read: { backend: or("aws", path) },
  },
  vault_jwt_auth_backend: { scope: "account", name: "auth method {path}", read: { path: pathOrType } },
  vault_jwt_auth_backend_role: {
    scope: "account",
    name: "role {role_name} of auth method {backend}",
    read: { backend: or("jwt", path) },
  },
  vault_transit_secret_backend_key: { scope: "account", name: "key {name} of {backend}", read: { backend: path } },
  vault_database_secret_backend_role: { scope: "account", name: "role {name} of {backend}", read: { backend: path } },
};
