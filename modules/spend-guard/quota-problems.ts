import { lambdaConcurrency } from "../../values/quotas";
import type { FunctionCeilings } from "./config";

/**
 * A limit that is exceeded. The path is relative to the environment; the message is `<what is wrong>; <what to do>`.
 */
export interface QuotaProblem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/**
 * The relevant fields of a service. Each service runs once in every region, so the sums are the same in all regions.
 */
export interface LimitedService {
  readonly function: {
    readonly timeoutSeconds: number;
    readonly memoryMb: number;
    /** null shares the account's pool. */
    readonly reservedConcurrency: number | null;
    readonly provisionedConcurrency?: { readonly max: number; readonly schedules: readonly { readonly max: number }[] };
  };
}

export interface AccountQuotas {
  /** Concurrent executions of all functions in a region (quota L-B99A9384). */
  readonly lambdaConcurrentExecutions: number;
}

const { byDefault, newAccount, unreservable } = lambdaConcurrency;

/**
 * Single functions above the environment's limits.
 * @param services the environment's `services`; paths start there
 */
export function ceilingProblems(services: readonly LimitedService[], ceilings: FunctionCeilings): QuotaProblem[] {
  return services.flatMap((service, index) => functionProblems(service, ceilings, ["services", index, "function"]));
}

function functionProblems(
  service: LimitedService,
  ceilings: FunctionCeilings,
  at: readonly PropertyKey[],
): QuotaProblem[] {
  const { timeoutSeconds, memoryMb, reservedConcurrency } = service.function;
  const checks = [
    ["timeoutSeconds", timeoutSeconds, "maxTimeoutSeconds", ceilings.maxTimeoutSeconds],
    ["memoryMb", memoryMb, "maxMemoryMb", ceilings.maxMemoryMb],
    ["reservedConcurrency", reservedConcurrency ?? 0, "maxReservedConcurrency", ceilings.maxReservedConcurrency],
  ] as const;
  const { maxReservedConcurrency: most } = ceilings;
  const unbounded =
    reservedConcurrency === null && most !== undefined
      ? [
          {
            path: [...at, "reservedConcurrency"],
            message: `is null, so the function may use all of the account's concurrency, but the environment's limit is ${most}; reserve at most ${most}, or remove spendGuard.limits.maxReservedConcurrency`,
          },
        ]
      : [];
  const above = checks.flatMap(([field, value, ceiling, most]) =>
    most !== undefined && value > most
      ? [
          {
            path: [...at, field],
            message: `is above the environment's limit of ${most}; use at most that value, or raise spendGuard.limits.${ceiling}`,
          },
        ]
      : [],
  );
  return [...unbounded, ...above];
}

/**
 * Reservations of all functions together that the account's quota cannot hold. That a function provisions no more than it
 * reserves is a rule of its own config.
 * @param services the environment's `services`; paths start there
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */
export function reservationProblems(
  services: readonly LimitedService[],
  { lambdaConcurrentExecutions: quota }: AccountQuotas,
): QuotaProblem[] {
  const claims = services.map(claimOf);
  const claimed = claims.reduce((sum, { units }) => sum + units, 0);
  const available = Math.max(0, quota - unreservable);
  if (!(claimed > available)) return [];
  // Reported once, for the largest reservation.
  const largest = claims.reduce((best, claim, index) => (claim.units > (claims[best]?.units ?? 0) ? index : best), 0);
  return [
    {
      path: ["services", largest, "function", ...(claims[largest]?.field ?? [])],
      message:
        `brings the total reserved by all functions in a region to ${claimed}, but of the account's ${quota} concurrent executions ` +
        (quota === byDefault ? `(AWS's default; a new account may have ${newAccount}) ` : "") +
        `only ${available} can be reserved; reserve ${claimed - available} less, or raise the quota in AWS and then ` +
        "quotas.lambdaConcurrentExecutions",
    },
  ];
}

/** What a function takes from the account's pool: its reservation or, without one, its provisioned concurrency. */
function claimOf({ function: { reservedConcurrency, provisionedConcurrency } }: LimitedService) {
  if (reservedConcurrency !== null) return { units: reservedConcurrency, field: ["reservedConcurrency"] };
  const { max = 0, schedules = [] } = provisionedConcurrency ?? {};
  return {
    units: Math.max(max, ...schedules.map((schedule) => schedule.max)),
    field: ["provisionedConcurrency", "max"],
  };
}
