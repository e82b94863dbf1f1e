import { join } from "node:path";
import type { EnvironmentDefinition } from "../../config";
import { planFirstDeployment } from "../../rehearsal";
import { appCommand, type DriverEvent, readPlan, readStackFolders, takeRunLock } from "../../terraform";
import type { DocumentData, Outcome } from "../document";
import { scanDocument } from "../documents/scan";
import { interruptible } from "../interruptible";
import { note } from "../note";
import project from "../project";
import { type Checkov, findCheckov } from "../scan/checkov";
import { isClean, type ScanReview } from "../scan/review";
import { sarifLog } from "../scan/sarif";
import { type StackPlan, scanPlans } from "../scan/scan-plans";
import { stageOption } from "../stage-option";
import { writtenFile } from "../written-file";

export interface ScanOptions {
  /** Stage to check; by default each environment's own. */
  readonly stage?: string;
  /** A cdktf output folder in which every stack has its `plan.json`; these plans are checked, and nothing is planned. */
  readonly plans?: string;
  /** Folder with checks of your own for Checkov. */
  readonly checks?: string;
  /** File for what fails, as SARIF. */
  readonly sarif?: string;
}

type Scanned = DocumentData<typeof scanDocument>["environments"][number];

/**
 * Plans environments on the simulated cloud as their first deployment would be, and checks the plans by Checkov.
 * @param names comma-separated environments; all of them by default
 * @returns exit code 1 if a check fails without a reason, or a reason is not needed
 * @throws ScannerError with exit code 2 if nothing was checked
 */
export async function scan(names: string | undefined, options: ScanOptions): Promise<Outcome> {
  const environments = project.load(names).map((environment) => ({
    environment,
    stage: stageOption("scan", options.stage, environment.input.stage),
  }));
  const checkov = await findCheckov({ env: process.env, cwd: process.cwd() });
  return interruptible(async (signal) => {
    const scanned: Scanned[] = [];
    for (const { environment, stage } of environments) {
      const directory = join(".evenkeel", "scan", environment.name);
      const leave = takeRunLock({
        file: `${directory}.lock`,
        what: `The scan of ${environment.name} in this checkout (${directory})`,
        command: `evenkeel scan ${environment.name}`,
      });
      try {
        const plans = options.plans
          ? plansIn(options.plans)
          : await firstPlans(environment, { stage, directory: join(directory, "plans"), signal });
        note(`  checking the plans by Checkov ${checkov.version}`);
        const { checks: ownChecks } = options;
        const checking = { ownChecks, directory: join(directory, "checks"), env: process.env, signal };
        const review = await scanPlans(checkov, plans, checking);
        scanned.push({ environment: environment.name, stage, stacks: plans.map(({ stack }) => stack), ...review });
      } finally {
        leave();
      }
    }
    const passed = scanned.every(isClean);
    const data = {
      passed,
      scanner: { name: "checkov" as const, version: checkov.version },
      environments: scanned,
      files: options.sarif === undefined ? [] : [writeSarif(options.sarif, checkov, scanned)],
    };
    return scanDocument.outcome(data, passed ? 0 : 1);
  });
}

interface PlanOptions {
  readonly stage: string;
  readonly directory: string;
  readonly signal: AbortSignal;
}

async function firstPlans({ name }: EnvironmentDefinition, options: PlanOptions): Promise<StackPlan[]> {
  const { stage } = options;
  note(`Planning the first deployment of ${name} at ${stage}, on the simulated cloud; nothing is created in AWS.`);
  return planFirstDeployment({
    ...options,
    app: appCommand(),
    environment: name,
    awsProvider: project.awsProvider,
    lambdaConcurrency: project.statedLambdaConcurrency,
    onEvent: (event: DriverEvent) => {
      if (event.type === "started") note(`  planning ${event.stack}`);
    },
  });
}

/** @throws PlanFileError with exit code 2 if a stack has no plan */
const plansIn = (output: string): StackPlan[] =>
  readStackFolders(output).map(({ name: stack, folder }) => {
    const file = join(folder, "plan.json");
    return { stack, folder, file, plan: readPlan(file) };
  });

function writeSarif(file: string, checkov: Checkov, scanned: readonly Scanned[]): string {
  const review: ScanReview = {
    passed: scanned.reduce((sum, { passed }) => sum + passed, 0),
    failed: scanned.flatMap(({ failed }) => failed),
    accepted: scanned.flatMap(({ accepted }) => accepted),
    unneeded: scanned.flatMap(({ unneeded }) => unneeded),
  };
  // Every environment is listed there, and the code host wants a file of the repository.
  return writtenFile(file, `${JSON.stringify(sarifLog(checkov, review, "evenkeel.config.ts"), null, 2)}\n`);
}
