import { IPv4 } from "ipaddr.js";
import { cidrBlock } from "../../values/languages";

/** The eight equal parts of an IPv4 block, or why it cannot be the block of a VPC. */
export interface Ipv4Block {
  /** `<what is wrong>; <what to do>`. */
  readonly problem?: string;
  readonly eighths: readonly string[];
}

/** Parses a block in CIDR notation. @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
export function ipv4Block(text: string): Ipv4Block {
  const problem = cidrBlock(text, { version: 4, prefixes: [16, 24], addresses: "private" });
  if (problem) return { problem, eighths: [] };
  const [network, prefix] = IPv4.parseCIDR(text);
  const size = 2 ** (32 - prefix);
  return { eighths: Array.from({ length: 8 }, (_, at) => `${later(network, (at * size) / 8)}/${prefix + 3}`) };
}

/** What is wrong with a range of private addresses in rules of security groups. @see https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html */
export const privateRangeProblem = (text: string): string | undefined =>
  cidrBlock(text, { version: 4, addresses: "private" });

/** The address so many addresses further on. */
function later(address: IPv4, count: number): IPv4 {
  const bytes = Buffer.from(address.toByteArray());
  bytes.writeUInt32BE(bytes.readUInt32BE() + count);
  return new IPv4([...bytes]);
}
