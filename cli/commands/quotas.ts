import { environmentResources } from "../aws/resources";
import type { Outcome } from "../document";
import { inWords, quotasDocument } from "../documents/quotas";
import project from "../project";
import { quotaShares } from "../quotas/shares";
import { step } from "../step";

export interface QuotasVerbOptions {
  /** Asks Service Quotas what the account has. */
  readonly read?: boolean;
}

/**
 * How much of its account's quotas an environment uses, in each region, and what standby regions need to take over.
 * @returns exit code 1 if a quota is exceeded
 * @throws AwsRefusedError with `read`, where AWS cannot be asked or refuses
 */
export async function quotas(name: string, { read = false }: QuotasVerbOptions): Promise<Outcome> {
  const environment = project.find(name);
  const { account, regions, stage } = environment.parse();
  const { resources, leave } = await environmentResources("quotas", name);
  try {
    const used = [...new Set(resources.flatMap(({ region }) => region ?? []))];
    const answered = read ? await step("Asking Service Quotas", () => asked(used, account)) : undefined;
    const shares = quotaShares(resources, {
      stated: environment.stated.quotas ?? {},
      standby: regions.standby,
      read: answered,
    });
    const exceeded = shares.filter(({ verdict }) => verdict === "exceeded").length;
    return quotasDocument.outcome(
      {
        environment: name,
        stage,
        account,
        read,
        exceeded,
        quotas: shares.map((each) => ({
          region: each.region ?? null,
          quota: each.name,
          what: inWords(each.name),
          service: each.service ?? null,
          code: each.code ?? null,
          uses: each.uses,
          of: each.of ?? null,
          takesOverFrom: each.takesOverFrom ?? null,
          value: each.quota,
          from: each.from,
          share: Number.isFinite(each.share) ? Number(each.share.toPrecision(3)) : null,
          verdict: each.verdict,
          ask: each.ask ?? null,
        })),
      },
      exceeded > 0 ? 1 : 0,
    );
  } finally {
    leave();
  }
}

async function asked(regions: readonly string[], account: string) {
  const { readQuotas } = await import("../quotas/read-quotas.js");
  return readQuotas(regions, account);
}
