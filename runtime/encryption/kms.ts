import {
  DecryptCommand,
  type DecryptRequest,
  type DecryptResponse,
  GenerateDataKeyCommand,
  type GenerateDataKeyRequest,
  type GenerateDataKeyResponse,
  KMSClient,
} from "@aws-sdk/client-kms";
import { clientLimits } from "../aws/client-limits.js";
import { endWithInvocation } from "../aws/end-with-invocation.js";

/** The calls of KMS that data keys need. */
export interface Kms {
  generateDataKey(request: GenerateDataKeyRequest): Promise<GenerateDataKeyResponse>;
  decrypt(request: DecryptRequest): Promise<DecryptResponse>;
}

/** What encryption needs of the SDK, in a file of its own, so that it is loaded with the first message. */
export function kmsWith(client: KMSClient): Kms {
  return {
    generateDataKey: (request) => client.send(new GenerateDataKeyCommand(request)),
    decrypt: (request) => client.send(new DecryptCommand(request)),
  };
}

/** A client of KMS in one region whose calls end within about 4 s. */
export const createKmsClient = (region: string): KMSClient =>
  endWithInvocation(
    new KMSClient({
      region,
      ...clientLimits({ maxAttempts: 3, connectionTimeoutMs: 500, requestTimeoutMs: 1_000 }),
    }),
  );
