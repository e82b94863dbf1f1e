import { abortedBy } from "../invocation/time.js";

/** Vault refused a request or could not be reached; holds the path, the status and Vault's own reasons, never what was sent. */
export class VaultError extends Error {
  override readonly name = "VaultError";

  constructor(
    readonly path: string,
    /** HTTP status code, 0 when there was no answer. */
    readonly status: number,
    reasons: readonly string[],
  ) {
    super(
      `Vault, ${path}: ${status === 0 ? "no answer" : `status ${status}`}${reasons.length > 0 ? ` (${reasons.join("; ")})` : ""}`,
    );
  }

  /** Whether the same request may succeed later: the server is away, sealed or busy. */
  get mayPass(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** Where Vault is. */
export interface VaultAddress {
  /** `https://vault.example.com:8200`, without a path. */
  readonly url: string;
  /** Namespace, of Vault Enterprise and HCP. */
  readonly namespace?: string;
  /** For one request, in milliseconds: 3 s by default. */
  readonly timeoutMs?: number;
}

/**
 * The fields of Vault's answers that this library reads.
 * @see https://developer.hashicorp.com/vault/api-docs
 */
export interface VaultAnswer {
  readonly lease_id?: string;
  /** In seconds. */
  readonly lease_duration?: number;
  readonly renewable?: boolean;
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly auth?: {
    readonly client_token: string;
    /** In seconds. */
    readonly lease_duration: number;
    readonly renewable: boolean;
  } | null;
}

/** One request of Vault's HTTP API. */
export interface VaultRequest {
  readonly method: "GET" | "POST" | "PUT";
  /** Below `/v1/`: `database/creds/orders`. */
  readonly path: string;
  readonly token?: string;
  readonly body?: object;
}

/** Sends one request. @throws VaultError for anything but a success */
export async function requestVault(
  { url, namespace, timeoutMs = 3_000 }: VaultAddress,
  { method, path, token, body }: VaultRequest,
): Promise<VaultAnswer> {
  let response: Response;
  try {
    response = await fetch(new URL(`/v1/${path}`, url), {
      method,
      headers: {
        // Vault refuses requests without it where it guards against forged ones.
        "x-vault-request": "true",
        ...(token ? { "x-vault-token": token } : {}),
        ...(namespace ? { "x-vault-namespace": namespace } : {}),
        ...(body ? { "content-type": "application/json" } : {}),
      },
      body: body && JSON.stringify(body),
      // A redirect would carry the token to another host.
      redirect: "error",
      signal: abortedBy(AbortSignal.timeout(timeoutMs)),
    });
  } catch (error) {
    throw new VaultError(path, 0, [String((error as Error).name)]);
  }
  const answer = (await response.json().catch(() => ({}))) as VaultAnswer & { errors?: readonly unknown[] };
  if (!response.ok) throw new VaultError(path, response.status, (answer.errors ?? []).map(String));
  return answer;
}

/** One segment of a path. @throws TypeError for what would lead somewhere else */
export function segment(name: string): string {
  if (/^[\w][\w.-]*$/.test(name)) return name;
  throw new TypeError(`"${name}" is not a name in Vault; use letters, digits, underscores, dots and hyphens.`);
}
