/** The eight equal parts of an IPv4 block, or why it cannot be the block of a VPC. */
export interface Ipv4Block {
  /** `<what is wrong>; <what to do>`. */
  readonly problem?: string;
  readonly eighths: readonly string[];
}

const notation = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;
const privateBlocks = [
  { first: 0x0a000000, prefix: 8 },
  { first: 0xac100000, prefix: 12 },
  { first: 0xc0a80000, prefix: 16 },
];

/** Parses a block in CIDR notation. @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
export function ipv4Block(text: string): Ipv4Block {
  const parts = notation.exec(text)?.slice(1).map(Number) ?? [];
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = parts;
  if (parts.length === 0 || [a, b, c, d].some((octet) => octet > 255) || prefix > 32) {
    return { problem: "is not an IPv4 block; write it as 10.64.0.0/20", eighths: [] };
  }
  if (prefix < 16 || prefix > 24) {
    return {
      problem: "has the wrong size; use a block from /16 to /24, which is split into eight subnets",
      eighths: [],
    };
  }
  const first = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  const size = 2 ** (32 - prefix);
  if (first % size !== 0) {
    return {
      problem: `does not start on its own boundary; write ${address(first - (first % size))}/${prefix}`,
      eighths: [],
    };
  }
  if (!isPrivate(first, prefix)) {
    return {
      problem: "is outside the private ranges; use a block in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
      eighths: [],
    };
  }
  const eighths = Array.from({ length: 8 }, (_, at) => `${address(first + (at * size) / 8)}/${prefix + 3}`);
  return { eighths };
}

/**
 * Checks a range of private addresses for use in security group rules. Returns `<what is wrong>; <what to do>` or
 * nothing.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 */
export function privateRangeProblem(text: string): string | undefined {
  const parts = notation.exec(text)?.slice(1).map(Number) ?? [];
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = parts;
  if (parts.length === 0 || [a, b, c, d].some((octet) => octet > 255) || prefix > 32) {
    return "is not an IPv4 range; write it as 10.80.0.0/24";
  }
  const first = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
  if (!isPrivate(first, prefix)) {
    return "is outside the private ranges; use a range in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16";
  }
  const start = first - (first % 2 ** (32 - prefix));
  return first === start ? undefined : `does not start on its own boundary; write ${address(start)}/${prefix}`;
}

const isPrivate = (first: number, prefix: number): boolean =>
  privateBlocks.some(
    (block) => prefix >= block.prefix && first >>> (32 - block.prefix) === block.first >>> (32 - block.prefix),
  );

const address = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join(".");
