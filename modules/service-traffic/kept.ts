import type { ServiceFunctionConfig } from "../service-function";

/** What a function keeps warm. */
export interface KeptWarm {
  readonly kind: "nothing" | "warmer" | "provisioned";
  /** Provisioned environments at the most, or those that a warmer calls. */
  readonly environments: number;
  /** Seconds between calls of a warmer. */
  readonly everySeconds?: number;
  /** The field of the function that says so. */
  readonly field?: keyof ServiceFunctionConfig;
}

/** What a function keeps warm, by its settings. */
export function keptWarm({
  provisionedConcurrency: provisioned,
  warming,
}: Pick<ServiceFunctionConfig, "provisionedConcurrency" | "warming">): KeptWarm {
  if (provisioned) {
    const environments = Math.max(provisioned.max, ...provisioned.schedules.map(({ max }) => max));
    return { kind: "provisioned", environments, field: "provisionedConcurrency" };
  }
  if (!warming) return { kind: "nothing", environments: 0 };
  const { concurrency: environments, everyMinutes } = warming;
  return { kind: "warmer", environments, everySeconds: everyMinutes * 60, field: "warming" };
}
