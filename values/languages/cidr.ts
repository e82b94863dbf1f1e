import type { Problem } from "../problem";
import { type AddressRange, addressRange, isWithin, overlap } from "./address-range";

/** What a range must be beyond being one. */
export interface CidrRules {
  readonly version?: 4 | 6;
  /** The shortest and longest prefix: `[16, 28]` for a VPC. */
  readonly prefixes?: readonly [number, number];
  /** Whether it must be in the private ranges, or must not be. Any by default. */
  readonly addresses?: "private" | "public";
}

/** Of one version, as ranges of the other have no address in common with them. */
const privateRanges = (version: 4 | 6): AddressRange[] =>
  (version === 4 ? ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"] : ["fc00::/7"]).map(known);

/**
 * A range in CIDR notation that starts at its own boundary, as security groups, routes and subnets take it.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
 */
export function cidrBlock(text: string, rules: CidrRules = {}): Problem | undefined {
  const { version, prefixes, addresses } = rules;
  const range = addressRange(text);
  const example = version === 6 ? "2001:db8:1234::/48" : "10.64.0.0/20";
  if (range === undefined || (version !== undefined && range.version !== version)) {
    return `is not an ${version === undefined ? "address" : `IPv${version}`} range; write it in CIDR notation, such as ${example}`;
  }
  if (prefixes && (range.prefix < prefixes[0] || range.prefix > prefixes[1])) {
    return `has the prefix length /${range.prefix}; use /${prefixes[0]} to /${prefixes[1]}`;
  }
  if (!range.isNetwork) return `has bits set after its prefix; write ${range.network}`;
  if (addresses === "private" && !privateRanges(range.version).some((outer) => isWithin(range, outer))) {
    return "is outside the private ranges; use a range in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16";
  }
  if (addresses === "public" && privateRanges(range.version).some((outer) => overlap(range, outer))) {
    return "is private, so nobody on the internet has an address in it; use the public addresses of the callers";
  }
  return undefined;
}

/** The IPv4 block of a VPC, or one that is added to it: /16 to /28. @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
export const vpcCidrBlock = (text: string): Problem | undefined => cidrBlock(text, { version: 4, prefixes: [16, 28] });

/** The IPv6 block of a VPC: /44 to /60 in steps of 4. @see https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html */
export const vpcIpv6CidrBlock = (text: string): Problem | undefined =>
  cidrBlock(text, { version: 6, prefixes: [44, 60] }) ?? stepsOfFour(text);

/**
 * The IPv4 block of a subnet: within that of its VPC, and apart from those of the other subnets.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
export function subnetCidrBlock(text: string, vpc: string, others: readonly string[] = []): Problem | undefined {
  const problem = vpcCidrBlock(text);
  const range = addressRange(text);
  const outer = addressRange(vpc);
  if (problem || range === undefined || outer === undefined) return problem;
  if (!isWithin(range, outer)) return `is outside of the VPC's block ${vpc}; use a part of it`;
  const taken = others.find((other) => {
    const block = addressRange(other);
    return block !== undefined && overlap(range, block);
  });
  return taken === undefined ? undefined : `overlaps the subnet ${taken}; use addresses that no other subnet has`;
}

function stepsOfFour(text: string): Problem | undefined {
  const { prefix = 0 } = addressRange(text) ?? {};
  return prefix % 4 === 0 ? undefined : `has the prefix length /${prefix}; use /44, /48, /52, /56 or /60`;
}

function known(text: string): AddressRange {
  const range = addressRange(text);
  if (range === undefined) throw new Error(`${text} is not a range`);
  return range;
}
