import type { RecordedCode } from "../../modules/service-function";
import type { Outcome } from "../document";
import { auditDocument } from "../documents/audit";
import { interruptible } from "../interruptible";
import { note } from "../note";
import project from "../project";
import { codeOf } from "../supply-chain/bundles";
import { reviewLicences, usedPackages } from "../supply-chain/licences";
import { PackageReader } from "../supply-chain/packages";
import { auditSarif } from "../supply-chain/sarif";
import { type Advisories, npmAudit, reviewAdvisories } from "../supply-chain/vulnerabilities";
import { toolkitVersion } from "../toolkit-name";
import { writtenFile } from "../written-file";

export interface AuditOptions {
  /** Look at licences alone, and ask no registry. */
  readonly licencesOnly?: boolean;
  /** File for what fails, as SARIF. */
  readonly sarif?: string;
}

/** What `audit` asks beside the files of the project. */
export interface AuditSources {
  /** Asks what is known of the packages that are installed. */
  advisories(signal: AbortSignal): Promise<Advisories>;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

const ofThisMachine: AuditSources = {
  advisories: (signal) => npmAudit({ cwd: process.cwd(), env: process.env, signal }),
  today: new Date().toISOString().slice(0, 10),
};

/**
 * Checks the packages that are in bundles: their licences by the project's list, and what the registry knows of vulnerabilities.
 * @param names comma-separated environments; all of them by default
 * @returns exit code 1 for a finding without a reason or a reason without a finding; 2 if vulnerabilities were to be checked and were not
 */
export async function audit(
  names: string | undefined,
  options: AuditOptions,
  sources: AuditSources = ofThisMachine,
): Promise<Outcome> {
  const environments = project.load(names);
  const { licences: licenceTerms, vulnerabilities: terms } = project.audit;
  return interruptible(async (signal) => {
    const reader = new PackageReader();
    const code = environments.map((environment) => {
      note(`Bundling ${environment.name}`);
      return codeOf(environment);
    });
    const bundles = code.flatMap((each) =>
      each.bundles.map((bundle) => ({ entry: bundle.entry, packages: reader.of(bundle) })),
    );
    const used = usedPackages(bundles);
    const licences = reviewLicences(used, licenceTerms);
    const known = options.licencesOnly ? undefined : await sources.advisories(signal);
    const vulnerabilities = known?.checked
      ? reviewAdvisories(known.advisories, used, terms, { today: sources.today, project: process.cwd() })
      : undefined;
    const findings = licences.refused.length + (vulnerabilities?.failing.length ?? 0);
    const unneeded = [...licences.unneeded, ...(vulnerabilities?.unneeded ?? [])];
    const notChecked = known && !known.checked ? known.why : null;
    const passed = findings === 0 && unneeded.length === 0 && notChecked === null;
    const data = {
      passed,
      environments: environments.map(({ name }) => name),
      bundles: new Set(bundles.map(({ entry }) => entry)).size,
      packages: used.length,
      licences: { fitting: licences.fitting, refused: [...licences.refused], accepted: [...licences.accepted] },
      vulnerabilities: vulnerabilities
        ? {
            failing: [...vulnerabilities.failing],
            accepted: [...vulnerabilities.accepted],
            below: vulnerabilities.below,
            failOn: terms.failOn,
          }
        : null,
      notChecked,
      notListed: joined(code.flatMap((each) => each.notListed)),
      unneeded,
      files:
        options.sarif === undefined
          ? []
          : [
              writtenFile(
                options.sarif,
                `${JSON.stringify(auditSarif(toolkitVersion(), licences, vulnerabilities), null, 2)}\n`,
              ),
            ],
    };
    return auditDocument.outcome(data, passed ? 0 : findings > 0 || unneeded.length > 0 ? 1 : 2);
  });
}

/** Code of several environments, each once. */
function joined(all: readonly RecordedCode[]) {
  const functions = new Map<string, number>();
  for (const { kind, name, usedBy } of all) {
    const key = `${kind} ${name}`;
    functions.set(key, (functions.get(key) ?? 0) + usedBy.length);
  }
  return [...new Map(all.map((each) => [`${each.kind} ${each.name}`, each]))].map(([key, { kind, name: code }]) => ({
    kind,
    code,
    functions: functions.get(key) ?? 0,
  }));
}
