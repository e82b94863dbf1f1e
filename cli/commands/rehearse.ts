import { rmSync } from "node:fs";
import { join } from "node:path";
import { isStage, stages } from "../../config";
import project from "../../evenkeel.config";
import { renderViolations, summarizePlans } from "../../gates";
import { ConfigError } from "../../modules/core";
import { suggestion } from "../../modules/core/config";
import { appCommand, deploy, promote, synthesize } from "../../rehearsal";
import { startSimulator } from "../../simulator";

export interface RehearseOptions {
  readonly from: string;
  readonly to: string;
  /** Standby regions after the promotion, joined by commas; the environment's own unless given. */
  readonly standby?: string;
}

/** Deploys an environment at one stage to the simulated cloud and promotes it to another. @returns 1 on a violation */
export async function rehearse(name: string, options: RehearseOptions): Promise<number> {
  const environment = project.find(name).name;
  checkStages(options);
  const directory = join(".evenkeel", "rehearsal", environment);
  rmSync(directory, { recursive: true, force: true });
  const say = (text: string) => process.stderr.write(`${text}\n`);
  const simulator = await startSimulator({ directory });
  try {
    const { env } = simulator;
    const app = appCommand();
    const standby = options.standby?.split(",");
    const synthesizeAt = (stage: string, folder: string, regions?: readonly string[]) =>
      synthesize({ app, environment, stage, standby: regions, output: join(directory, folder), env });
    say(
      `Rehearsing ${environment}: ${options.from} -> ${options.to}${standby ? ` with ${standby.join(", ")} as standby` : ""}, on the simulated cloud; nothing is created in AWS.`,
    );
    const from = await synthesizeAt(options.from, "from");
    const to = await synthesizeAt(options.to, "to", standby);
    await deploy(from, env, (stack) => say(`  deploying ${stack}`));
    const promotions = await promote({ from, to, env, onStack: (stack) => say(`  promoting ${stack}`) });
    const violations = promotions.flatMap((promotion) => promotion.violations);
    process.stdout.write(`${summarizePlans(promotions.map(({ plan }) => plan))}\n`);
    process.stdout.write(`${renderViolations(violations)}\n`);
    return violations.length > 0 ? 1 : 0;
  } finally {
    await simulator.stop();
  }
}

function checkStages({ from: fromStage, to: toStage, standby }: RehearseOptions): void {
  const issues = Object.entries({ from: fromStage, to: toStage })
    .filter(([, stage]) => !isStage(stage))
    .map(([option, stage]) => ({
      path: `--${option}`,
      message: `is no stage; ${suggestion(stage, stages)}`,
      received: stage,
    }));
  if (issues.length > 0) throw new ConfigError("evenkeel rehearse", issues);
  const [from, to] = [fromStage, toStage].map((stage) => (stages as readonly string[]).indexOf(stage));
  // Further standby regions are a promotion as well.
  if (from !== undefined && to !== undefined && (from < to || (standby && from === to))) return;
  throw new ConfigError("evenkeel rehearse", [
    {
      path: "--to",
      message: `is no later stage than ${fromStage}; promotion goes ${stages.join(" -> ")}`,
      received: toStage,
    },
  ]);
}
