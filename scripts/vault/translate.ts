import type { Answer, OpenBao } from "./openbao";

type Values = Readonly<Record<string, unknown>>;

/** One request of the server's API, and what reading the same path has to show afterwards. */
export interface Step {
  /** Address of the resource that it comes from. */
  readonly address: string;
  readonly method: "POST" | "PUT";
  /** Below `/v1/`. */
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Where it is read back, and what must stand there. */
  readonly read: { readonly path: string; readonly expected: Readonly<Record<string, unknown>> };
  /** Whether OpenBao lacks what the step needs; it is translated then, but cannot be sent. */
  readonly vaultOnly?: true;
}

/** The arguments of a resource; each has to be taken. */
class Arguments {
  private readonly left: Map<string, unknown>;

  constructor(values: Values) {
    this.left = new Map(
      Object.entries(values).filter(([name]) => !["//", "depends_on", "lifecycle", "provider"].includes(name)),
    );
  }

  take(name: string): unknown {
    const value = this.left.get(name);
    this.left.delete(name);
    return value;
  }

  text(name: string): string {
    return String(this.take(name));
  }

  /** Takes arguments that the API calls the same. */
  same(...names: readonly string[]): Record<string, unknown> {
    return Object.fromEntries(names.map((name) => [name, this.take(name)]).filter(([, value]) => value !== undefined));
  }

  get untaken(): readonly string[] {
    return [...this.left.keys()];
  }
}

type Made = Omit<Step, "address">;

/** What each type becomes, as hashicorp/vault 5.6.0 sends it. @see https://developer.hashicorp.com/vault/api-docs */
const types: Readonly<Record<string, (of: Arguments) => readonly Made[]>> = {
  vault_mount: (of) => {
    const path = of.text("path");
    const body = of.same("type");
    return [{ method: "POST", path: `sys/mounts/${path}`, body, read: { path: `sys/mounts/${path}`, expected: body } }];
  },
  vault_transit_secret_backend_key: (of) => {
    const path = `${of.text("backend")}/keys/${of.text("name")}`;
    const made = of.same("type", "derived", "exportable", "allow_plaintext_backup", "auto_rotate_period");
    // These can only be set on a key that is there.
    const config = of.same("deletion_allowed", "min_decryption_version", "min_encryption_version");
    return [
      { method: "POST", path, body: made, read: { path, expected: made } },
      { method: "POST", path: `${path}/config`, body: config, read: { path, expected: config } },
    ];
  },
  vault_policy: (of) => {
    const path = `sys/policies/acl/${of.text("name")}`;
    const body = of.same("policy");
    return [{ method: "PUT", path, body, read: { path, expected: body } }];
  },
  vault_database_secret_backend_role: (of) => {
    const path = `${of.text("backend")}/roles/${of.text("name")}`;
    const body = of.same("db_name", "creation_statements", "revocation_statements", "default_ttl", "max_ttl");
    return [{ method: "POST", path, body, read: { path, expected: body } }];
  },
  vault_auth_backend: (of) => authMethod(of.text("path"), of.text("type")),
  vault_jwt_auth_backend: (of) => {
    const path = of.text("path");
    const config = of.same("oidc_discovery_url", "bound_issuer", "jwt_supported_algs");
    const at = `auth/${path}/config`;
    return [
      ...authMethod(path, of.text("type")),
      { method: "POST", path: at, body: config, read: { path: at, expected: config } },
    ];
  },
  vault_jwt_auth_backend_role: (of) => {
    const path = `auth/${of.text("backend")}/role/${of.text("role_name")}`;
    const claims = Object.entries((of.take("bound_claims") ?? {}) as Record<string, string>);
    const body = {
      ...of.same("role_type", "user_claim", "bound_audiences", "bound_claims_type"),
      ...of.same("token_policies", "token_ttl", "token_max_ttl"),
      // The provider splits at commas, and leaves one value as it is.
      bound_claims: Object.fromEntries(
        claims.map(([name, text]) => [name, text.includes(",") ? text.split(",").map((value) => value.trim()) : text]),
      ),
    };
    return [{ method: "POST", path, body, read: { path, expected: body } }];
  },
  vault_aws_auth_backend_client: (of) => {
    const path = `auth/${of.text("backend")}/config/client`;
    const body = of.same("iam_server_id_header_value", "use_sts_region_from_client");
    return [{ method: "POST", path, body, read: { path, expected: body }, vaultOnly: true }];
  },
  vault_aws_auth_backend_role: (of) => {
    const path = `auth/${of.text("backend")}/role/${of.text("role")}`;
    const { bound_iam_principal_arns, ...rest } = of.same(
      "auth_type",
      "bound_iam_principal_arns",
      "token_policies",
      "token_ttl",
      "token_max_ttl",
    );
    const body = { ...rest, bound_iam_principal_arn: bound_iam_principal_arns };
    return [{ method: "POST", path, body, read: { path, expected: body }, vaultOnly: true }];
  },
  vault_audit: (of) => {
    const path = `sys/audit/${of.text("path")}`;
    const body = of.same("type", "options");
    // OpenBao takes audit devices from its own configuration only.
    return [{ method: "PUT", path, body, read: { path: "sys/audit", expected: {} }, vaultOnly: true }];
  },
};

