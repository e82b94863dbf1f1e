import { generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Algorithm = "ES384" | "RS256";

/** What a token says; the rest is as STS would say it. */
export interface Claims {
  readonly iss?: string;
  readonly sub?: string;
  readonly aud?: string;
  readonly iat?: number;
  readonly exp?: number;
}

/** One request for a token, as it arrived. */
export interface TokenRequest {
  readonly region: string;
  readonly accessKeyId: string;
  readonly audience: string;
  readonly algorithm: string;
  readonly seconds: number;
}

interface Key {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/**
 * A stand-in of STS and of the issuer of an account's identity tokens, with keys of its own: it answers GetWebIdentityToken by the documented
 * form, and serves the discovery document and the public keys. It looks up the role by the access key, and does not check the signature.
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html
 */
export class Sts {
  readonly requests: TokenRequest[] = [];
  /** Whether it answers at all; otherwise 503, the keys included. */
  available = true;
  /** The roles that may ask, by access key. */
  readonly roles = new Map<string, string>();
  private readonly keys: Readonly<Record<Algorithm, Key>>;
  private server: Server | undefined;
  url = "";

  constructor() {
    const [ec, rsa] = [
      generateKeyPairSync("ec", { namedCurve: "P-384" }),
      generateKeyPairSync("rsa", { modulusLength: 2048 }),
    ];
    this.keys = { ES384: { kid: randomUUID(), ...ec }, RS256: { kid: randomUUID(), ...rsa } };
  }

  async start(): Promise<this> {
    const server = createServer(async (incoming, outgoing) => {
      const text = Buffer.concat(await incoming.toArray()).toString();
      if (!this.available) return send(outgoing, 503, "text/plain", "away");
      if (incoming.url === "/.well-known/openid-configuration") return this.json(outgoing, this.discovery());
      if (incoming.url === "/.well-known/jwks.json") return this.json(outgoing, { keys: this.publicKeys() });
      if (incoming.method === "POST") {
        return this.answer(outgoing, new URLSearchParams(text), incoming.headers.authorization ?? "");
      }
      return send(outgoing, 404, "text/plain", "");
    });
    this.server = server.listen(0, "127.0.0.1");
    await once(server, "listening");
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return this;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    this.server?.close();
    if (this.server) await once(this.server, "close");
  }

  /** A token of the issuer, with other claims where asked. */
  token(
    role: string,
    audience: string,
    { algorithm = "ES384" as Algorithm, claims = {} as Claims, seconds = 60 } = {},
  ): string {
    const { kid, privateKey } = this.keys[algorithm];
    const now = Math.floor(Date.now() / 1000);
    const account = role.split(":")[4] ?? "";
    const said = {
      iss: this.url,
      aud: audience,
      sub: role,
      iat: now,
      exp: now + seconds,
      jti: randomUUID(),
      "https://sts.amazonaws.com/": { aws_account: account },
      ...claims,
    };
    const encoded = [{ alg: algorithm, kid, typ: "JWT" }, said]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".");
    const signature = sign(algorithm === "ES384" ? "sha384" : "sha256", Buffer.from(encoded), {
      key: privateKey,
      dsaEncoding: "ieee-p1363",
    });
    return `${encoded}.${signature.toString("base64url")}`;
  }

  private answer(outgoing: ServerResponse, form: URLSearchParams, authorization: string): void {
    const [, accessKeyId = "", region = ""] =
      /Credential=([^/]+)\/\d{8}\/([\w-]+)\/sts\/aws4_request/.exec(authorization) ?? [];
    const request: TokenRequest = {
      region,
      accessKeyId,
      audience: form.get("Audience.member.1") ?? "",
      algorithm: form.get("SigningAlgorithm") ?? "",
      seconds: Number(form.get("DurationSeconds") ?? 300),
    };
    this.requests.push(request);
    const role = this.roles.get(accessKeyId);
    if (form.get("Action") !== "GetWebIdentityToken" || !role) {
      send(
        outgoing,
        403,
        "text/xml",
        "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>not allowed</Message></Error></ErrorResponse>",
      );
      return;
    }
    const { audience, algorithm, seconds } = request;
    const token = this.token(role, audience, { algorithm: algorithm as Algorithm, seconds });
    const expiration = new Date(Date.now() + seconds * 1_000).toISOString();
    send(
      outgoing,
      200,
      "text/xml",
      `<GetWebIdentityTokenResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetWebIdentityTokenResult><WebIdentityToken>${token}</WebIdentityToken><Expiration>${expiration}</Expiration></GetWebIdentityTokenResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetWebIdentityTokenResponse>`,
    );
  }

  private discovery(): object {
    return {
      issuer: this.url,
      jwks_uri: `${this.url}/.well-known/jwks.json`,
      response_types_supported: ["id_token"],
      subject_types_supported: ["public"],
      id_token_signing_alg_values_supported: ["ES384", "RS256"],
    };
  }

  private publicKeys(): object[] {
    return Object.entries(this.keys).map(([alg, { kid, publicKey }]) => ({
      ...publicKey.export({ format: "jwk" }),
      kid,
      alg,
      use: "sig",
    }));
  }

  private json(outgoing: ServerResponse, value: object): void {
    send(outgoing, 200, "application/json", JSON.stringify(value));
  }
}

function send(outgoing: ServerResponse, status: number, type: string, text: string): void {
  outgoing.writeHead(status, { "content-type": type });
  outgoing.end(text);
}
