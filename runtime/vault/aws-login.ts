import { SignatureV4 } from "@smithy/signature-v4";
import { dnsSuffix } from "../aws/dns-suffix.js";
import { Sha256 } from "../aws/sha256.js";
import { requestVault, segment, type VaultAddress, type VaultAnswer } from "./vault-http.js";

/** Credentials of the function's role. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Who logs in, and where. */
export interface AwsLoginOptions {
  /** Role of Vault's AWS auth method, whose `bound_iam_principal_arns` name the function's role. */
  readonly role: string;
  /** Path of the auth method: `aws` by default. */
  readonly mount?: string;
  /** The region whose STS endpoint Vault calls: the function's own, so that a standby region does not depend on another one. */
  readonly region: string;
  /** Called for each login, because Lambda renews them. */
  readonly credentials: () => Promise<AwsCredentials>;
  /** The `iam_server_id_header_value` of the auth method: keeps a login from being replayed against another Vault. */
  readonly serverId: string;
}

/**
 * Logs in with the function's IAM role: signs a request for the role's identity, which Vault sends to STS itself.
 * @see https://developer.hashicorp.com/vault/api-docs/auth/aws#login
 */
export async function loginWithAws(address: VaultAddress, options: AwsLoginOptions): Promise<VaultAnswer> {
  const { role, mount = "aws", region, credentials, serverId } = options;
  const body = "Action=GetCallerIdentity&Version=2011-06-15";
  const hostname = `sts.${region}.${dnsSuffix(region)}`;
  const signer = new SignatureV4({ service: "sts", region, credentials: await credentials(), sha256: Sha256 });
  const signed = await signer.sign({
    method: "POST",
    protocol: "https:",
    hostname,
    path: "/",
    headers: {
      host: hostname,
      "content-type": "application/x-www-form-urlencoded; charset=utf-8",
      "content-length": String(body.length),
      "x-vault-aws-iam-server-id": serverId,
    },
    body,
  });
  return requestVault(address, {
    method: "POST",
    path: `auth/${segment(mount)}/login`,
    body: {
      role,
      iam_http_request_method: "POST",
      iam_request_url: base64(`https://${hostname}/`),
      iam_request_body: base64(body),
      iam_request_headers: base64(JSON.stringify(signed.headers)),
    },
  });
}

const base64 = (text: string) => Buffer.from(text).toString("base64");
