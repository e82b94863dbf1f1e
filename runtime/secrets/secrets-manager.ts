import {
  GetSecretValueCommand,
  type GetSecretValueResponse,
  ResourceNotFoundException,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { clientLimits } from "../aws/client-limits.js";
import { endWithInvocation } from "../aws/end-with-invocation.js";
import type { Stage } from "./secret-source.js";

/** Reads one version of a secret. */
export type VersionReader = (stage: Stage) => Promise<GetSecretValueResponse>;

/** What reading a secret needs of the SDK, in a file of its own, so that it is loaded with the first read. */
export function versionReader(
  secretId: string,
  region: string,
  client: SecretsManagerClient = createSecretsManagerClient(region),
): VersionReader {
  const read = (stage: Stage) => client.send(new GetSecretValueCommand({ SecretId: secretId, VersionStage: stage }));
  return (stage) =>
    read(stage).catch((error) => {
      if (stage === "AWSPREVIOUS" && error instanceof ResourceNotFoundException) return read("AWSCURRENT");
      throw error;
    });
}

const createSecretsManagerClient = (region: string): SecretsManagerClient =>
  endWithInvocation(
    new SecretsManagerClient({
      region,
      ...clientLimits({ maxAttempts: 2, connectionTimeoutMs: 500, requestTimeoutMs: 1_500 }),
    }),
  );
