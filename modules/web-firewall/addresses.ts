import { isIP } from "node:net";

/** Address ranges by IP version, because an IP set can only contain one version. */
export function byVersion(ranges: readonly string[]): { readonly IPV4: string[]; readonly IPV6: string[] } {
  return {
    IPV4: ranges.filter((range) => !range.includes(":")),
    IPV6: ranges.filter((range) => range.includes(":")),
  };
}

/** Returns what is wrong with an address range and what to do, or undefined. @see https://docs.aws.amazon.com/waf/latest/APIReference/API_IPSet.html */
export function rangeProblem(range: string): string | undefined {
  const [address = "", prefix, ...rest] = range.split("/");
  const version = isIP(address);
  if (version === 0 || prefix === undefined || rest.length > 0 || !/^\d{1,3}$/.test(prefix)) {
    return "is not an address range; write it in CIDR notation, such as 203.0.113.0/24 or 2001:db8::/32, with /32 or /128 for a single address";
  }
  const longest = version === 4 ? 32 : 128;
  if (Number(prefix) > longest) return `has the prefix /${prefix}; use at most /${longest}`;
  if (Number(prefix) === 0) return "covers every address, which WAF does not allow; set defaultAction instead";
  return undefined;
}
