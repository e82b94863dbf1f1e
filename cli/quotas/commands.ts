/** A quota as the Service Quotas API knows it, and the region where it is asked for. */
export interface KnownQuota {
  readonly service: string;
  readonly code: string;
  readonly region: string;
}

const named = ({ service, code, region }: KnownQuota): string =>
  `--service-code ${service} --quota-code ${code} --region ${region}`;

/** The command that shows what an account has. @see https://docs.aws.amazon.com/cli/latest/reference/service-quotas/ */
export const showQuota = (quota: KnownQuota): string =>
  `aws service-quotas get-service-quota ${named(quota)} --query Quota.Value`;

/** The command that asks AWS for more. @param desired a whole number, or what stands for one */
export const requestQuota = (quota: KnownQuota, desired: number | string): string =>
  `aws service-quotas request-service-quota-increase ${named(quota)} --desired-value ${desired}`;
