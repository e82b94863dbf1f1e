import type { Log, ReportingDescriptor, Result } from "sarif";
import { sarifOf, sarifResult } from "../sarif";
import type { Checkov } from "./checkov";
import type { Finding, ReasonedFinding, ScanReview } from "./review";

/**
 * What fails as SARIF 2.1.0, for the pages of a code host and other viewers. What has a reason is in it as well, suppressed with
 * that reason, so that it is shown as dismissed.
 * @param review of an environment
 * @param file that each result is shown beside, relative to the repository: a plan is no file of it
 */
export function sarifLog({ version }: Checkov, review: ScanReview, file: string): Log {
  const all: readonly (Finding | ReasonedFinding)[] = [...review.failed, ...review.accepted];
  return sarifOf({
    driver: { name: "Checkov", version, informationUri: "https://www.checkov.io" },
    rules: rulesOf(all),
    results: all.map((finding) => resultOf(finding, file)),
  });
}

function rulesOf(findings: readonly Finding[]): ReportingDescriptor[] {
  const titles = new Map(findings.map(({ check, title }) => [check, title]));
  return [...titles].map(([id, text]) => ({ id, shortDescription: { text } }));
}

function resultOf(finding: Finding | ReasonedFinding, uri: string): Result {
  const { stack, address, check, title } = finding;
  return sarifResult({
    ruleId: check,
    text: `${title}: ${address} of ${stack}`,
    uri,
    logicalLocations: [{ name: address, fullyQualifiedName: `${stack}/${address}`, kind: "resource" }],
    fingerprint: ["evenkeelFinding/v1", stack, address, check],
    reason: "reason" in finding ? finding.reason : undefined,
  });
}
