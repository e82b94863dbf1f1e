import { parse } from "ipaddr.js";
import { addressRange } from "./languages/address-range";

/** A range of addresses of one IP version; both ends belong to it. */
interface Range {
  readonly first: bigint;
  readonly last: bigint;
}

/** Bits of an address, by IP version. */
const bitsOf = { 4: 32, 6: 128 } as const;

export type IpVersion = keyof typeof bitsOf;

/** Unicast addresses that are routed on the internet; with IPv6 that is 2000::/3. @see https://www.iana.org/assignments/ipv6-address-space */
const routed: Readonly<Record<IpVersion, Range>> = {
  4: { first: 0n, last: (1n << 32n) - 1n },
  6: { first: 1n << 125n, last: (2n << 125n) - 1n },
};

/** Ranges in CIDR notation, merged by IP version; what is not a valid range is left out. */
export class AddressSpace {
  private readonly merged: Readonly<Record<IpVersion, readonly Range[]>>;

  constructor(cidrs: readonly string[]) {
    const ranges = cidrs.map((cidr) => rangeOf(cidr)).filter((range) => range !== undefined);
    const ofVersion = (wanted: IpVersion) => merge(ranges.filter(({ version }) => version === wanted));
    this.merged = { 4: ofVersion(4), 6: ofVersion(6) };
  }

  /** How many addresses of a version it has. */
  size(version: IpVersion): bigint {
    return this.merged[version].reduce((sum, { first, last }) => sum + (last - first + 1n), 0n);
  }

  /** Whether it has more addresses of a version than one range with this prefix. */
  isLargerThan(version: IpVersion, prefix: number): boolean {
    return this.size(version) > 1n << BigInt(bitsOf[version] - prefix);
  }

  /** Whether it has more than half of the addresses that are routed on the internet. */
  hasMostOf(version: IpVersion): boolean {
    const { first, last } = routed[version];
    const shared = this.merged[version].reduce((sum, range) => {
      const from = range.first > first ? range.first : first;
      const to = range.last < last ? range.last : last;
      return to < from ? sum : sum + (to - from + 1n);
    }, 0n);
    return 2n * shared > last - first + 1n;
  }

  /** Whether it has every address of a range. */
  covers(cidr: string): boolean {
    const range = rangeOf(cidr);
    if (!range) return false;
    return this.merged[range.version].some(({ first, last }) => first <= range.first && range.last <= last);
  }
}

function rangeOf(cidr: string): (Range & { readonly version: IpVersion }) | undefined {
  const range = addressRange(cidr);
  if (!range) return undefined;
  const { version, network, prefix } = range;
  const bytes = parse(network.slice(0, network.lastIndexOf("/"))).toByteArray();
  const first = bytes.reduce((sum, byte) => (sum << 8n) + BigInt(byte), 0n);
  return { version, first, last: first + (1n << BigInt(bitsOf[version] - prefix)) - 1n };
}

function merge(ranges: readonly Range[]): readonly Range[] {
  const merged: Range[] = [];
  for (const range of [...ranges].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))) {
    const previous = merged.at(-1);
    if (previous && range.first <= previous.last + 1n) {
      if (range.last > previous.last) merged[merged.length - 1] = { first: previous.first, last: range.last };
    } else merged.push(range);
  }
  return merged;
}
