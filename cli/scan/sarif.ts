import type { Log, ReportingDescriptor, Result } from "sarif";
import type { Checkov } from "./checkov";
import type { Finding, ReasonedFinding, ScanReview } from "./review";

/**
 * What fails as SARIF 2.1.0, for the pages of a code host and other viewers. What has a reason is in it as well, suppressed with
 * that reason, so that it is shown as dismissed.
 * @param review of an environment
 * @param file that each result is shown beside, relative to the repository: a plan is no file of it
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifLog({ version }: Checkov, review: ScanReview, file: string): Log {
  const all: readonly (Finding | ReasonedFinding)[] = [...review.failed, ...review.accepted];
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Checkov", version, informationUri: "https://www.checkov.io", rules: rulesOf(all) } },
        results: all.map((finding) => resultOf(finding, file)),
      },
    ],
  };
}

function rulesOf(findings: readonly Finding[]): ReportingDescriptor[] {
  const titles = new Map(findings.map(({ check, title }) => [check, title]));
  return [...titles].map(([id, text]) => ({ id, shortDescription: { text } }));
}

function resultOf(finding: Finding | ReasonedFinding, uri: string): Result {
  const { stack, address, check, title } = finding;
  return {
    ruleId: check,
    level: "error",
    message: { text: `${title}: ${address} of ${stack}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri }, region: { startLine: 1 } },
        logicalLocations: [{ name: address, fullyQualifiedName: `${stack}/${address}`, kind: "resource" }],
      },
    ],
    // Viewers know a result by it from run to run, as all of them have the same place.
    partialFingerprints: { "evenkeelFinding/v1": [stack, address, check].join("/") },
    ...("reason" in finding && { suppressions: [{ kind: "inSource", justification: finding.reason }] }),
  };
}
