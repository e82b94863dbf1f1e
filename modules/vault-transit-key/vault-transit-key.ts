import { Audit } from "@cdktf/provider-vault/lib/audit";
import { AuthBackend } from "@cdktf/provider-vault/lib/auth-backend";
import { AwsAuthBackendClient } from "@cdktf/provider-vault/lib/aws-auth-backend-client";
import { AwsAuthBackendRole } from "@cdktf/provider-vault/lib/aws-auth-backend-role";
import { DatabaseSecretBackendRole } from "@cdktf/provider-vault/lib/database-secret-backend-role";
import { Mount } from "@cdktf/provider-vault/lib/mount";
import { Policy } from "@cdktf/provider-vault/lib/policy";
import type { VaultProvider } from "@cdktf/provider-vault/lib/provider";
import { TransitSecretBackendKey } from "@cdktf/provider-vault/lib/transit-secret-backend-key";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ConstructError, deploymentStackOf, parseConfig } from "../core";
import { type VaultTransitKeyConfig, type VaultTransitKeyInput, vaultTransitKeyConfig } from "./config";
import { pinVaultProvider } from "./pinned-provider";
import { type VaultNames, vaultNames } from "./vault-names";

export interface VaultTransitKeyProps {
  readonly config: VaultTransitKeyInput;
  /** Prefix of paths and names in Vault, `<environment>-<service>`; never changes. */
  readonly name: string;
  /** Whose address and login come from its own configuration or from variables of the environment, never a token in the code. */
  readonly provider: VaultProvider;
  /** The value that logins must be signed for; a name of this Vault. */
  readonly serverId: string;
  /** Whether to make Vault's audit device: once per Vault, as each device records every request of all. */
  readonly auditDevice: boolean;
  /** Path of the database engine, made by its administrators, whose connection holds the root login; with `config.database`. */
  readonly databaseMount?: string;
}

/**
 * A key that Vault rotates, database logins that Vault makes, and the login of the functions that use both, on record.
 * @see https://developer.hashicorp.com/vault/docs/secrets/transit
 */
export class VaultTransitKey extends Construct implements VaultNames {
  /** Path of the transit engine, for `new Transit({ mount, key })`. */
  readonly transitMount: string;
  readonly keyName: string;
  /** Path of the auth method, for `loginWithAws({ mount, role })`. */
  readonly authMount: string;
  readonly role: string;
  /** The role of `config.login.readers`, made where there are any. */
  readonly readerRole: string;
  /** Role of the database engine, made with `config.database`. */
  readonly databaseRole: string;

  constructor(scope: Construct, id: string, props: VaultTransitKeyProps) {
    super(scope, id);
    const { provider, name } = props;
    const config = parseConfig(vaultTransitKeyConfig, props.config, this.node.path);
    this.check(props, config.database !== undefined);
    pinVaultProvider(deploymentStackOf(this));
    const names = vaultNames(name);
    this.transitMount = names.transitMount;
    this.authMount = names.authMount;
    this.keyName = names.keyName;
    this.role = names.role;
    this.readerRole = names.readerRole;
    this.databaseRole = names.databaseRole;

    // Before anything that uses the key: Vault records every request once a device is there.
    const audit = props.auditDevice
      ? new Audit(this, "audit", {
          provider,
          type: "file",
          path: `${name}-audit`,
          // Standard output, where the server's log collector reads; values are hashed, never in clear.
          options: { file_path: "stdout", log_raw: "false" },
        })
      : undefined;
    const after = audit ? [audit] : [];
    if (config.encrypts) this.addKey(provider, config, after);
    const databasePath = config.database && this.addDatabase(props, config.database, after);
    this.addLogin(props, config, after, databasePath);
  }

  private addKey(provider: VaultProvider, config: VaultTransitKeyConfig, after: ITerraformDependable[]): void {
    const transit = new Mount(this, "transit", {
      provider,
      path: this.transitMount,
      type: "transit",
      dependsOn: after,
    });
    new TransitSecretBackendKey(this, "key", {
      provider,
      backend: transit.path,
      name: this.keyName,
      type: "aes256-gcm96",
      // Fixed at creation: the context of a message can then be rewrapped, which associated data cannot.
      derived: true,
      deletionAllowed: false,
      exportable: false,
      allowPlaintextBackup: false,
      autoRotatePeriod: config.autoRotateDays * 86_400,
      minDecryptionVersion: config.minDecryptionVersion,
      minEncryptionVersion: config.minEncryptionVersion,
    });
  }

  private addDatabase(
    { provider, databaseMount = "database" }: VaultTransitKeyProps,
    database: NonNullable<VaultTransitKeyConfig["database"]>,
    after: ITerraformDependable[],
  ): string {
    new DatabaseSecretBackendRole(this, "database", {
      provider,
      backend: databaseMount,
      name: this.databaseRole,
      dbName: database.connection,
      creationStatements: database.creationStatements,
      revocationStatements: database.revocationStatements,
      defaultTtl: database.defaultTtlSeconds,
      maxTtl: database.maxTtlSeconds,
      dependsOn: after,
    });
    return `${databaseMount}/creds/${this.databaseRole}`;
  }

  private addLogin(
    { provider, name, serverId }: VaultTransitKeyProps,
    { login, encrypts }: VaultTransitKeyConfig,
    after: ITerraformDependable[],
    databasePath: string | undefined,
  ): void {
    const use = (verb: string) => `path "${this.transitMount}/${verb}/${this.keyName}" { capabilities = ["update"] }`;
    const policy = new Policy(this, "policy", {
      provider,
      name,
      // Renewing its own token and leases is what the default policy allows.
      policy: [
        ...(encrypts ? ["encrypt", "decrypt", "rewrap"] : []).map(use),
        ...(databasePath ? [`path "${databasePath}" { capabilities = ["read"] }`] : []),
      ].join("\n"),
    });
    const backend = new AuthBackend(this, "login", { provider, type: "aws", path: this.authMount, dependsOn: after });
    new AwsAuthBackendClient(this, "login-client", {
      provider,
      backend: backend.path,
      iamServerIdHeaderValue: serverId,
      // Functions sign for the STS endpoint of their own region.
      useStsRegionFromClient: true,
    });
    const addRole = (id: string, role: string, principals: string[], policyName: string) =>
      new AwsAuthBackendRole(this, id, {
        provider,
        backend: backend.path,
        role,
        authType: "iam",
        boundIamPrincipalArns: principals,
        tokenPolicies: [policyName],
        tokenTtl: login.tokenTtlSeconds,
        tokenMaxTtl: login.tokenMaxTtlSeconds,
      });
    addRole("login-role", this.role, login.principals, policy.name);
    if (login.readers.length === 0) return;
    const reading = new Policy(this, "reader-policy", { provider, name: this.readerRole, policy: use("decrypt") });
    addRole("reader-role", this.readerRole, login.readers, reading.name);
  }

  private check({ name, databaseMount, serverId }: VaultTransitKeyProps, hasDatabase: boolean): void {
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
      throw new ConstructError(this, `"${name}" is no name for Vault`, "use kebab-case: it becomes part of paths");
    }
    if (!/^[\w.-]{1,255}$/.test(serverId)) {
      throw new ConstructError(this, `"${serverId}" is no server id`, "use the host name of this Vault");
    }
    if (hasDatabase && databaseMount === undefined) {
      throw new ConstructError(this, "has a database, but no path of its engine", "pass databaseMount");
    }
  }
}
