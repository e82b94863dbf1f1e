import { IPv4 } from "ipaddr.js";

/** The eight equal parts of an IPv4 block, or why it cannot be the block of a VPC. */
export interface Ipv4Block {
  /** `<what is wrong>; <what to do>`. */
  readonly problem?: string;
  readonly eighths: readonly string[];
}

const privateBlocks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"].map((block) => IPv4.parseCIDR(block));

/** Parses a block in CIDR notation. @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
export function ipv4Block(text: string): Ipv4Block {
  const block = parse(text);
  if (block === undefined) {
    return { problem: "is not an IPv4 block; write it as 10.64.0.0/20", eighths: [] };
  }
  const [address, prefix] = block;
  if (prefix < 16 || prefix > 24) {
    return {
      problem: "has the wrong size; use a block from /16 to /24, which is split into eight subnets",
      eighths: [],
    };
  }
  const network = IPv4.networkAddressFromCIDR(text);
  if (address.toString() !== network.toString()) {
    return {
      problem: `does not start on its own boundary; write ${network}/${prefix}`,
      eighths: [],
    };
  }
  if (!isPrivate(address, prefix)) {
    return {
      problem: "is outside the private ranges; use a block in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16",
      eighths: [],
    };
  }
  const size = 2 ** (32 - prefix);
  return { eighths: Array.from({ length: 8 }, (_, at) => `${later(network, (at * size) / 8)}/${prefix + 3}`) };
}

/**
 * Checks a range of private addresses for use in security group rules. Returns `<what is wrong>; <what to do>` or
 * nothing.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html
 */
export function privateRangeProblem(text: string): string | undefined {
  const block = parse(text);
  if (block === undefined) {
    return "is not an IPv4 range; write it as 10.80.0.0/24";
  }
  const [address, prefix] = block;
  if (!isPrivate(address, prefix)) {
    return "is outside the private ranges; use a range in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16";
  }
  const start = IPv4.networkAddressFromCIDR(text).toString();
  return address.toString() === start ? undefined : `does not start on its own boundary; write ${start}/${prefix}`;
}

/** Address and prefix; undefined for notations that programs read differently, such as octets with leading zeros. */
function parse(text: string): [IPv4, number] | undefined {
  const block = IPv4.isValidCIDR(text) ? IPv4.parseCIDR(text) : undefined;
  return block?.join("/") === text ? block : undefined;
}

const isPrivate = (address: IPv4, prefix: number): boolean =>
  privateBlocks.some((block) => prefix >= block[1] && address.match(block));

/** The address so many addresses further on. */
function later(address: IPv4, count: number): IPv4 {
  const bytes = Buffer.from(address.toByteArray());
  bytes.writeUInt32BE(bytes.readUInt32BE() + count);
  return new IPv4([...bytes]);
}
