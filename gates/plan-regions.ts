import { configuredResource, type Plan, type ProviderConfig, type ResourceChange, valueAt } from "../terraform";

/**
 * The region of a resource: the one its provider is configured for, else the one in its ARN.
 * @returns `global` for an ARN without a region, `none` if there is neither a provider's region nor an ARN
 */
export function regionOf(plan: Plan, { address, change }: ResourceChange): string {
  return providerRegion(plan, address) ?? arnRegion(change.after) ?? arnRegion(change.before) ?? "none";
}

/** Where the provider of a resource looks for it; undefined for what the configuration does not say literally. */
export interface ProviderScope {
  readonly region?: string;
  /** The only AWS account that the provider may be used with, 12 digits. */
  readonly account?: string;
}

/** The region and account that the provider of a configured resource is set to. */
export function providerScope(plan: Plan, address: string): ProviderScope {
  const { expressions } = providerOf(plan, address) ?? {};
  const region = valueAt(expressions, ["region", "constant_value"]);
  const accounts = valueAt(expressions, ["allowed_account_ids", "constant_value"]);
  const [account, ...more] = Array.isArray(accounts) ? accounts : [];
  return {
    region: typeof region === "string" ? region : undefined,
    account: typeof account === "string" && more.length === 0 ? account : undefined,
  };
}

/** The region and account in the ARN among a resource's values; undefined where the ARN has none, or there is no ARN. */
export function arnScope(values: unknown): ProviderScope {
  const [, , , region, account] = arnOf(values)?.split(":") ?? [];
  return { region: region || undefined, account: /^\d{12}$/.test(account ?? "") ? account : undefined };
}

function providerRegion(plan: Plan, address: string): string | undefined {
  return providerScope(plan, address).region ?? providerOf(plan, address)?.alias;
}

function providerOf(plan: Plan, address: string): ProviderConfig | undefined {
  // Within a module the key reads `module.<name>:aws.<alias>`; the provider itself is that of the root module.
  const key = configuredResource(plan, address)?.provider_config_key?.split(":").at(-1);
  return key === undefined ? undefined : plan.configuration?.provider_config?.[key];
}

function arnRegion(values: unknown): string | undefined {
  return arnOf(values) && (arnScope(values).region ?? "global");
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function arnOf(values: unknown): string | undefined {
  const arn = valueAt(values, ["arn"]);
  return typeof arn === "string" && arn.startsWith("arn:") ? arn : undefined;
}
