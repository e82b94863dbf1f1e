import { AddressSpace, type IpVersion } from "../../values/address-space";
import type { Report } from "../core";
import { rangeProblem } from "./addresses";

/** The most that a list of allowed addresses may cover together, as a prefix: 16,777,216 addresses of IPv4, or the largest allocations of IPv6. */
const mostAllowed: Readonly<Record<IpVersion, number>> = { 4: 8, 6: 16 };

const versions = [4, 6] as const;

interface AddressLists {
  readonly defaultAction: "allow" | "block";
  readonly allowAddresses: readonly string[];
  readonly denyAddresses: readonly string[];
}

/** Checks the address lists of a web ACL, each range by itself and all of them together. */
export function checkAddresses(config: AddressLists, report: Report): void {
  const { allowAddresses, denyAddresses } = config;
  const wrong = [
    checkEach("allowAddresses", allowAddresses, report),
    checkEach("denyAddresses", denyAddresses, report),
  ];
  if (wrong.includes(true)) return;
  const denied = new AddressSpace(denyAddresses);
  allowAddresses.forEach((range, index) => {
    if (!denied.covers(range)) return;
    report(
      ["allowAddresses", index],
      "is also in denyAddresses, which takes precedence; remove it from one of the lists",
    );
  });
  const allowed = new AddressSpace(allowAddresses);
  for (const version of versions.filter((version) => allowed.isLargerThan(version, mostAllowed[version]))) {
    report(
      ["allowAddresses"],
      `covers more IPv${version} addresses than a /${mostAllowed[version]}, and all of them would skip every other rule; list only ranges that you trust`,
    );
  }
  for (const version of versions.filter((version) => denied.hasMostOf(version))) {
    report(
      ["denyAddresses"],
      `blocks most of the IPv${version} internet; set defaultAction to block and list allowAddresses instead`,
    );
  }
}

/** @returns whether a range is wrong in itself */
function checkEach(field: string, ranges: readonly string[], report: Report): boolean {
  const seen = new Set<string>();
  let wrong = false;
  ranges.forEach((range, index) => {
    const problem = rangeProblem(range) ?? (seen.has(range) ? "is listed twice; remove the duplicate" : undefined);
    if (problem) report([field, index], problem);
    if (problem) wrong = true;
    seen.add(range);
  });
  return wrong;
}
