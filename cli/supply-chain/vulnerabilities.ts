import { relative, sep } from "node:path";
import { z } from "zod";
import { type AdvisorySeverity, type Audit, advisorySeverities } from "../../config";
import { runProcess } from "../../terraform";
import type { UsedPackage } from "./licences";

/** What the registry knows, or why it was not asked. */
export type Advisories =
  | { readonly checked: true; readonly advisories: readonly Advisory[] }
  | { readonly checked: false; readonly why: string };

/** An advisory about a package that is installed. */
export interface Advisory {
  /** `GHSA-…` */
  readonly id: string;
  readonly package: string;
  readonly title: string;
  readonly severity: AdvisorySeverity;
  readonly url: string;
  /** Versions that it is about, as a range. */
  readonly range: string;
  /** Folders that have such a version, relative to the project. */
  readonly folders: readonly string[];
}

const advisory = z.object({
  source: z.union([z.number(), z.string()]),
  name: z.string(),
  title: z.string(),
  url: z.string(),
  severity: z.string(),
  range: z.string(),
});

const report = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(
    z.string(),
    z.object({ via: z.array(z.union([z.string(), advisory])), nodes: z.array(z.string()) }),
  ),
});

const failure = z.object({
  message: z.string().optional(),
  error: z.object({ code: z.string().nullish(), summary: z.string().nullish() }).optional(),
});

/**
 * Asks the registry of the project by `npm audit` what is known of the packages that are installed.
 * @param npm the program; the one on PATH by default
 */
export async function npmAudit(
  { cwd, env, signal }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly signal?: AbortSignal },
  npm = "npm",
): Promise<Advisories> {
  try {
    // Everything: what is bundled may be a dependency for development.
    const { stdout, stderr } = await runProcess(npm, ["audit", "--json"], { cwd, env, signal });
    return advisoriesIn(stdout, stderr);
  } catch (error) {
    if (signal?.aborted) throw error;
    return { checked: false, why: `npm does not run: ${firstLine((error as Error).message)}` };
  }
}

/** Reads what `npm audit --json` prints. Anything but a report is no answer, whatever npm ends with. */
export function advisoriesIn(stdout: string, stderr: string): Advisories {
  let printed: unknown;
  try {
    printed = JSON.parse(stdout);
  } catch {
    return { checked: false, why: firstLine(stderr) || "npm audit printed no report" };
  }
  const { data } = report.safeParse(printed);
  if (!data) {
    const { message, error } = failure.safeParse(printed).data ?? {};
    const why = message ?? [error?.code, error?.summary].filter(Boolean).join(": ");
    return { checked: false, why: firstLine(why || stderr) || "npm audit printed no report" };
  }
  const advisories = Object.values(data.vulnerabilities).flatMap(({ via, nodes }) =>
    via.flatMap((each) => (typeof each === "string" ? [] : [advisoryOf(each, nodes)])),
  );
  return { checked: true, advisories };
}

function advisoryOf(
  { source, name, title, url, severity, range }: z.output<typeof advisory>,
  folders: readonly string[],
): Advisory {
  const known = advisorySeverities.find((each) => each === severity);
  return {
    id: /GHSA(-\w{4}){3}/.exec(url)?.[0] ?? String(source),
    package: name,
    title,
    // npm has also "info", which harms nobody, and may get another that is not known here.
    severity: known ?? (severity === "info" ? "low" : "critical"),
    url,
    range,
    folders,
  };
}

/** An advisory about a package that is in bundles. */
export interface VulnerabilityFinding {
  readonly advisory: string;
  readonly package: string;
  readonly version: string;
  readonly severity: AdvisorySeverity;
  readonly title: string;
  readonly url: string;
  readonly bundles: string[];
}

export interface VulnerabilityReview {
  readonly failing: readonly VulnerabilityFinding[];
  readonly accepted: readonly (VulnerabilityFinding & { readonly reason: string; readonly expires: string })[];
  /** How many are of a severity that does not fail. */
  readonly below: number;
  /** Advisories that are accepted and that nothing in bundles has. */
  readonly unneeded: readonly { readonly of: string; readonly reason: string }[];
}

/**
 * The advisories about packages that are in bundles: what is installed and not bundled harms no function.
 * @param today `YYYY-MM-DD`
 * @param project folder that the folders of advisories are relative to
 */
export function reviewAdvisories(
  advisories: readonly Advisory[],
  used: readonly UsedPackage[],
  { failOn, accepted }: Audit["vulnerabilities"],
  { today, project }: { readonly today: string; readonly project: string },
): VulnerabilityReview {
  const folderOf = (folder: string) => relative(project, folder).split(sep).join("/");
  const findings = advisories.flatMap(({ id, severity, title, url, folders, ...each }) =>
    used
      .filter(({ found }) => found.name === each.package && folders.includes(folderOf(found.folder)))
      .map(({ found, bundles }) => ({
        advisory: id,
        package: each.package,
        version: found.version,
        severity,
        title,
        url,
        bundles: [...bundles],
      })),
  );
  const reasons = new Map(accepted.filter(({ expires }) => today < expires).map((each) => [each.advisory, each]));
  const counting = findings.filter(
    ({ severity }) => advisorySeverities.indexOf(severity) >= advisorySeverities.indexOf(failOn),
  );
  const found = new Set(findings.map(({ advisory: id }) => id));
  return {
    failing: counting.filter(({ advisory: id }) => !reasons.has(id)),
    accepted: counting.flatMap((finding) => {
      const known = reasons.get(finding.advisory);
      return known ? [{ ...finding, reason: known.reason, expires: known.expires }] : [];
    }),
    below: findings.length - counting.length,
    unneeded: accepted.flatMap(({ advisory: of, reason }) => (found.has(of) ? [] : [{ of, reason }])),
  };
}

const firstLine = (text: string): string =>
  text
    .trim()
    .split("\n")[0]
    ?.replace(/^npm (error|ERR!) /, "") ?? "";
