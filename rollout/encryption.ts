import type * as Esdk from "@aws-crypto/client-node";
import type { KMS as Kms } from "@aws-sdk/client-kms";
import { UserError } from "../errors";

/** A bundle could not be encrypted or decrypted. */
export class BundleEncryptionError extends UserError {
  override readonly name = "BundleEncryptionError";
}

/** What a bundle is bound to: KMS refuses its keys for anything else, and key policies may ask for it. */
export interface BundleContext {
  readonly environment: string;
}

/** What was decrypted, and of which environment it says that it is. */
export interface DecryptedBundle {
  readonly bytes: Uint8Array;
  readonly context: BundleContext;
}

export interface DecryptOptions {
  /** Regions with replicas of multi-Region keys, which are asked where those that encrypted do not answer. */
  readonly regions?: readonly string[];
  /** Accounts whose keys are asked; any if left out. */
  readonly accounts?: readonly string[];
}

/** A call of KMS that failed. */
interface Failure {
  readonly action: "kms:GenerateDataKey" | "kms:Encrypt" | "kms:Decrypt";
  readonly key: string;
  readonly region: string;
  readonly error: {
    readonly name?: string;
    readonly message?: string;
    readonly $metadata?: { httpStatusCode?: number };
  };
}

const formatKey = "evenkeel:format";
const environmentKey = "evenkeel:environment";
const format = "rollout-1";

/** In one message of the AWS Encryption SDK; more would only be there to make somebody ask for them. */
const maxEncryptedDataKeys = 5;

/** How patient the clients of KMS are; in milliseconds. */
const limits = {
  maxAttempts: 3,
  retryMode: "standard",
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
} as const;

/**
 * Whether a file is a message of the AWS Encryption SDK, version 2: it begins so, and a zip does not.
 * @see https://docs.aws.amazon.com/encryption-sdk/latest/developer-guide/message-format.html
 */
export const isEncrypted = (bytes: Uint8Array): boolean => bytes[0] === 0x02 && bytes[1] === 0x05;

