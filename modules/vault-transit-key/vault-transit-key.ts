import { Audit } from "@cdktf/provider-vault/lib/audit";
import { AuthBackend } from "@cdktf/provider-vault/lib/auth-backend";
import { AwsAuthBackendClient } from "@cdktf/provider-vault/lib/aws-auth-backend-client";
import { AwsAuthBackendRole } from "@cdktf/provider-vault/lib/aws-auth-backend-role";
import { DatabaseSecretBackendRole } from "@cdktf/provider-vault/lib/database-secret-backend-role";
import { JwtAuthBackend } from "@cdktf/provider-vault/lib/jwt-auth-backend";
import { JwtAuthBackendRole } from "@cdktf/provider-vault/lib/jwt-auth-backend-role";
import { Mount } from "@cdktf/provider-vault/lib/mount";
import { Policy } from "@cdktf/provider-vault/lib/policy";
import type { VaultProvider } from "@cdktf/provider-vault/lib/provider";
import { TransitSecretBackendKey } from "@cdktf/provider-vault/lib/transit-secret-backend-key";
import { type ITerraformDependable, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { ConstructError, kebabCase, parseConfig } from "../core";
import { type VaultTransitKeyConfig, type VaultTransitKeyInput, vaultTransitKeyConfig } from "./config";
import { pinVaultProvider } from "./pinned-provider";
import { type VaultNames, vaultNames } from "./vault-names";

export interface VaultTransitKeyProps {
  readonly config: VaultTransitKeyInput;
  /** Prefix of paths and names in Vault, `<environment>-<service>`; cannot change. */
  readonly name: string;
  /**
   * Gets its address and login from its own configuration or from environment variables. Never put a token in the code.
   */
  readonly provider: VaultProvider;
  /** Identifies this Vault: functions must sign their logins for this value, and it is the audience of their identity tokens. */
  readonly serverId: string;
  /** Whether to create an audit device. One per Vault is enough, because each device records every request. */
  readonly auditDevice: boolean;
  /**
   * Path of the database engine, whose administrators create the connection with the root login. For `config.database`.
   */
  readonly databaseMount?: string;
}

/** A role of the login, for one kind of user. */
interface LoginRole {
  /** First part of the ids of its constructs. */
  readonly id: "login" | "reader";
  readonly role: string;
  readonly principals: readonly string[];
  /** Name of the policy that its tokens have. */
  readonly policy: string;
}

/**
 * A key that Vault rotates, database logins that Vault creates, and the audited login of the functions that use both.
 * @see https://developer.hashicorp.com/vault/docs/secrets/transit
 */
export class VaultTransitKey extends Construct implements VaultNames {
  /** Path of the transit engine, for `new Transit({ mount, key })`. */
  readonly transitMount: string;
  readonly keyName: string;
  /** Path of the auth method, for `loginWithAws({ mount, role })`. */
  readonly authMount: string;
  /** Path of the auth method for identity tokens, for `loginWithJwt({ mount, role })`. */
  readonly jwtMount: string;
  readonly role: string;
  /** The role of `config.login.readers`, created if there are any. */
  readonly readerRole: string;
  /** Role of the database engine, created with `config.database`. */
  readonly databaseRole: string;

  constructor(scope: Construct, id: string, props: VaultTransitKeyProps) {
    super(scope, id);
    const { provider, name } = props;
    const config = parseConfig(vaultTransitKeyConfig, props.config, this.node.path);
    this.check(props, config.database !== undefined);
    pinVaultProvider(TerraformStack.of(this));
    const names = vaultNames(name);
    this.transitMount = names.transitMount;
    this.authMount = names.authMount;
    this.jwtMount = names.jwtMount;
    this.keyName = names.keyName;
    this.role = names.role;
    this.readerRole = names.readerRole;
    this.databaseRole = names.databaseRole;

    // Created before anything that uses the key: Vault records every request once there is a device.
    const audit = props.auditDevice
      ? new Audit(this, "audit", {
          provider,
          type: "file",
          path: `${name}-audit`,
          // Standard output, which the server's log collector reads. Values are hashed, never in plain text.
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
      // Fixed at creation. Messages with a context can be rewrapped, messages with associated data cannot.
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
    props: VaultTransitKeyProps,
    { login, encrypts }: VaultTransitKeyConfig,
    after: ITerraformDependable[],
    databasePath: string | undefined,
  ): void {
    const { provider, name } = props;
    const use = (verb: string) => `path "${this.transitMount}/${verb}/${this.keyName}" { capabilities = ["update"] }`;
    const policy = new Policy(this, "policy", {
      provider,
      name,
      // The default policy already allows renewing the token and leases.
      policy: [
        ...(encrypts ? ["encrypt", "decrypt", "rewrap"] : []).map(use),
        ...(databasePath ? [`path "${databasePath}" { capabilities = ["read"] }`] : []),
      ].join("\n"),
    });
    const reading =
      login.readers.length > 0
        ? new Policy(this, "reader-policy", { provider, name: this.readerRole, policy: use("decrypt") })
        : undefined;
    const users: LoginRole[] = [{ id: "login", role: this.role, principals: login.principals, policy: policy.name }];
    if (reading) users.push({ id: "reader", role: this.readerRole, principals: login.readers, policy: reading.name });
    if (login.methods.includes("iam")) this.addIamLogin(props, login, users, after);
    if (login.methods.includes("jwt")) this.addJwtLogin(props, login, users, after);
  }

  private addIamLogin(
    { provider, serverId }: VaultTransitKeyProps,
    login: VaultTransitKeyConfig["login"],
    users: readonly LoginRole[],
    after: ITerraformDependable[],
  ): void {
    const backend = new AuthBackend(this, "login", { provider, type: "aws", path: this.authMount, dependsOn: after });
    new AwsAuthBackendClient(this, "login-client", {
      provider,
      backend: backend.path,
      iamServerIdHeaderValue: serverId,
      // Functions sign requests for the STS endpoint in their own region.
      useStsRegionFromClient: true,
    });
    for (const { id, role, principals, policy } of users) {
      new AwsAuthBackendRole(this, `${id}-role`, {
        provider,
        backend: backend.path,
        role,
        authType: "iam",
        boundIamPrincipalArns: [...principals],
        tokenPolicies: [policy],
        tokenTtl: login.tokenTtlSeconds,
        tokenMaxTtl: login.tokenMaxTtlSeconds,
      });
    }
  }

  /** @see https://openbao.org/api-docs/auth/jwt/ */
  private addJwtLogin(
    { provider, serverId }: VaultTransitKeyProps,
    login: VaultTransitKeyConfig["login"],
    users: readonly LoginRole[],
    after: ITerraformDependable[],
  ): void {
    const { identityTokens } = login;
    if (!identityTokens) return;
    const backend = new JwtAuthBackend(this, "jwt-login", {
      provider,
      type: "jwt",
      path: this.jwtMount,
      // The server reads the public keys there, when it is told of it and whenever a token names a key that it does not know.
      oidcDiscoveryUrl: identityTokens.issuer,
      boundIssuer: identityTokens.issuer,
      jwtSupportedAlgs: [identityTokens.signingAlgorithm],
      dependsOn: after,
    });
    for (const { id, role, principals, policy } of users) {
      new JwtAuthBackendRole(this, `jwt-${id}-role`, {
        provider,
        backend: backend.path,
        roleName: role,
        roleType: "jwt",
        userClaim: "sub",
        boundAudiences: [serverId],
        // The provider makes a list of it, at the commas: any of the roles, one for each region.
        boundClaims: { sub: principals.join(",") },
        boundClaimsType: "string",
        tokenPolicies: [policy],
        tokenTtl: login.tokenTtlSeconds,
        tokenMaxTtl: login.tokenMaxTtlSeconds,
      });
    }
  }

  private check({ name, databaseMount, serverId }: VaultTransitKeyProps, hasDatabase: boolean): void {
    if (!kebabCase.test(name)) {
      throw new ConstructError(
        this,
        `"${name}" is not a valid Vault name`,
        "use kebab-case, because it becomes part of paths",
      );
    }
    if (!/^[\w.-]{1,255}$/.test(serverId)) {
      throw new ConstructError(this, `"${serverId}" is not a server id`, "use the host name of this Vault");
    }
    if (hasDatabase && databaseMount === undefined) {
      throw new ConstructError(this, "has a database, but no path of the database engine", "pass databaseMount");
    }
  }
}
