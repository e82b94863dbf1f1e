import type { Log } from "sarif";
import { element, escapeXml } from "../../topology/xml";
import type { DocumentData } from "../document";
import type { gateDocument } from "../documents/gate";
import { sarifOf, sarifResult } from "../sarif";

type Data = DocumentData<typeof gateDocument>;
type Violation = Data["violations"][number];

/** A gate, as reports name it. */
export interface ReportedGate {
  readonly id: string;
  readonly statement: string;
  readonly why: string;
  /** Whether it checks nothing, as it was not asked for. */
  readonly notAsked?: boolean;
}

const tool = ({ tool: name = "evenkeel gate" }: Violation): string => name;
const placeOf = ({ stack, address }: Violation): string => (stack === undefined ? address : `${stack}/${address}`);

/**
 * Violations as SARIF 2.1.0, and what is acknowledged as suppressed; a run for each scanner, those whose results were read included.
 * @param version of this package
 * @param uri that each result is shown beside, relative to the repository: a plan is no file of it
 */
export function gateSarif(data: Data, gates: readonly ReportedGate[], version: string, uri: string): Log {
  const all = [
    ...data.violations.map((violation) => ({ violation, reason: undefined })),
    ...data.accepted.map(({ violation, acknowledged: { reason } }) => ({ violation, reason })),
  ];
  const others = [...new Set(all.map(({ violation }) => violation.tool))].filter((name) => name !== undefined);
  return sarifOf(
    ...[undefined, ...others].map((name) => {
      const found = all.filter(({ violation }) => violation.tool === name);
      return {
        driver: name === undefined ? { name: "evenkeel gate", version } : { name },
        rules:
          name === undefined
            ? gates.map(({ id, statement, why }) => ({
                id,
                shortDescription: { text: statement },
                fullDescription: { text: why },
              }))
            : [...new Set(found.map(({ violation }) => violation.rule))].map((id) => ({ id })),
        results: found.map(({ violation, reason }) =>
          sarifResult({
            ruleId: violation.rule,
            text: `${violation.address} ${violation.message}. ${violation.howToFix}`,
            uri,
            logicalLocations: [{ name: violation.address, fullyQualifiedName: placeOf(violation), kind: "resource" }],
            fingerprint: ["evenkeelGate/v1", violation.stack ?? "", violation.address, violation.rule],
            reason,
          }),
        ),
      };
    }),
  );
}

/**
 * The gates as JUnit's XML, which pipelines show as tests: a suite for each scanner, a case for each gate that passed and for each
 * violation; what is acknowledged is skipped, and so is a gate that was not asked for.
 * @see https://github.com/testmoapp/junitxml
 */
export function gateJunit(data: Data, gates: readonly ReportedGate[]): string {
  const all = [...data.violations, ...data.accepted.map(({ violation }) => violation)];
  const tools = [
    "evenkeel gate",
    ...new Set(data.violations.map(tool).concat(data.accepted.map((one) => tool(one.violation)))),
  ];
  const suites = [...new Set(tools)].map((name) => {
    const refused = data.violations.filter((violation) => tool(violation) === name);
    const accepted = data.accepted.filter(({ violation }) => tool(violation) === name);
    const broken = new Set(all.filter((one) => tool(one) === name).map(({ rule }) => rule));
    const passed = name === "evenkeel gate" ? gates.filter(({ id }) => !broken.has(id)) : [];
    const cases = [
      ...passed.map(({ id, statement, notAsked }) =>
        element(
          "testcase",
          { classname: id, name: statement, time: 0 },
          ...(notAsked ? [element("skipped", { message: "not asked for" })] : []),
        ),
      ),
      ...refused.map((violation) =>
        element(
          "testcase",
          { classname: violation.rule, name: placeOf(violation), time: 0 },
          element("failure", { message: violation.message, type: violation.rule }, escapeXml(violation.howToFix)),
        ),
      ),
      ...accepted.map(({ violation, acknowledged: { reason, expires } }) =>
        element(
          "testcase",
          { classname: violation.rule, name: placeOf(violation), time: 0 },
          element("skipped", { message: `acknowledged until ${expires}: ${reason}` }),
        ),
      ),
    ];
    const skipped = accepted.length + passed.filter(({ notAsked }) => notAsked).length;
    const counts = { tests: cases.length, failures: refused.length, errors: 0, skipped, time: 0 };
    return { counts, text: element("testsuite", { name, ...counts }, ...cases.map((one) => `\n    ${one}`), "\n  ") };
  });
  const sum = (name: "tests" | "failures" | "skipped") => suites.reduce((total, { counts }) => total + counts[name], 0);
  const totals = { tests: sum("tests"), failures: sum("failures"), errors: 0, skipped: sum("skipped"), time: 0 };
  const body = suites.map(({ text }) => `\n  ${text}`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", { name: "evenkeel gate", ...totals }, ...body, "\n")}\n`;
}
