import { isIP } from "node:net";

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
  const [address = "", prefix = "", ...rest] = cidr.split("/");
  const version = isIP(address);
  if ((version !== 4 && version !== 6) || rest.length > 0 || !/^\d{1,3}$/.test(prefix)) return undefined;
  const free = bitsOf[version] - Number(prefix);
  if (free < 0) return undefined;
  const mask = (1n << BigInt(free)) - 1n;
  const number = version === 4 ? fromIpv4(address) : fromIpv6(address);
  return { version, first: number & ~mask, last: number | mask };
}

const fromIpv4 = (address: string): bigint =>
  address.split(".").reduce((sum, part) => (sum << 8n) + BigInt(Number(part)), 0n);

function fromIpv6(address: string): bigint {
  const [bare = ""] = address.split("%");
  const [before = "", after] = bare.split("::");
  const left = groups(before);
  const right = after === undefined ? [] : groups(after);
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => 0n);
  return [...left, ...zeros, ...right].reduce((sum, group) => (sum << 16n) + group, 0n);
}

/** The groups of 16 bits; an IPv4 address at the end makes two of them. */
function groups(text: string): bigint[] {
  if (text === "") return [];
  return text.split(":").flatMap((group) => {
    if (!group.includes(".")) return [BigInt(`0x${group}`)];
    const number = fromIpv4(group);
    return [number >> 16n, number & 0xffffn];
  });
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
