import type { Violation } from "../../contract";
import { describeAccepted, describeAcknowledgeable, renderViolations, reviewPlan, summarizePlans } from "../../gates";
import { type Plan, promote } from "../../terraform";
import { note, Progress } from "../deployment/progress";
import { ask, checkSomebodyAnswers } from "../deployment/question";
import { type RunOptions, runSafely, say } from "../deployment/run";
import { chosenStacks, enterWorkplace } from "../deployment/workplace";
import { interruptible } from "../interruptible";
import project from "../project";

export interface DeployOptions extends RunOptions {
  /** Whether the states are meant to be empty still. */
  readonly firstDeployment?: boolean;
}

/**
 * Deploys an environment: plans stack by stack in their order, checks each plan by the gates, asks, and applies exactly that
 * plan.
 * @returns 0 when everything is deployed; 1 on a violation, a refusal or a failure; 128 + the signal's number after a signal
 */
export async function deploy(name: string, options: DeployOptions): Promise<number> {
  const environment = project.find(name);
  if (!options.autoApprove) checkSomebodyAnswers(`deploy ${name}`);
  return interruptible(async (signal) => {
    const workplace = await enterWorkplace(environment, "deploy");
    try {
      const only = chosenStacks(name, workplace.stacks, options.stacks);
      const progress = new Progress(workplace.stacks.filter(only), options.json ?? false);
      const consent = new Consent(options.autoApprove ?? false, signal);
      const { gates, dataHoldingTypes } = environment.toolkit;
      // In the simulated cloud nothing can be made twice: its inventory refuses that.
      const firstDeployment = options.firstDeployment ?? Boolean(process.env.EVENKEEL_SIMULATED);
      const review = {
        gates,
        dataHoldingTypes,
        acknowledgedRemovals: environment.acknowledgedRemovals,
        firstDeployment,
      };
      const planned: Plan[] = [];
      const violations: Violation[] = [];
      const check = async (stack: string, plan: Plan): Promise<boolean> => {
        const { violations: found, accepted } = reviewPlan({ stack, plan }, review, planned);
        planned.push(plan);
        for (const line of describeAccepted(accepted)) note(line);
        violations.push(...found);
        if (found.length > 0) return false;
        return consent.to(stack, plan);
      };
      const driver = {
        output: workplace.output,
        env: {},
        environment: name,
        only,
        signal,
        concurrency: options.concurrency,
      };
      const run = () => promote({ ...driver, check, onEvent: progress.listener("planning") });
      const code = await runSafely(progress, { verb: "deploy", environment: name, options, signal }, run);
      if (violations.length > 0) {
        say(options, [renderViolations(violations), ...describeAcknowledgeable(violations)].join("\n"));
        note("Nothing more was applied. The plans that were refused changed nothing.");
        if (options.json) process.stdout.write(`${JSON.stringify({ type: "violations", violations })}\n`);
      }
      return violations.length > 0 ? 1 : code;
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
    const changes = summarizePlans([plan]);
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
