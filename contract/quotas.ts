import { z } from "zod";
import { type AccountQuota, accountQuotas, lambdaConcurrency } from "../values/quotas";

const { byDefault, newAccount } = lambdaConcurrency;

/** The quotas of an account that an environment file can state. */
export const quotaFields = {
  lambdaConcurrentExecutions: z
    .int()
    .min(newAccount)
    .default(byDefault)
    .describe(
      `Lambda's concurrent executions per region in this account (quota L-B99A9384). ${byDefault} are assumed; a new account may have only ${newAccount}, of which none can be reserved: ask with \`evenkeel account\`, and state what the account has.`,
    ),
  ...(Object.fromEntries(
    Object.entries(accountQuotas).map(([name, { what, per, byDefault: most }]) => [
      name,
      z
        .int()
        .min(0)
        .default(most)
        .describe(`${what[0]?.toUpperCase()}${what.slice(1)} ${per}.`),
    ]),
  ) as Record<AccountQuota, z.ZodDefault<z.ZodInt>>),
};