function authMethod(path: string, type: string): Made[] {
  const at = `sys/auth/${path}`;
  const body = { type };
  return [
    { method: "POST", path: at, body, read: { path: at, expected: body }, ...(type === "aws" && { vaultOnly: true }) },
  ];
}

/** Every type that is known here. */
export const translatedTypes: readonly string[] = Object.keys(types);

/**
 * What a synthesized stack is to the server's API, in the order in which Terraform would send it.
 * @throws Error for a type or an argument that is not known here
 */
export function translate(resource: Readonly<Record<string, Readonly<Record<string, Values>>>>): readonly Step[] {
  const all = new Map(
    Object.entries(resource).flatMap(([type, entries]) =>
      Object.entries(entries).map(([id, values]): [string, { type: string; values: Values }] => [
        `${type}.${id}`,
        { type, values },
      ]),
    ),
  );
  const valueAt = (address: string, argument: string): unknown => {
    const found = all.get(address)?.values[argument];
    if (found === undefined) throw new Error(`${address} has no ${argument}`);
    return found;
  };
  const resolved = (value: unknown): unknown => {
    if (typeof value === "string") {
      return value.replace(/\$\{(vault_\w+\.[\w-]+)\.(\w+)\}/g, (_, address: string, argument: string) =>
        String(resolved(valueAt(address, argument))),
      );
    }
    if (Array.isArray(value)) return value.map(resolved);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, resolved(one)]));
  };
  const done = new Map<string, readonly Step[]>();
  const visit = (address: string): void => {
    const found = all.get(address);
    if (!found || done.has(address)) return;
    done.set(address, []);
    for (const [, other = ""] of JSON.stringify(found.values).matchAll(/(vault_\w+\.[\w-]+)/g)) visit(other);
    const { type, values } = found;
    const make = types[type];
    if (!make) throw new Error(`${address}: the type ${type} has no translation; add it to scripts/vault/translate.ts`);
    const given = new Arguments(resolved(values) as Values);
    const steps = make(given).map((step) => ({ ...step, address }));
    if (given.untaken.length > 0) {
      throw new Error(
        `${address}: ${given.untaken.join(", ")} has no translation; add it to scripts/vault/translate.ts`,
      );
    }
    done.delete(address);
    done.set(address, steps);
  };
  for (const address of all.keys()) visit(address);
  return [...done.values()].flat();
}

/** Sends steps, and reads each of them back. @throws Error for a warning, a refusal, or a value that is not what was sent */
export async function apply(server: OpenBao, steps: readonly Step[]): Promise<void> {
  for (const { method, path, body } of steps) await server.call(method, path, body);
  const differences: string[] = [];
  for (const { address, read } of steps) {
    const { data, ...rest }: Answer = await server.call("GET", read.path);
    const found = (data ?? rest) as Values;
    for (const [name, expected] of Object.entries(read.expected)) {
      if (JSON.stringify(found[name]) === JSON.stringify(expected)) continue;
      differences.push(
        `${address}: ${name} is ${JSON.stringify(found[name])} at ${read.path}, but ${JSON.stringify(expected)} was sent`,
      );
    }
  }
  if (differences.length > 0) throw new Error(differences.join("\n"));
}
