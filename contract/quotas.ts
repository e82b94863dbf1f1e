import { z } from "zod";
import { region, strictObject } from "../modules/core";
import { type AccountQuota, accountQuotas, lambdaConcurrency, type Quota, quotaNames } from "../values/quotas";

const { byDefault, newAccount } = lambdaConcurrency;

const count = z.int().min(0);

const lambdaExecutions = z.int().min(newAccount);

const nameOf = ({ what, per, code, service }: Quota): string =>
  `${what[0]?.toUpperCase()}${what.slice(1)} ${per}${code === undefined ? "" : ` (quota ${code} of ${service})`}.`;

type Fields<T extends z.ZodType> = Record<
  Exclude<AccountQuota, "lambdaConcurrentExecutions" | "apiRequestsPerSecond">,
  T
>;

const others = quotaNames.filter((name) => name !== "lambdaConcurrentExecutions" && name !== "apiRequestsPerSecond");

/** The quotas that regions have each for themselves; those of the whole account have one value. */
const ofRegions = quotaNames.filter((name) => accountQuotas[name].scope === "region");

/** The quotas of an account that an environment file can state. */
export const quotaFields = {
  lambdaConcurrentExecutions: lambdaExecutions
    .default(byDefault)
    .describe(
      `Lambda's concurrent executions per region in this account (quota L-B99A9384). ${byDefault} are assumed; a new account may have only ${newAccount}, of which none can be reserved: ask with \`evenkeel quotas --read\`, and state what the account has.`,
    ),
  // Without a default: it differs between regions.
  apiRequestsPerSecond: count
    .optional()
    .describe(
      `Requests per second of API Gateway in a region, over all APIs of the account (quota ${accountQuotas.apiRequestsPerSecond.code}). AWS gives ${accountQuotas.apiRequestsPerSecond.byDefault}, in newer regions 2500.`,
    ),
  ...(Object.fromEntries(
    others.map((name) => [name, count.default(accountQuotas[name].byDefault).describe(nameOf(accountQuotas[name]))]),
  ) as Fields<z.ZodDefault<z.ZodInt>>),
};

/** Quotas of single regions, in addition to `quotaFields`. */
export const quotasInRegions = z
  .partialRecord(
    region,
    strictObject(
      () =>
        Object.fromEntries(
          ofRegions.map((name) => [
            name,
            (name === "lambdaConcurrentExecutions" ? lambdaExecutions : count)
              .optional()
              .describe(nameOf(accountQuotas[name])),
          ]),
        ) as Record<RegionalQuota, z.ZodOptional<z.ZodInt>>,
    ),
  )
  .default({})
  .describe(
    "Quotas in single regions of this account, where they are not those above: most quotas are of a region, and a standby region may still have the default.",
  );

/** The names of quotas that each region has for itself. */
type RegionalQuota = {
  [N in AccountQuota]: (typeof accountQuotas)[N]["scope"] extends "region" ? N : never;
}[AccountQuota];
