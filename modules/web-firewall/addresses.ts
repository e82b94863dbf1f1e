import { isIP } from "node:net";

/** Address ranges by IP version: an IP set holds one version only. */
export function byVersion(ranges: readonly string[]): { readonly IPV4: string[]; readonly IPV6: string[] } {
  return {
    IPV4: ranges.filter((range) => !range.includes(":")),
    IPV6: ranges.filter((range) => range.includes(":")),
  };
}

/** What is wrong with an address range and what to do, or nothing. @see https://docs.aws.amazon.com/waf/latest/APIReference/API_IPSet.html */
export function rangeProblem(range: string): string | undefined {
  const [address = "", prefix, ...rest] = range.split("/");
  const version = isIP(address);
  if (version === 0 || prefix === undefined || rest.length > 0 || !/^\d{1,3}$/.test(prefix)) {
    return "is no address range; write it in CIDR notation, 203.0.113.0/24 or 2001:db8::/32, with /32 or /128 for one address";
  }
  const longest = version === 4 ? 32 : 128;
  if (Number(prefix) > longest) return `has the prefix /${prefix}; use at most /${longest}`;
  if (Number(prefix) === 0) return "is every address, which WAF does not take; set defaultAction instead";
  return undefined;
}
