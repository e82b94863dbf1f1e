import { rotationOfKey } from "../rules/vault";
import type { Family, OwnLimits } from "./type-values";

const docs = "https://developer.hashicorp.com/vault";

/** A path below which an engine or a login method answers. */
const path: OwnLimits = {
  minLength: 1,
  pattern: "^[^/\\s*+][^\\s*+]*$",
  says: "is not a valid Vault path; use no spaces, no * and no +, and no leading slash",
  see: `${docs}/api-docs/system/mounts`,
};

const seconds: OwnLimits = { min: 0, see: `${docs}/api-docs/system/mounts` };

const name: OwnLimits = {
  minLength: 1,
  pattern: "^[A-Za-z0-9_.-]+$",
  says: "is not a valid Vault name; use letters, digits, hyphens, underscores and periods",
  see: `${docs}/api-docs/secret/transit#create-key`,
};

/** Values of Vault, which has no model of its API: what its documentation says. */
export const vault: Family = {
  vault_audit: {
    own: { path, type: { enum: ["file", "syslog", "socket"], see: `${docs}/docs/audit` } },
  },
  vault_auth_backend: { own: { path, type: { minLength: 1, see: `${docs}/docs/auth` } } },
  vault_aws_auth_backend_client: {
    own: {
      backend: path,
      max_retries: { min: -1, see: `${docs}/api-docs/auth/aws#configure-client` },
      sts_region: {
        pattern: "^[a-z]{2}(-[a-z]+)+-[0-9]$",
        says: "is not an AWS region; write it like eu-west-1",
        see: `${docs}/api-docs/auth/aws#configure-client`,
      },
    },
  },
  vault_aws_auth_backend_role: {
    own: {
      backend: path,
      role: name,
      auth_type: { enum: ["iam", "ec2"], see: `${docs}/api-docs/auth/aws#create-update-role` },
      "bound_iam_principal_arns.*": {
        pattern: "^arn:aws[a-z-]*:iam::([0-9]{12}|\\*):(\\*|(role|user)/.+)$",
        says: "is not the ARN of a role or user; write it as arn:aws:iam::<account>:role/<name>",
        see: `${docs}/api-docs/auth/aws#create-update-role`,
      },
      token_ttl: seconds,
      token_max_ttl: seconds,
    },
  },
  vault_jwt_auth_backend: {
    own: {
      path,
      type: { enum: ["jwt", "oidc"], see: `${docs}/api-docs/auth/jwt#configure` },
      "jwt_supported_algs.*": {
        enum: ["RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "EdDSA"],
        see: `${docs}/api-docs/auth/jwt#configure`,
      },
    },
  },
  vault_jwt_auth_backend_role: {
    own: {
      backend: path,
      role_name: name,
      role_type: { enum: ["jwt", "oidc"], see: `${docs}/api-docs/auth/jwt#create-update-role` },
      bound_claims_type: { enum: ["string", "glob"], see: `${docs}/api-docs/auth/jwt#create-update-role` },
      token_ttl: seconds,
      token_max_ttl: seconds,
    },
  },
  vault_database_secret_backend_role: {
    own: { backend: path, name, db_name: name, default_ttl: seconds, max_ttl: seconds },
  },
  vault_mount: {
    own: { path, default_lease_ttl_seconds: seconds, max_lease_ttl_seconds: seconds },
  },
  vault_policy: {
    own: {
      name: {
        ...name,
        pattern: "^[^\\s/A-Z]+$",
        says: "is not a valid policy name; use no capital letters, spaces or slashes",
      },
      policy: { minLength: 1, see: `${docs}/docs/concepts/policies` },
    },
  },
  vault_transit_secret_backend_key: {
    own: {
      backend: path,
      name,
      type: {
        enum: [
          "aes128-gcm96",
          "aes256-gcm96",
          "chacha20-poly1305",
          "ed25519",
          "ecdsa-p256",
          "ecdsa-p384",
          "ecdsa-p521",
          "hmac",
          "managed_key",
          "rsa-2048",
          "rsa-3072",
          "rsa-4096",
        ],
        see: `${docs}/api-docs/secret/transit#create-key`,
      },
    },
    rules: [rotationOfKey],
  },
};
