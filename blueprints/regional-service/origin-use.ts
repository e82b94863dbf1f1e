import type { Grantee } from "../../modules/core";
import type { FunctionUse } from "./function-use";

/** The distribution in front of a service, as its function has to know it. */
export interface ServiceOrigin {
  /** The key that the function at the edge proves requests with. */
  readonly secret: { arnIn(region: string): string; grantRead(grantee: Grantee): void };
  /** Whether requests past the distribution are refused, or only logged. */
  readonly use: "sent" | "required";
  /** Route keys that may be called past the distribution. */
  readonly openRoutes: readonly string[];
}

/** The names of the variables that tell a function how to check where requests come from. */
export const originVariableNames = ["ORIGIN_SECRET_ARN", "ORIGIN_SECRET_USE", "ORIGIN_OPEN_ROUTES"] as const;

/** The key by which the function knows what came by the distribution, read in its own region. */
export function originUse(origin: ServiceOrigin | undefined, region: string): FunctionUse[] {
  if (!origin) return [];
  const { secret, use, openRoutes } = origin;
  const variables: Record<(typeof originVariableNames)[number], string> = {
    ORIGIN_SECRET_ARN: secret.arnIn(region),
    ORIGIN_SECRET_USE: use,
    ORIGIN_OPEN_ROUTES: openRoutes.join(","),
  };
  return [{ variables, connect: (target) => secret.grantRead(target) }];
}
