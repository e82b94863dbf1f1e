/** A block of IPv4 addresses as numbers; undefined for anything else. @param cidr `10.0.1.0/24` */
export function ipv4Range(cidr: string): { readonly first: number; readonly last: number } | undefined {
  const [, ...parts] = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr) ?? [];
  if (parts.length === 0) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, bits = 32] = parts.map(Number);
  const size = 2 ** (32 - bits);
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  const first = address - (address % size);
  return { first, last: first + size - 1 };
}

/** True if two blocks share an address. */
export function overlap(one: string, other: string): boolean {
  const [a, b] = [ipv4Range(one), ipv4Range(other)];
  return a !== undefined && b !== undefined && a.first <= b.last && b.first <= a.last;
}

/** True if a block lies in another. */
export function isWithin(inner: string, outer: string): boolean {
  const [a, b] = [ipv4Range(inner), ipv4Range(outer)];
  return a === undefined || b === undefined || (a.first >= b.first && a.last <= b.last);
}
