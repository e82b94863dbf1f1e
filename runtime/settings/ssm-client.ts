import { SSMClient } from "@aws-sdk/client-ssm";
import { clientLimits } from "../aws/client-limits.js";
import { endWithInvocation } from "../aws/end-with-invocation.js";

/** A client of Parameter Store in one region whose calls end within about 4 s. */
export function createSsmClient(region: string): SSMClient {
  return endWithInvocation(
    new SSMClient({
      region,
      ...clientLimits({ maxAttempts: 2, connectionTimeoutMs: 500, requestTimeoutMs: 1_500 }),
    }),
  );
}