/** The package that encrypts, which is optional. @throws BundleEncryptionError if it is not installed */
function load(): { esdk: typeof Esdk; KMS: typeof Kms } {
  try {
    return {
      esdk: require("@aws-crypto/client-node") as typeof Esdk,
      KMS: (require("@aws-sdk/client-kms") as { KMS: typeof Kms }).KMS,
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    throw new BundleEncryptionError(
      "Bundles are encrypted by the package @aws-crypto/client-node, which is not installed; run `npm install --save-dev @aws-crypto/client-node@5` and repeat the command.",
    );
  }
}

/**
 * Encrypts a bundle by the AWS Encryption SDK, whose message any of the keys opens. Of replicas of one multi-Region key the first that
 * answers is used, as each opens what another one has encrypted; other keys that do not answer are left out, as long as one does.
 * @param keys ARNs of KMS keys or aliases
 * @throws BundleEncryptionError with the key and the action that KMS refuses
 * @see https://docs.aws.amazon.com/encryption-sdk/latest/developer-guide/use-kms-keyring.html
 */
export async function encryptBundle(
  bytes: Uint8Array,
  keys: readonly string[],
  { environment }: BundleContext,
  log: (line: string) => void = () => {},
): Promise<Uint8Array> {
  const { esdk, KMS } = load();
  const { encrypt } = esdk.buildClient({
    commitmentPolicy: esdk.CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT,
    maxEncryptedDataKeys,
  });
  let groups = replicas(keys);
  for (;;) {
    const failures: Failure[] = [];
    const [generatorKeyId, ...keyIds] = groups.map(([key = ""]) => key);
    try {
      const keyring = esdk.buildAwsKmsMrkAwareStrictMultiKeyringNode({
        generatorKeyId,
        keyIds,
        clientProvider: (region) => client(KMS, region, failures),
      });
      const encryptionContext = { [environmentKey]: environment, [formatKey]: format };
      return (await encrypt(keyring, Buffer.from(bytes), { encryptionContext })).result;
    } catch (error) {
      const silent = new Set(failures.filter(isSilent).map(({ key }) => key));
      if (failures.length === 0) throw error;
      if (silent.size < failures.length) throw refused("encrypt the bundle", failures);
      const left = groups.map((group) => group.filter((key) => !silent.has(key))).filter((group) => group.length > 0);
      if (left.length === 0) throw refused("encrypt the bundle", failures);
      for (const key of silent) log(`KMS does not answer for ${key}; the bundle is encrypted without it.`);
      groups = left;
    }
  }
}

/**
 * Decrypts what `encryptBundle` has made, with whichever of its keys answers, in the region of the key or of a replica.
 * @throws BundleEncryptionError with the keys and why KMS refuses; or if the file was changed, or is for something else
 */
export async function decryptBundle(
  file: string,
  bytes: Uint8Array,
  { regions = [], accounts = [] }: DecryptOptions = {},
): Promise<DecryptedBundle> {
  const { esdk, KMS } = load();
  const keys = keysIn(bytes);
  const partition = keys[0]?.split(":")[1];
  if (partition === undefined) throw changed(file);
  const allowed = accounts.length === 0 ? [...new Set(keys.map(accountOf))] : [...accounts];
  const others = keys.filter((key) => !allowed.includes(accountOf(key)));
  if (others.length === keys.length) {
    throw new BundleEncryptionError(
      `${file}: is encrypted with ${others.join(" and ")}, of an account that the environment does not name; if the key is right, add its ARN to rollout.bundles.encryptWith of the environment`,
    );
  }
  const { decrypt } = esdk.buildClient({
    commitmentPolicy: esdk.CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT,
    maxEncryptedDataKeys,
  });
  const failures: Failure[] = [];
  const isMultiRegion = keys.some((key) => key.includes(":key/mrk-"));
  const asked = [...new Set([...keys.map(regionOf), ...(isMultiRegion ? regions : [])])];
  const keyring = esdk.buildAwsKmsMrkAwareDiscoveryMultiKeyringNode({
    regions: asked,
    discoveryFilter: { accountIDs: allowed, partition },
    clientProvider: (region) => client(KMS, region, failures),
  });
  try {
    const { plaintext, messageHeader } = await decrypt(keyring, Buffer.from(bytes));
    const { [environmentKey]: environment, [formatKey]: said } = messageHeader.encryptionContext;
    if (environment === undefined || said !== format) {
      throw new BundleEncryptionError(
        `${file}: is encrypted, but not as a bundle of this version of evenkeel; plan again with this one`,
      );
    }
    return { bytes: plaintext, context: { environment } };
  } catch (error) {
    if (error instanceof BundleEncryptionError) throw error;
    // KMS itself tells a changed key or context apart; the rest is found out by the signature of the message.
    if (failures.length === 0 || failures.every(({ error: { name } }) => name === "InvalidCiphertextException")) {
      throw changed(file);
    }
    throw refused(`decrypt ${file}`, failures);
  }
}

const changed = (file: string): BundleEncryptionError =>
  new BundleEncryptionError(
    `${file}: cannot be decrypted, as it is not what was encrypted; fetch it again, or plan again`,
  );

function client(KMS: typeof Kms, region: string, failures: Failure[]): Kms {
  const kms = new KMS({ region, ...limits });
  const noted =
    <I extends { KeyId?: string | undefined }, O>(action: Failure["action"], call: (input: I) => Promise<O>) =>
    async (input: I): Promise<O> => {
      try {
        return await call.call(kms, input);
      } catch (error) {
        failures.push({ action, key: input.KeyId ?? "", region, error: error as Failure["error"] });
        throw error;
      }
    };
  Object.assign(kms, {
    generateDataKey: noted("kms:GenerateDataKey", kms.generateDataKey as never),
    encrypt: noted("kms:Encrypt", kms.encrypt as never),
    decrypt: noted("kms:Decrypt", kms.decrypt as never),
  });
  return kms;
}

/** Whether nobody answered, rather than refused. */
const isSilent = ({ error: { name = "", $metadata } }: Failure): boolean =>
  name === "TimeoutError" || ($metadata?.httpStatusCode === undefined && !/Credentials|Token/.test(name))
    ? true
    : ($metadata?.httpStatusCode ?? 0) >= 500 && !/KMSInvalidState|KeyUnavailable/.test(name);

/** Whom KMS refuses what, and what helps. Its words name the caller and the key, and no secret. */
function refused(doing: string, failures: readonly Failure[]): BundleEncryptionError {
  const lines = failures.map(({ action, key, region, error }) => {
    const name = error.name ?? "Error";
    return `  ${action} with ${key || "a key"} in ${region}: ${name}: ${helpFor(name, action) ?? error.message ?? "no answer"}`;
  });
  return new BundleEncryptionError([`Cannot ${doing}:`, ...new Set(lines)].join("\n"));
}

function helpFor(name: string, action: string): string | undefined {
  switch (name) {
    case "AccessDeniedException":
      return `allow ${action} by the policy of the key and of whoever runs this`;
    case "DisabledException":
      return "the key is disabled; enable it, or name another one";
    case "NotFoundException":
      return "there is no such key; copy its ARN from `aws kms describe-key`";
    case "KMSInvalidStateException":
      return "the key is about to be deleted or not yet ready; cancel its deletion, or name another one";
    case "CredentialsProviderError":
      return "there are no AWS credentials; set AWS_PROFILE, or run aws sso login or aws configure";
    default:
      return undefined;
  }
}

/** The keys that opened data keys are encrypted with, which a message names in its header. */
function keysIn(bytes: Uint8Array): string[] {
  const head = Buffer.from(bytes.subarray(0, 8_192)).toString("latin1");
  return [...new Set(head.match(/arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/(?:mrk-[0-9a-f]{32}|[0-9a-f-]{36})/g))];
}

/** Keys that open the same, together, in the order in which they were given. */
function replicas(keys: readonly string[]): string[][] {
  const groups = new Map<string, string[]>();
  for (const key of new Set(keys)) {
    const id = /:(\d{12}:key\/mrk-.*)$/.exec(key)?.[1] ?? key;
    groups.set(id, [...(groups.get(id) ?? []), key]);
  }
  return [...groups.values()];
}

const accountOf = (arn: string): string => arn.split(":")[4] ?? "";
const regionOf = (arn: string): string => arn.split(":")[3] ?? "";
