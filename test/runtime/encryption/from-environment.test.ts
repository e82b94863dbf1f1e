import { type DecryptCommand, type GenerateDataKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { canonicalContext } from "../../../runtime/encryption/data-keys";
import { encryptionFromEnvironment } from "../../../runtime/encryption/from-environment";
import { DecryptionError } from "../../../runtime/encryption/message-format";
import { UnavailableError } from "../../../runtime/errors/service-errors";
import { serveTransit, vaultVariables } from "../vault/fake-transit";
import { type FakeVault, startFakeVault } from "../vault/fake-vault";

const kms = {
  ENCRYPTION_KEY_ARN: "arn:aws:kms:eu-west-1:123456789012:key/mrk-1234",
  ENCRYPTION_SERVICE: "orders",
};
const context = { customer: "c-42" };
const text = Buffer.from("ring twice");

describe("encryptionFromEnvironment", () => {
  const vaultSet = vaultVariables("https://vault.example.com");

  test("is none where nothing is set", () => {
    expect(encryptionFromEnvironment({})).toBeUndefined();
    expect(encryptionFromEnvironment({ ENCRYPTION_KEY_ARN: "", VAULT_ADDR: "" })).toBeUndefined();
  });

  test("is none where Vault makes database logins alone", () => {
    const login = { VAULT_ADDR: "https://vault.example.com", VAULT_DATABASE_MOUNT: "database" };
    expect(encryptionFromEnvironment(login)).toBeUndefined();
    expect(encryptionFromEnvironment({ ...vaultSet, VAULT_DATABASE_MOUNT: "database" })).toBeDefined();
    expect(() => encryptionFromEnvironment({ ...login, VAULT_KEY: "prod-orders" })).toThrow(
      "VAULT_TRANSIT_MOUNT is missing",
    );
  });

  test("refuses both", () => {
    expect(() => encryptionFromEnvironment({ ...kms, ...vaultSet })).toThrow(
      "ENCRYPTION_KEY_ARN and VAULT_ADDR are both set, it must be one",
    );
  });

  test("refuses half of a configuration, and names what is missing", () => {
    expect(() => encryptionFromEnvironment({ ENCRYPTION_KEY_ARN: kms.ENCRYPTION_KEY_ARN })).toThrow(
      "ENCRYPTION_SERVICE is missing",
    );
    expect(() => encryptionFromEnvironment({ VAULT_ADDR: "https://vault.example.com" })).toThrow(
      /6 environment variables.*AWS_REGION is missing.*VAULT_SERVER_ID.*VAULT_AUTH_MOUNT.*VAULT_ROLE.*VAULT_TRANSIT_MOUNT.*VAULT_KEY/,
    );
  });

  test("refuses a key of one region", () => {
    const ENCRYPTION_KEY_ARN = "arn:aws:kms:eu-west-1:123456789012:key/1234";
    expect(() => encryptionFromEnvironment({ ...kms, ENCRYPTION_KEY_ARN })).toThrow(
      "is not the ARN of a multi-Region key",
    );
  });
});

describe("encryptionFromEnvironment, with Vault", () => {
  let vault: FakeVault;
  const outside = process.env;
  beforeAll(async () => {
    vault = await startFakeVault();
    process.env = { ...outside, AWS_ACCESS_KEY_ID: "AKIDEXAMPLE", AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI" };
  });
  afterAll(async () => {
    process.env = outside;
    await vault.stop();
  });
  beforeEach(() => serveTransit(vault));

  const encryption = () => {
    const made = encryptionFromEnvironment(vaultVariables(vault.url));
    if (!made) throw new Error("Vault is configured");
    return made;
  };

  test("logs in once with the function's role and decrypts what it encrypted", async () => {
    const one = encryption();
    const message = await one.encrypt(text, context);
    expect(Buffer.from(message).toString()).toMatch(/^vault:v1:/);
    expect(Buffer.from(await one.decrypt(message, context))).toEqual(text);
    expect(vault.received.map(({ path }) => path)).toEqual([
      "auth/prod-orders-aws/login",
      "prod-orders-transit/encrypt/prod-orders",
      "prod-orders-transit/decrypt/prod-orders",
    ]);
    expect(vault.received[0]?.body?.role).toBe("prod-orders");
  });

  test("derives the key from the whole context, in any order of its names", async () => {
    const one = encryption();
    const message = await one.encrypt(text, { a: "1", b: "2" });
    expect(Buffer.from(await one.decrypt(message, { b: "2", a: "1" }))).toEqual(text);
    const [, sent] = vault.received;
    expect(Buffer.from(String(sent?.body?.context), "base64").toString()).toBe(canonicalContext({ a: "1", b: "2" }));
  });

  test("gives a DecryptionError for another context, and for bytes of another kind without asking", async () => {
    const one = encryption();
    const message = await one.encrypt(text, context);
    await expect(one.decrypt(message, { customer: "c-43" })).rejects.toThrow(DecryptionError);
    const asked = vault.received.length;
    await expect(one.decrypt(Buffer.from("EKM1..."), context)).rejects.toThrow(
      "not a message of Vault's transit engine",
    );
    expect(vault.received.length).toBe(asked);
  });

  test("goes on decrypting what KMS encrypted before, with the service in the context, and encrypts with Vault", async () => {
    const asked: unknown[] = [];
    const keys = new Map<string, { plaintext: Uint8Array; context: string }>();
    // KMS as far as an envelope needs it: a data key opens in its own encryption context only.
    const send = jest.spyOn(KMSClient.prototype, "send").mockImplementation(async (command: object) => {
      const { input } = command as GenerateDataKeyCommand | DecryptCommand;
      asked.push(input);
      const context = JSON.stringify(input.EncryptionContext);
      if ("CiphertextBlob" in input) {
        const known = keys.get(Buffer.from(input.CiphertextBlob ?? []).toString());
        if (known?.context !== context) throw Object.assign(new Error(), { name: "InvalidCiphertextException" });
        return { Plaintext: Uint8Array.from(known.plaintext) };
      }
      const plaintext = Uint8Array.from({ length: 32 }, (_, index) => index);
      keys.set(`key ${keys.size}`, { plaintext: Uint8Array.from(plaintext), context });
      return { Plaintext: plaintext, CiphertextBlob: Buffer.from(`key ${keys.size - 1}`) };
    });
    try {
      const before = await encryptionFromEnvironment(kms)?.encrypt(text, context);
      const { ENCRYPTION_KEY_ARN: DECRYPTION_KEY_ARN, ENCRYPTION_SERVICE } = kms;
      const after = encryptionFromEnvironment({
        ...vaultVariables(vault.url),
        DECRYPTION_KEY_ARN,
        ENCRYPTION_SERVICE,
      });
      expect(Buffer.from((await after?.decrypt(before ?? text, context)) ?? [])).toEqual(text);
      expect(asked).toEqual([
        expect.objectContaining({ KeyId: DECRYPTION_KEY_ARN, EncryptionContext: { ...context, service: "orders" } }),
        expect.objectContaining({ KeyId: DECRYPTION_KEY_ARN, EncryptionContext: { ...context, service: "orders" } }),
      ]);
      await expect(after?.decrypt(before ?? text, { customer: "c-43" })).rejects.toThrow(DecryptionError);
      const message = await after?.encrypt(text, context);
      expect(Buffer.from(message ?? []).toString()).toMatch(/^vault:v1:/);
      expect(Buffer.from((await after?.decrypt(message ?? text, context)) ?? [])).toEqual(text);
    } finally {
      send.mockRestore();
    }
  });

  test.each([429, 500, 503])("tells callers to try again when Vault answers %d", async (status) => {
    vault.routes["POST prod-orders-transit/encrypt/prod-orders"] = () => status;
    await expect(encryption().encrypt(text, context)).rejects.toThrow(UnavailableError);
  });

  test("passes a refusal on: the role may not use the key", async () => {
    vault.routes["POST prod-orders-transit/encrypt/prod-orders"] = () => 403;
    await expect(encryption().encrypt(text, context)).rejects.toThrow("permission denied");
  });
});
