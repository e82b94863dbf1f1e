import type { Log, LogicalLocation, ReportingDescriptor, Result, ToolComponent } from "sarif";

/** What a tool found, for one run of a log. */
export interface SarifRun {
  readonly driver: Omit<ToolComponent, "rules">;
  readonly rules: readonly ReportingDescriptor[];
  readonly results: readonly Result[];
}

/**
 * Results as SARIF 2.1.0, for the pages of a code host and other viewers.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export const sarifOf = (...runs: readonly SarifRun[]): Log => ({
  $schema: "https://json.schemastore.org/sarif-2.1.0.json",
  version: "2.1.0",
  runs: runs.map(({ driver, rules, results }) => ({
    tool: { driver: { ...driver, rules: [...rules] } },
    results: [...results],
  })),
});

/** One finding. */
export interface SarifFinding {
  readonly ruleId: string;
  readonly text: string;
  /** File that it is shown beside, relative to the repository: a plan is no file of it. */
  readonly uri: string;
  readonly logicalLocations: LogicalLocation[];
  /** Name and parts of what viewers know a result by from run to run, as all of them have the same place. */
  readonly fingerprint: readonly [name: string, ...parts: string[]];
  /** Why it may stay so: it is then in the log as well, suppressed, and shown as dismissed. */
  readonly reason?: string;
}

/** A finding as a result of level error. */
export const sarifResult = ({ ruleId, text, uri, logicalLocations, fingerprint, reason }: SarifFinding): Result => {
  const [name, ...parts] = fingerprint;
  return {
    ruleId,
    level: "error",
    message: { text },
    locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: 1 } }, logicalLocations }],
    partialFingerprints: { [name]: parts.join("/") },
    ...(reason !== undefined && { suppressions: [{ kind: "inSource", justification: reason }] }),
  };
};
