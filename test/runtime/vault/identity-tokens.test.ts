import { encryptionFromEnvironment } from "../../../runtime/encryption/from-environment";
import type { IdentityTokenRequest } from "../../../runtime/vault/identity-token";
import { getIdentityToken } from "../../../runtime/vault/sts";
import { Sts } from "../../../scripts/vault/sts";
import { vaultVariables } from "./fake-transit";

const role = "arn:aws:iam::123456789012:role/prod-orders-eu-west-1";
const request: IdentityTokenRequest = {
  region: "eu-central-1",
  audience: "vault.example.com",
  signingAlgorithm: "ES384",
  durationSeconds: 60,
};

describe("An identity token", () => {
  const outside = process.env;
  let sts: Sts;
  beforeAll(async () => {
    sts = await new Sts().start();
    process.env = {
      ...outside,
      AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI",
      AWS_ENDPOINT_URL_STS: sts.url,
    };
  });
  afterAll(async () => {
    process.env = outside;
    await sts.stop();
  });

  test("cannot be asked for by a bundle without the client of STS, which is said before anything is sent", async () => {
    const variables = { ...vaultVariables("http://127.0.0.1:1"), VAULT_JWT_ALGORITHM: "ES384" };
    const encrypted = encryptionFromEnvironment(variables)?.encrypt(Buffer.from("x"), {});
    await expect(encrypted).rejects.toThrow(
      "VAULT_JWT_ALGORITHM is set, but the bundle has no client of STS; deploy it with the toolkit",
    );
  });

  test("is asked of the region's STS, with audience, algorithm and life, which the policy has as conditions", async () => {
    sts.roles.set("AKIDEXAMPLE", role);
    const token = await getIdentityToken(request);
    expect(sts.requests.at(-1)).toEqual({
      region: "eu-central-1",
      accessKeyId: "AKIDEXAMPLE",
      audience: "vault.example.com",
      algorithm: "ES384",
      seconds: 60,
    });
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
    expect(claims).toMatchObject({ sub: role, aud: "vault.example.com", exp: claims.iat + 60 });
  });

  test("is not there for who may not ask: the error has STS's status and name, and nothing else", async () => {
    sts.roles.clear();
    await expect(getIdentityToken(request)).rejects.toThrow(
      /^Vault, sts:GetWebIdentityToken: status 403 \(AccessDenied\)$/,
    );
  });

  test("is asked for again where STS is away, and then the caller may come again", async () => {
    sts.available = false;
    await expect(getIdentityToken(request)).rejects.toMatchObject({ status: 503, mayPass: true });
    sts.available = true;
  });

  test.each([
    ["VAULT_JWT_ALGORITHM", "none of these", "must be one of none, ES384, RS256"],
    ["VAULT_JWT_SECONDS", "30", "must be a whole number from 60 to 3600"],
  ])("is refused with a wrong %s", (name, value, message) => {
    const variables = { ...vaultVariables("https://vault.example.com"), VAULT_JWT_ALGORITHM: "ES384", [name]: value };
    expect(() => encryptionFromEnvironment(variables)).toThrow(`${name} ${message}`);
  });
});
