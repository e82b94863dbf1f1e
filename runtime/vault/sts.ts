import { GetWebIdentityTokenCommand, STSClient } from "@aws-sdk/client-sts";
import { clientLimits } from "../aws/client-limits.js";
import { endWithInvocation } from "../aws/end-with-invocation.js";
import type { IdentityTokenRequest } from "./identity-token.js";
import { VaultError } from "./vault-http.js";

const clients = new Map<string, STSClient>();

/** One client for each region, whose calls end within about 4 s. */
function clientIn(region: string): STSClient {
  const client =
    clients.get(region) ??
    endWithInvocation(
      new STSClient({
        region,
        ...clientLimits({ maxAttempts: 3, connectionTimeoutMs: 500, requestTimeoutMs: 1_000 }),
      }),
    );
  clients.set(region, client);
  return client;
}

/**
 * Asks STS in the function's own region for a token, so that a standby region does not depend on another one.
 * @throws VaultError with the status and the name of STS's error, never with what was sent or received
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_GetWebIdentityToken.html
 */
export async function getIdentityToken(request: IdentityTokenRequest): Promise<string> {
  const { region, audience, signingAlgorithm, durationSeconds } = request;
  const command = new GetWebIdentityTokenCommand({
    Audience: [audience],
    SigningAlgorithm: signingAlgorithm,
    DurationSeconds: durationSeconds,
  });
  const answer = await clientIn(region)
    .send(command)
    .catch((error: unknown) => {
      const { name, $metadata } = error as Error & { readonly $metadata?: { readonly httpStatusCode?: number } };
      throw new VaultError("sts:GetWebIdentityToken", $metadata?.httpStatusCode ?? 0, [name]);
    });
  if (answer.WebIdentityToken) return answer.WebIdentityToken;
  throw new VaultError("sts:GetWebIdentityToken", 0, ["the answer has no token"]);
}
