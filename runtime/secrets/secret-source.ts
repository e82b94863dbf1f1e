import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { onDemand } from "../aws/on-demand.js";

/** One version of a secret, as a source gave it. */
export interface SecretVersion {
  readonly versionId: string;
  readonly text: string;
  /** When the version was made, in milliseconds since 1970, where the source says so. */
  readonly createdAt?: number;
}

/** The version of the last rotation, or the one before, which stays valid until the next where users alternate. */
export type Stage = "AWSCURRENT" | "AWSPREVIOUS";

/** Where a secret can be read: one region. */
export type SecretSource = (stage: Stage) => Promise<SecretVersion>;

/** Names the secret and the region that did not give it, and never a value. */
export class SecretUnavailableError extends Error {
  override readonly name = "SecretUnavailableError";
}

/**
 * The ARN of a secret's replica: all but the region is the same.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets.html
 */
export function replicaArn(secretArn: string, region: string): string {
  const parts = secretArn.split(":");
  if (parts.length !== 7 || parts[2] !== "secretsmanager") {
    throw new SecretUnavailableError(`"${secretArn}" is not the ARN of a secret; pass the whole ARN, not a name.`);
  }
  return [...parts.slice(0, 3), region, ...parts.slice(4)].join(":");
}

/** What reading a secret needs. */
export interface SecretsManagerSourceOptions {
  /** ARN of the secret in any of its regions, or its name where that is all there is, as at the edge. */
  readonly secretArn: string | { readonly name: string };
  /** The region to read in: the function's own first, whose replica is near and independent of the others. */
  readonly region: string;
  /** For tests and private endpoints; made for the region by default. */
  readonly client?: SecretsManagerClient;
}

/**
 * A source that reads the secret, or its replica, in one region, within about 4 s. A secret that has not been rotated yet has no
 * version before: its only one is that, too. The client is loaded with the first read.
 */
export function secretsManagerSource({ secretArn, region, client }: SecretsManagerSourceOptions): SecretSource {
  const secretId = typeof secretArn === "string" ? replicaArn(secretArn, region) : secretArn.name;
  const reader = onDemand(async () => (await import("./secrets-manager.js")).versionReader(secretId, region, client));
  return async (stage) => {
    const read = await reader();
    const { SecretString: text, VersionId: versionId, CreatedDate: created } = await read(stage);
    if (text === undefined || versionId === undefined) {
      throw new SecretUnavailableError(`The secret ${secretId} holds no text; store it as SecretString.`);
    }
    return { versionId, text, ...(created && { createdAt: created.getTime() }) };
  };
}
