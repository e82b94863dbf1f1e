import { join } from "node:path";
import { isStage, type Stage, stages } from "../../config";
import { checkOptionsOf, planSummary, unusedAcknowledgements } from "../../gates";
import { ConfigError } from "../../modules/core";
import { suggestion } from "../../modules/core/messages";
import { rehearse as rehearsePromotion } from "../../rehearsal";
import { appCommand, type DriverEvent, takeRunLock } from "../../terraform";
import type { Outcome } from "../document";
import { rehearseDocument } from "../documents/rehearse";
import { interruptible } from "../interruptible";
import { note } from "../note";
import project from "../project";
import { reviewData } from "../review-data";

export interface RehearseOptions {
  readonly from: string;
  readonly to: string;
  /** Comma-separated standby regions after the promotion; by default the environment's own. */
  readonly standby?: string;
}

/** Deploys an environment at one stage to the simulated cloud and promotes it to another. @returns exit code 1 on a violation */
export async function rehearse(name: string, options: RehearseOptions): Promise<Outcome> {
  const found = project.find(name);
  const { name: environment } = found;
  const { from, to } = checkedStages(options);
  const standby = options.standby?.split(",");
  const directory = join(".evenkeel", "rehearsal", environment);
  // Two rehearsals at once would empty each other's folder; the lock ends with this process.
  takeRunLock({
    file: `${directory}.lock`,
    what: `The rehearsal of ${environment} in this checkout (${directory})`,
    command: `evenkeel rehearse ${environment}`,
  });
  return interruptible(async (signal) => {
    const wider = standby ? ` with ${standby.join(", ")} as standby` : "";
    note(`Rehearsing ${environment}: ${from} -> ${to}${wider}, on the simulated cloud; nothing is created in AWS.`);
    const promotions = await rehearsePromotion({
      app: appCommand(),
      environment,
      from,
      to,
      standby,
      awsProvider: project.awsProvider,
      lambdaConcurrency: project.statedLambdaConcurrency,
      ...checkOptionsOf(found),
      directory,
      signal,
      onSynthesize: (stage) => note(`  synthesizing at ${stage}`),
      onDeploy: sayStarted("deploying"),
      onPromote: sayStarted("promoting"),
    });
    const violations = promotions.flatMap((promotion) => promotion.violations);
    const accepted = promotions.flatMap((promotion) => promotion.accepted);
    const stacks = promotions.map(({ stack }) => stack);
    const unused = unusedAcknowledgements(found.acknowledgedRemovals, stacks, { violations, accepted });
    const passed = violations.length === 0;
    const data = {
      environment,
      from,
      to,
      standbyRegions: standby ?? null,
      passed,
      stacks,
      changes: planSummary(promotions.map(({ plan }) => plan)),
      ...reviewData({ violations, accepted, unused }),
    };
    return rehearseDocument.outcome(data, passed ? 0 : 1);
  });
}

const sayStarted = (doing: string) => (event: DriverEvent) => {
  if (event.type === "started") note(`  ${doing} ${event.stack}`);
};

function checkedStages({ from: fromStage, to: toStage, standby }: RehearseOptions): { from: Stage; to: Stage } {
  const issues = Object.entries({ from: fromStage, to: toStage })
    .filter(([, stage]) => !isStage(stage))
    .map(([option, stage]) => ({
      path: `--${option}`,
      message: `is not a stage; ${suggestion(stage, stages)}`,
      received: stage,
    }));
  if (issues.length > 0) throw new ConfigError("evenkeel rehearse", issues);
  const [from, to] = [fromStage, toStage] as [Stage, Stage];
  // Adding standby regions is a promotion as well.
  if (stages.indexOf(from) < stages.indexOf(to) || (standby && from === to)) return { from, to };
  throw new ConfigError("evenkeel rehearse", [
    {
      path: "--to",
      message: `is not a later stage than ${fromStage}; promotion goes ${stages.join(" -> ")}`,
      received: toStage,
    },
  ]);
}
