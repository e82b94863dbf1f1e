import { loadProjectIfAny, type Project } from "../../config";
import type { GateSettings, Violation } from "../../contract";
import { acceptedChecksBeside, gates, NotCheckedError, reviewPlanFiles, stackOf } from "../../gates";
import type { Outcome } from "../document";
import { gateDocument } from "../documents/gate";
import { foldersOf, type OtherFinding, readOtherResults } from "../gate/other-results";
import { gateJunit, gateSarif } from "../gate/reports";
import { note } from "../note";
import { reviewData } from "../review-data";
import { toolkitVersion } from "../toolkit-name";
import { writtenFile } from "../written-file";

export interface GateOptions {
  /** Whether the states are meant to be empty still. */
  readonly firstDeployment?: boolean;
  /** Whether the plans are applied together, as one wave. */
  readonly wave?: boolean;
  /** Whether recovery has to work without a control plane and without us-east-1. */
  readonly staticStability?: boolean;
  /** Keys of tags, with commas, that what is created has; beside those that the organisation requires. */
  readonly requireTags?: string;
  /** Most that the plans may add to the costs of a month, in US dollars. */
  readonly maxCostIncrease?: number;
  /** Files with results of other scanners. */
  readonly results?: readonly string[];
  /** File for what is found, as SARIF. */
  readonly sarif?: string;
  /** File for what is found, as JUnit's XML. */
  readonly junit?: string;
}

/**
 * Checks plan files of any Terraform by the gates, in the folder of a project also by its own gates and with what it
 * acknowledges. Where nothing is acknowledged, a note says why: what is acknowledged somewhere else is refused here.
 * @returns exit code 0 when every plan passes every gate, 1 for a violation
 * @throws UserError with exit code 2 when nothing was checked
 */
export async function gate(files: readonly string[], options: GateOptions = {}): Promise<Outcome> {
  const { firstDeployment = false } = options;
  const project = loadProjectIfAny();
  const stacks = [...new Set(files.map(stackOf))];
  for (const line of withoutAcknowledgements(project, stacks)) note(line);
  const own = project && {
    gates: project.gates,
    dataHoldingTypes: project.dataHoldingTypes,
    acknowledgedRemovals: project.acknowledgedRemovalsIn(stacks),
    acknowledgedFindings: project.acknowledgedFindingsIn(stacks),
    leaving: project.leavingIn(stacks),
  };
  const settings = await settingsOf(options, project, stacks);
  const results = (options.results ?? []).map((file) => read(file, files));
  const found = results.flatMap(({ violations }) => violations);
  const review = reviewData(reviewPlanFiles(files, { ...own, settings, firstDeployment }, found));
  const passed = review.violations.length === 0;
  const plans = files.map((file) => ({ file, stack: stackOf(file) }));
  const { sarif, junit } = options;
  const data = {
    passed,
    plans,
    ...review,
    results: results.map(({ violations: _, ...one }) => one),
    files: [sarif, junit].filter((file) => file !== undefined),
  };
  const asked: Readonly<Record<string, boolean>> = {
    "one-region-per-wave": settings.wave === true,
    "static-stability": settings.staticStability === true,
    "required-tags": Object.keys(settings.requiredTags ?? {}).length > 0,
    "cost-increase": settings.maxCostIncreaseUsd !== undefined,
  };
  const known = [...gates, ...(own?.gates ?? [])].map(({ id, statement, why }) => ({
    id,
    statement,
    why,
    notAsked: asked[id] === false,
  }));
  if (sarif !== undefined) {
    // Every environment is listed there, and a code host wants a file of the repository.
    const uri = project ? "evenkeel.config.ts" : (files[0] ?? "plan.json");
    writtenFile(sarif, `${JSON.stringify(gateSarif(data, known, toolkitVersion(), uri), null, 2)}\n`);
  }
  if (junit !== undefined) writtenFile(junit, gateJunit(data, known));
  return gateDocument.outcome(data, passed ? 0 : 1);
}

/** What was asked for, by options and by the organisation. @throws NotCheckedError for a limit of costs that nothing can be said of */
async function settingsOf(
  { wave, staticStability, requireTags = "", maxCostIncrease }: GateOptions,
  project: Project | undefined,
  stacks: readonly string[],
): Promise<GateSettings> {
  const asked = requireTags
    .split(",")
    .map((key) => key.trim())
    .filter((key) => key !== "");
  const requiredTags = {
    ...Object.fromEntries(asked.map((key) => [key, {}])),
    ...project?.organisation.limits.requiredTags,
  };
  const settings: GateSettings = { wave, staticStability, requiredTags };
  if (maxCostIncrease === undefined) return settings;
  const environments = project?.environments ?? [];
  const unknown = stacks.filter((stack) => !environments.some(({ name }) => stack.startsWith(`${name}-`)));
  if (unknown.length === stacks.length) {
    throw new NotCheckedError(
      `--max-cost-increase: the costs of ${unknown.join(", ")} are not known, as no environment of a project here has such a stack; run this in the folder of the project, or leave the option out`,
    );
  }
  if (unknown.length > 0) {
    note(
      `--max-cost-increase counts nothing for ${unknown.join(", ")}: no environment of this project has such a stack.`,
    );
  }
  const { plannedCosts } = await import("../gate/planned-costs.js");
  return { ...settings, maxCostIncreaseUsd: maxCostIncrease, costsOf: plannedCosts(environments) };
}

/** The results of another scanner, without what has a reason in code. */
function read(file: string, plans: readonly string[]) {
  const { tool, findings } = readOtherResults(file);
  const folders = foldersOf(plans);
  const isReasoned = ({ stack, address, rule }: OtherFinding): boolean => {
    const folder = folders.get(stack ?? "");
    const reasons = folder === undefined ? [] : acceptedChecksBeside(folder);
    return reasons.some((one) => one.check === rule && one.address === address);
  };
  const open = findings.filter((finding) => !isReasoned(finding));
  const violations = open.map(
    ({ message, ...finding }): Violation => ({
      ...finding,
      message: `fails: ${message}`,
      acknowledgedAs: finding.address,
      howToFix: `change it as ${finding.tool} asks for; if it may stay so, name it under acknowledgedFindings of the environment${finding.tool === "Checkov" ? ", or give its reason in code by acceptFinding" : ""}`,
    }),
  );
  return { file, tool, findings: findings.length, reasoned: findings.length - open.length, violations };
}

/** Why nothing is acknowledged in some of the plans: there is no project, or they are of none of its environments. */
function withoutAcknowledgements(project: Project | undefined, stacks: readonly string[]): readonly string[] {
  if (!project) {
    return [
      `Acknowledged removals are not known: there is no evenkeel.config.ts in ${process.cwd()}, so whatever a project acknowledges, or says that it leaves, is refused, and a project's own gates are not checked. For plans of a project, run this in its folder.`,
    ];
  }
  const names = project.environments.map(({ name }) => name);
  const others = stacks.filter((stack) => !names.some((name) => stack.startsWith(`${name}-`)));
  if (others.length === 0) return [];
  return [
    `Acknowledged removals are not known for ${others.map((stack) => JSON.stringify(stack)).join(", ")}: no environment of this project (${names.join(", ")}) has such a stack. A plan is of the stack that its folder is called after, as in cdktf.out/stacks/prod-data/plan.json.`,
  ];
}
