import type { Violation } from "../../contract";
import {
  checkOptionsOf,
  describeAccepted,
  holdingData,
  othersIn,
  type Review,
  reasonsIn,
  reviewPlan,
  summarizePlans,
} from "../../gates";
import { screenOf } from "../../output";
import { type Plan, promote, type StackReport } from "../../terraform";
import { checkNothingIsLeftBehind } from "../deployment/left-behind";
import { Progress } from "../deployment/progress";
import { checkDeletable } from "../deployment/protected";
import { ask, checkSomebodyAnswers } from "../deployment/question";
import { lockedRun } from "../deployment/rollout-lock";
import { type RunOptions, runSafely } from "../deployment/run";
import { chosenStacks, enterWorkplace } from "../deployment/workplace";
import type { Outcome } from "../document";
import { outputsOf } from "../documents/outputs";
import { deployDocument } from "../documents/run";
import { note } from "../note";
import { checkPreviewLimit, isPreview, recordPreview } from "../previews/standing";
import project from "../project";
import { reviewData } from "../review-data";

export interface DeployOptions extends RunOptions {
  /** Whether the states are meant to be empty still. */
  readonly firstDeployment?: boolean;
}

/**
 * Deploys an environment: plans stack by stack in their order, checks each plan by the gates, asks, and applies exactly that
 * plan.
 * @returns exit code 0 when everything is deployed; 1 on a violation, a refusal or a failure; 128 + the signal's number after a
 *   signal
 */
export async function deploy(name: string, options: DeployOptions): Promise<Outcome> {
  const environment = project.findDeployable(name);
  if (!options.autoApprove) checkSomebodyAnswers(`deploy ${name}`);
  return lockedRun(environment, { verb: "deploy" }, async (signal) => {
    await checkPreviewLimit(environment);
    const workplace = await enterWorkplace(environment, "deploy");
    try {
      await recordPreview(environment, workplace);
      const only = chosenStacks(name, workplace.stacks, options.stacks);
      // Where states are still empty there is nothing to leave behind, and part of a deployment is no whole one.
      if (!options.firstDeployment && options.stacks === undefined) {
        await checkNothingIsLeftBehind(environment, workplace, signal);
      }
      const progress = new Progress(workplace.stacks.filter(only));
      const consent = new Consent(options.autoApprove ?? false, signal);
      // In the simulated cloud nothing can be made twice: its inventory refuses that.
      // In a preview nothing matters.
      const firstDeployment =
        options.firstDeployment ?? (Boolean(process.env.EVENKEEL_SIMULATED) || isPreview(environment));
      const review = { ...checkOptionsOf(environment), firstDeployment };
      const planned: Plan[] = [];
      // Those that are planned later read outputs too.
      const others = othersIn(workplace.output);
      const beside = reasonsIn(workplace.output);
      const violations: Violation[] = [];
      const allAccepted: Review["accepted"][number][] = [];
      const check = async (stack: string, plan: Plan): Promise<boolean> => {
        const { violations: found, accepted } = reviewPlan({ stack, plan, ...beside(stack) }, review, [
          ...planned,
          ...others(stack),
        ]);
        planned.push(plan);
        allAccepted.push(...accepted);
        for (const line of describeAccepted(accepted)) note(line);
        violations.push(...found);
        if (found.length > 0) return false;
        checkDeletable(environment, stack, plan);
        return consent.to(stack, plan);
      };
      const driver = {
        output: workplace.output,
        env: {},
        environment: name,
        only,
        signal,
        concurrency: options.concurrency,
        holdsData: holdingData(environment.toolkit.dataHoldingTypes),
      };
      let reports: StackReport[] = [];
      const run = async () => {
        reports = await promote({ ...driver, check, onEvent: progress.listener("planning") });
        return reports;
      };
      const end = await runSafely(progress, { verb: "deploy", environment: name, options, signal }, run);
      if (violations.length > 0) {
        note("Nothing more was applied. The plans that were refused changed nothing.");
      }
      const { unused: _, ...found } = reviewData({ violations, accepted: allAccepted, unused: [] });
      return deployDocument.outcome(
        { environment: name, ...end, outputs: outputsOf(reports), ...found },
        end.complete && violations.length === 0 ? 0 : 1,
      );
    } finally {
      workplace.leave();
    }
  });
}

/** Whether a person agrees to a plan; one question at a time, though plans of several stacks may be ready at once. */
class Consent {
  private previous: Promise<unknown> = Promise.resolve();
  private refused = false;

  constructor(
    private toAll: boolean,
    private readonly signal: AbortSignal,
  ) {}

  to(stack: string, plan: Plan): Promise<boolean> {
    const decided = this.previous.then(() => this.decide(stack, plan));
    this.previous = decided.catch(() => {});
    return decided;
  }

  private async decide(stack: string, plan: Plan): Promise<boolean> {
    if (this.refused) return false;
    const changes = summarizePlans([plan], screenOf(process.stderr));
    if (changes === "No changes." && !Object.values(plan.output_changes ?? {}).some(isChange)) return true;
    note(`${stack}:\n${changes}`);
    if (this.toAll) return true;
    const answer = await ask(
      `Apply this to ${stack}? (yes: this stack; all: this and the following; no) `,
      this.signal,
    );
    if (answer === "all") this.toAll = true;
    this.refused = answer !== "yes" && answer !== "all";
    return !this.refused;
  }
}

function isChange({ actions }: { readonly actions: readonly string[] }): boolean {
  return actions.some((action) => action !== "no-op");
}
