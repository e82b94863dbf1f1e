import type { Log, ReportingDescriptor, Result } from "sarif";
import { sarifOf, sarifResult } from "../sarif";
import type { LicenceFinding, LicenceReview } from "./licences";
import type { VulnerabilityFinding, VulnerabilityReview } from "./vulnerabilities";

/** Each result is shown beside it: a code host wants a file of the repository, and the lists that a finding may be put on stand there. */
const file = "evenkeel.config.ts";

/**
 * What fails as SARIF 2.1.0, what has a reason as suppressed with it.
 * @param toolVersion version of this package
 */
export function auditSarif(
  toolVersion: string,
  licences: LicenceReview,
  vulnerabilities: VulnerabilityReview | undefined,
): Log {
  const rules: ReportingDescriptor[] = [
    { id: "licence", shortDescription: { text: "A package in a bundle has a licence that is not on the list." } },
    ...distinct(
      [...(vulnerabilities?.failing ?? []), ...(vulnerabilities?.accepted ?? [])].map(({ advisory, title, url }) => ({
        id: advisory,
        shortDescription: { text: title },
        helpUri: url,
      })),
    ),
  ];
  const results = [
    ...licences.refused.map((finding) => ofLicence(finding)),
    ...licences.accepted.map(({ reason, ...finding }) => ofLicence(finding, reason)),
    ...(vulnerabilities?.failing ?? []).map((finding) => ofAdvisory(finding)),
    ...(vulnerabilities?.accepted ?? []).map(({ reason, expires: _, ...finding }) => ofAdvisory(finding, reason)),
  ];
  return sarifOf({ driver: { name: "evenkeel audit", version: toolVersion }, rules, results });
}

const ofLicence = (finding: LicenceFinding, reason?: string): Result =>
  resultOf("licence", `${finding.package} ${finding.version} has ${finding.licence ?? "no licence"}`, finding, reason);

const ofAdvisory = (finding: VulnerabilityFinding, reason?: string): Result =>
  resultOf(
    finding.advisory,
    `${finding.package} ${finding.version}: ${finding.title} (${finding.severity})`,
    finding,
    reason,
  );

function resultOf(
  ruleId: string,
  what: string,
  finding: Pick<LicenceFinding, "package" | "version" | "bundles">,
  reason?: string,
): Result {
  return sarifResult({
    ruleId,
    text: `${what}; it is in ${finding.bundles.join(", ")}`,
    uri: file,
    logicalLocations: finding.bundles.map((name) => ({ name })),
    fingerprint: ["evenkeelAudit/v1", ruleId, finding.package, finding.version],
    reason,
  });
}

const distinct = (rules: readonly ReportingDescriptor[]): ReportingDescriptor[] => [
  ...new Map(rules.map((rule) => [rule.id, rule])).values(),
];
