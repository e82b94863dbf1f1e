import { z } from "zod";
import { accountQuotas, type Quota, quotaNames } from "../../values/quotas";
import { signedRequests } from "../aws/signed-request";
import { accountRegion, type ReadQuotas } from "./shares";

const page = z.object({
  Quotas: z
    .array(
      z.object({
        QuotaCode: z.string(),
        Value: z.number().optional(),
        QuotaArn: z.string().optional(),
      }),
    )
    .default([]),
  NextToken: z.string().nullish(),
});

/** Far more than a service has, so that a list that never ends is noticed. */
const mostPages = 50;

/**
 * What an account has of the quotas that the table knows, in each region. Quotas that the answer leaves out keep what is stated, or AWS's default.
 * @param account of the environment, which the credentials should be of
 * @throws AwsRefusedError where AWS cannot be asked or refuses
 * @see https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_ListServiceQuotas.html
 */
export async function readQuotas(regions: readonly string[], account: string): Promise<ReadQuotas> {
  const asked = [...new Set([...regions, accountRegion])];
  const answers = await Promise.all(
    asked.map(async (region) => [region, await readIn(region, account, servicesIn(region, regions))] as const),
  );
  return new Map(answers);
}

/** Global services are asked where their quotas are, others in each region of the environment. */
function servicesIn(region: string, regions: readonly string[]): string[] {
  const services = quotaNames.flatMap((name) => {
    const { service, scope }: Quota = accountQuotas[name];
    const isThere = scope === "region" ? regions.includes(region) : region === accountRegion;
    return service !== undefined && isThere ? [service] : [];
  });
  return [...new Set(services)];
}

async function readIn(region: string, account: string, services: readonly string[]): Promise<Map<string, number>> {
  const request = await signedRequests({
    name: "servicequotas",
    variable: "SERVICE_QUOTAS",
    region,
    account,
    doing: `read the quotas in ${region}`,
    page: "docs/how-to/spend-and-quotas.md",
  });
  const found = new Map<string, number>();
  // One after the other: the API takes few requests in a second.
  for (const service of services) {
    let nextToken: string | null | undefined;
    for (let count = 0; count < mostPages; count += 1) {
      const body = JSON.stringify({
        ServiceCode: service,
        MaxResults: 100,
        ...(nextToken ? { NextToken: nextToken } : {}),
      });
      const headers = {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "ServiceQuotasV20190624.ListServiceQuotas",
      };
      const answer = page.parse(await request({ method: "POST", path: "/", headers, body }));
      for (const { QuotaCode: code, Value: value } of answer.Quotas) if (value !== undefined) found.set(code, value);
      nextToken = answer.NextToken;
      if (!nextToken) break;
    }
  }
  return found;
}
