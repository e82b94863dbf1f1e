import { appendFileSync, existsSync, statSync } from "node:fs";
import { UserError } from "../../errors";
import type { PlanData } from "./rollout-summary";

/**
 * Annotations of one kind that GitHub shows for a step; further ones are dropped.
 * @see https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md#limitations
 */
const annotationsOfAKind = 10;

/** Bytes that the summary of a step may have. */
const summaryBytes = 1024 * 1024;

type Kind = "error" | "warning" | "notice";

interface Annotation {
  readonly kind: Kind;
  readonly title: string;
  readonly message: string;
}

/**
 * What a plan says, as commands of a workflow: an error for each violation and each stack that cannot be applied so, a warning for what is lost although the environment
 * acknowledges it, a notice for each stack that was planned on predicted outputs.
 * @see https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function annotations(plan: PlanData): string[] {
  const errors = [
    ...plan.unpredictable.map(
      ({ stack }): Annotation => ({
        kind: "error",
        title: stack,
        message: "The simulated cloud refuses it, or what it puts out cannot be foretold; the log says why.",
      }),
    ),
    ...plan.violations.map(({ rule, stack, address, message }) => annotation("error", rule, stack, address, message)),
  ];
  const warnings = plan.accepted.map(({ violation: { rule, stack, address, message }, acknowledged }) =>
    annotation("warning", rule, stack, address, `${message} Acknowledged until ${acknowledged.expires}.`),
  );
  const notices = plan.stacks
    .filter(({ predictedFrom }) => predictedFrom.length > 0)
    .map(
      ({ stack, predictedFrom }): Annotation => ({
        kind: "notice",
        title: stack,
        message: `Planned on predicted outputs of ${predictedFrom.join(", ")}; it is planned again before it is applied.`,
      }),
    );
  if (plan.unchanged.length > 0) {
    notices.push({
      kind: "notice",
      title: plan.environment,
      message: `Unchanged since the base, and not planned: ${plan.unchanged.join(", ")}.`,
    });
  }
  return [errors, warnings, notices].flatMap((all) => shown(all).map(command));
}

/** The command that marks a run whose plan could not be made. */
export const failureAnnotation = (environment: string): string =>
  command({ kind: "error", title: environment, message: "The rollout could not be planned; the log says why." });

function annotation(
  kind: Kind,
  title: string,
  stack: string | undefined,
  address: string,
  message: string,
): Annotation {
  return { kind, title, message: `${stack ? `${stack} ` : ""}${address}: ${message}` };
}

/** As many as are shown, the last of which says how many are not. */
function shown(all: readonly Annotation[]): readonly Annotation[] {
  if (all.length <= annotationsOfAKind) return all;
  const first = all.slice(0, annotationsOfAKind - 1);
  const [{ kind, title }] = all as [Annotation];
  return [...first, { kind, title, message: `${all.length - first.length} more are in the summary.` }];
}

const command = ({ kind, title, message }: Annotation): string =>
  `::${kind} title=${property(title)}::${escaped(message)}`;
const escaped = (text: string): string => text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text: string): string => escaped(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

/** Outputs of a step, for the steps and jobs after it. */
export const stepOutputs = ({ bundle, hasChanges, passed }: PlanData): Readonly<Record<string, string>> => ({
  bundle: bundle ?? "",
  digest: /-([0-9a-f]{64})\.rollout$/.exec(bundle ?? "")?.[1] ?? "",
  "has-changes": String(hasChanges),
  passed: String(passed),
});

/** The files of a step, which GitHub reads after it. */
export interface StepFiles {
  readonly summary: string;
  readonly output: string;
}

/** @throws UserError outside of a workflow */
export function stepFiles({ GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: output }: NodeJS.ProcessEnv): StepFiles {
  if (!summary || !output) {
    throw new UserError(
      "--github: needs GITHUB_STEP_SUMMARY and GITHUB_OUTPUT, which GitHub Actions sets for each step; use --summary <file> elsewhere",
    );
  }
  return { summary, output };
}

/** How many bytes a step can still add to its summary. */
export const summaryBytesLeft = ({ summary }: StepFiles): number =>
  summaryBytes - (existsSync(summary) ? statSync(summary).size : 0) - 1;

export const addSummary = ({ summary }: StepFiles, text: string): void => appendFileSync(summary, text);

export const addOutputs = ({ output }: StepFiles, outputs: Readonly<Record<string, string>>): void =>
  appendFileSync(
    output,
    Object.entries(outputs)
      .map(([name, value]) => `${name}=${value.replace(/[\r\n]/g, " ")}\n`)
      .join(""),
  );

/** Address of the run of a workflow or of a job of GitLab; undefined elsewhere. */
export function runAddress(env: NodeJS.ProcessEnv): string | undefined {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id, CI_JOB_URL: job } = env;
  return server && repository && id ? `${server}/${repository}/actions/runs/${id}` : job || undefined;
}
