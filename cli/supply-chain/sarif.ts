import type { Log, ReportingDescriptor, Result } from "sarif";
import type { LicenceFinding, LicenceReview } from "./licences";
import type { VulnerabilityFinding, VulnerabilityReview } from "./vulnerabilities";

/** Each result is shown beside it: a code host wants a file of the repository, and the lists that a finding may be put on stand there. */
const file = "evenkeel.config.ts";

/**
 * What fails as SARIF 2.1.0, what has a reason as suppressed with it.
 * @param toolVersion version of this package
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
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
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver: { name: "evenkeel audit", version: toolVersion, rules } }, results }],
  };
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
  return {
    ruleId,
    level: "error",
    message: { text: `${what}; it is in ${finding.bundles.join(", ")}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: file }, region: { startLine: 1 } },
        logicalLocations: finding.bundles.map((name) => ({ name })),
      },
    ],
    // Viewers know a result by it from run to run, as all of them have the same place.
    partialFingerprints: { "evenkeelAudit/v1": [ruleId, finding.package, finding.version].join("/") },
    ...(reason !== undefined && { suppressions: [{ kind: "inSource", justification: reason }] }),
  };
}

const distinct = (rules: readonly ReportingDescriptor[]): ReportingDescriptor[] => [
  ...new Map(rules.map((rule) => [rule.id, rule])).values(),
];
