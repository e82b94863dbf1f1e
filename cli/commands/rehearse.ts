import { join } from "node:path";
import { isStage, stages } from "../../config";
import {
  describeAccepted,
  describeAcknowledgeable,
  renderViolations,
  summarizePlans,
  unusedAcknowledgements,
} from "../../gates";
import { ConfigError } from "../../modules/core";
import { suggestion } from "../../modules/core/messages";
import { rehearse as rehearsePromotion } from "../../rehearsal";
import { appCommand, type DriverEvent, takeRunLock } from "../../terraform";
import { interruptible } from "../interruptible";
import project from "../project";

export interface RehearseOptions {
  readonly from: string;
  readonly to: string;
  /** Comma-separated standby regions after the promotion; by default the environment's own. */
  readonly standby?: string;
}

/** Deploys an environment at one stage to the simulated cloud and promotes it to another. @returns 1 on a violation */
export async function rehearse(name: string, options: RehearseOptions): Promise<number> {
  const { name: environment, toolkit, acknowledgedRemovals } = project.find(name);
  checkStages(options);
  const { from, to } = options;
  const standby = options.standby?.split(",");
  const say = (text: string) => process.stderr.write(`${text}\n`);
  const sayStarted = (doing: string) => (event: DriverEvent) => {
    if (event.type === "started") say(`  ${doing} ${event.stack}`);
  };
  const directory = join(".evenkeel", "rehearsal", environment);
  // Two rehearsals at once would empty each other's folder; the lock ends with this process.
  takeRunLock({
    file: `${directory}.lock`,
    what: `The rehearsal of ${environment} in this checkout (${directory})`,
    command: `evenkeel rehearse ${environment}`,
  });
  return interruptible(async (signal) => {
    const wider = standby ? ` with ${standby.join(", ")} as standby` : "";
    say(`Rehearsing ${environment}: ${from} -> ${to}${wider}, on the simulated cloud; nothing is created in AWS.`);
    const promotions = await rehearsePromotion({
      app: appCommand(),
      environment,
      from,
      to,
      standby,
      awsProvider: project.awsProvider,
      lambdaConcurrency: project.statedLambdaConcurrency,
      gates: toolkit.gates,
      dataHoldingTypes: toolkit.dataHoldingTypes,
      acknowledgedRemovals,
      directory,
      signal,
      onDeploy: sayStarted("deploying"),
      onPromote: sayStarted("promoting"),
    });
    const violations = promotions.flatMap((promotion) => promotion.violations);
    process.stdout.write(`${summarizePlans(promotions.map(({ plan }) => plan))}\n`);
    const accepted = promotions.flatMap((promotion) => promotion.accepted);
    const stacks = promotions.map(({ stack }) => stack);
    const unused = unusedAcknowledgements(acknowledgedRemovals, stacks, { violations, accepted });
    for (const line of [...describeAccepted(accepted), ...unused]) process.stdout.write(`${line}\n`);
    process.stdout.write(`${renderViolations(violations)}\n`);
    for (const line of describeAcknowledgeable(violations)) process.stdout.write(`${line}\n`);
    return violations.length > 0 ? 1 : 0;
  });
}

function checkStages({ from: fromStage, to: toStage, standby }: RehearseOptions): void {
  const issues = Object.entries({ from: fromStage, to: toStage })
    .filter(([, stage]) => !isStage(stage))
    .map(([option, stage]) => ({
      path: `--${option}`,
      message: `is not a stage; ${suggestion(stage, stages)}`,
      received: stage,
    }));
  if (issues.length > 0) throw new ConfigError("evenkeel rehearse", issues);
  const [from, to] = [fromStage, toStage].map((stage) => (stages as readonly string[]).indexOf(stage));
  // Adding standby regions is a promotion as well.
  if (from !== undefined && to !== undefined && (from < to || (standby && from === to))) return;
  throw new ConfigError("evenkeel rehearse", [
    {
      path: "--to",
      message: `is not a later stage than ${fromStage}; promotion goes ${stages.join(" -> ")}`,
      received: toStage,
    },
  ]);
}
