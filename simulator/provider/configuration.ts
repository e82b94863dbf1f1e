import { createHash } from "node:crypto";
import { accountOfProvider } from "../../identity";
import { configureRequest } from "../protocol/messages";
import { decodeObject, encodeValue, isObject, type ObjectValue, type Value } from "../protocol/values";
import type { Configuration } from "./pool";

/** The account and region that a connection acts in. */
export interface Scope {
  region: string;
  account: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  partition: string;
  /** Domain under which the partition's endpoints live, e.g. `amazonaws.com`. */
  dnsSuffix: string;
  /** The provider's `default_tags`. */
  defaultTags: Record<string, string>;
}

/** What one Configure call asked for. */
export interface ProviderConfiguration extends Configuration {
  scope: Scope;
}

// What the real provider still needs to plan; the rest would make it look for credentials, roles or endpoints.
const kept = ["region", "default_tags", "ignore_tags", "skip_region_validation", "use_fips_endpoint"];

/**
 * The configuration that the real provider gets in place of the one that Terraform sends: without credentials, roles,
 * account checks and endpoints, because none of them exists here.
 * @param fallback Region and account for a configuration that does not name them.
 */
export function simulatedConfiguration(
  request: Buffer,
  fallback: { region: string; account: string },
): ProviderConfiguration {
  const { config, terraform_version } = configureRequest.decode(request);
  const given = decodeObject(config) ?? {};
  const region = typeof given.region === "string" && given.region !== "" ? given.region : fallback.region;
  const simulated: ObjectValue = {
    ...Object.fromEntries(Object.entries(given).map(([name, value]) => [name, emptied(name, value)])),
    region,
    access_key: "simulated",
    secret_key: "simulated",
    skip_credentials_validation: true,
    skip_requesting_account_id: true,
    skip_metadata_api_check: "true",
    max_retries: 0,
  };
  const value = encodeValue(simulated);
  const bytes = configureRequest.encode({ terraform_version, config: value });
  return {
    key: createHash("sha256")
      .update(value.msgpack ?? "")
      .digest("hex"),
    request: bytes,
    scope: {
      region,
      account: accountOfProvider(given) ?? fallback.account,
      ...partitionOf(region),
      defaultTags: tagsOf(given),
    },
  };
}

function emptied(name: string, value: Value): Value {
  if (kept.includes(name)) return value;
  return Array.isArray(value) && name !== "allowed_account_ids" && name !== "forbidden_account_ids" ? [] : null;
}

function tagsOf(given: ObjectValue): Record<string, string> {
  const block = Array.isArray(given.default_tags) ? given.default_tags[0] : undefined;
  const tags = isObject(block) && isObject(block.tags) ? block.tags : {};
  return Object.fromEntries(Object.entries(tags).filter((tag): tag is [string, string] => typeof tag[1] === "string"));
}

/** The partition of a region, and the domain of its endpoints. */
export function partitionOf(region: string): { partition: string; dnsSuffix: string } {
  if (region.startsWith("cn-")) return { partition: "aws-cn", dnsSuffix: "amazonaws.com.cn" };
  if (region.startsWith("us-gov-")) return { partition: "aws-us-gov", dnsSuffix: "amazonaws.com" };
  return { partition: "aws", dnsSuffix: "amazonaws.com" };
}
