import { isIPv4, isIPv6 } from "node:net";
import { IPv4, IPv6 } from "ipaddr.js";

/** An address range in CIDR notation. */
export interface AddressRange {
  readonly version: 4 | 6;
  /** The address as it was written. */
  readonly address: string;
  readonly prefix: number;
  /** Whether the bits after the prefix are all zero. */
  readonly isNetwork: boolean;
  /** The same range with its first address. */
  readonly network: string;
}

const longest = "255.255.255.255/32".length;
const longestIpv6 = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255/128".length;

/** Reads a range; undefined for notations that programs read differently, such as octets with leading zeros. */
export function addressRange(text: string): AddressRange | undefined {
  if (text.length > longestIpv6) return undefined;
  const [address = "", size = "", ...rest] = text.split("/");
  const version = versionOf(address);
  if (version === 0 || rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(size) || address.includes("%")) return undefined;
  const prefix = Number(size);
  if (version === 4) {
    if (prefix > 32 || text.length > longest) return undefined;
    const first = IPv4.networkAddressFromCIDR(text).toString();
    return { version, address, prefix, isNetwork: first === address, network: `${first}/${prefix}` };
  }
  if (prefix > 128) return undefined;
  const first = IPv6.networkAddressFromCIDR(text);
  const isNetwork = first.toNormalizedString() === IPv6.parse(address).toNormalizedString();
  return { version: 6, address, prefix, isNetwork, network: `${first.toRFC5952String()}/${prefix}` };
}

/** Of an address; 0 for another text. Node.js 20 takes milliseconds for its first question about IPv6, which a synthesis hardly ever has. */
function versionOf(address: string): 0 | 4 | 6 {
  if (!address.includes(":")) return isIPv4(address) ? 4 : 0;
  return isIPv6(address) ? 6 : 0;
}

/** Whether one range lies within the other. */
export function isWithin(inner: AddressRange, outer: AddressRange): boolean {
  if (inner.version !== outer.version || inner.prefix < outer.prefix) return false;
  return inner.version === 4
    ? IPv4.parse(inner.address).match(IPv4.parseCIDR(outer.network))
    : IPv6.parse(inner.address).match(IPv6.parseCIDR(outer.network));
}

/** Whether two ranges have addresses in common. */
export const overlap = (one: AddressRange, other: AddressRange): boolean =>
  isWithin(one, other) || isWithin(other, one);
