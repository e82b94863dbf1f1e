import { configuredResource, type Plan, type ResourceChange, valueAt } from "../terraform";

/**
 * The region of a resource: the one its provider is configured for, else the one in its ARN.
 * @returns `global` for an ARN without a region, `none` if there is neither a provider's region nor an ARN
 */
export function regionOf(plan: Plan, { address, change }: ResourceChange): string {
  return providerRegion(plan, address) ?? arnRegion(change.after) ?? arnRegion(change.before) ?? "none";
}

function providerRegion(plan: Plan, address: string): string | undefined {
  // Within a module the key reads `module.<name>:aws.<alias>`; the provider itself is that of the root module.
  const key = configuredResource(plan, address)?.provider_config_key?.split(":").at(-1);
  const provider = key === undefined ? undefined : plan.configuration?.provider_config?.[key];
  const region = valueAt(provider?.expressions, ["region", "constant_value"]);
  return typeof region === "string" ? region : provider?.alias;
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function arnRegion(values: unknown): string | undefined {
  const arn = valueAt(values, ["arn"]);
  if (typeof arn !== "string" || !arn.startsWith("arn:")) return undefined;
  return arn.split(":")[3] || "global";
}
