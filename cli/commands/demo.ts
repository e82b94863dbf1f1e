import { rmSync } from "node:fs";
import { join } from "node:path";
import pc from "picocolors";
import { type Stage, stages, stageTable } from "../../config";
import { startSimulator } from "../../simulator";
import { appCommand, type DriverEvent, deploy, type StackReport, synthesize, takeRunLock } from "../../terraform";
import { interruptible } from "../interruptible";
import { plainTable } from "../plain-table";
import project from "../project";
import { actionsTable, placementTable, type ResourceAction } from "./demo-tables";
import { recoveryReport } from "./recovery";
import { resourceRegions } from "./resource-regions";

const directory = join(".evenkeel", "demo");

/**
 * Deploys an environment to the simulated cloud and promotes it through every stage, and prints what each step did.
 * Starts from an empty simulation each time, and only writes to `.evenkeel/demo`.
 * @param name by default the project's first environment
 * @returns the exit code
 */
export async function demo(print: (text: string) => void, name?: string): Promise<number> {
  const started = Date.now();
  const [first] = project.load(name);
  const environment = first?.name ?? "";
  // Two demos at once would empty each other's folder; the lock ends with this process.
  takeRunLock({
    file: `${directory}.lock`,
    what: `The demo of this checkout (${directory})`,
    command: "evenkeel demo",
  });
  rmSync(directory, { recursive: true, force: true });
  print(pc.bold(`Evenkeel: environment "${environment}" through all stages, on the simulated cloud`));
  const code = await interruptible(async (signal) => {
    const simulator = await startSimulator({
      directory,
      awsProvider: project.awsProvider,
      realStates: "refuse",
      lambdaConcurrency: project.statedLambdaConcurrency,
    });
    print(`${simulator.programs} plan every step for real; nothing is created in AWS.\n`);
    try {
      await everyStage(environment, print, simulator.env, signal);
      return 0;
    } finally {
      await simulator.stop();
    }
  });
  if (code !== 0) return code;
  print(`Done in ${Math.round((Date.now() - started) / 1000)} s. Nothing was created in AWS.\n`);
  print(whatNext(environment));
  return 0;
}

async function everyStage(
  environment: string,
  print: (text: string) => void,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<void> {
  const app = appCommand();
  const synthesizeAt = (stage: Stage): Promise<string> =>
    synthesize({ app, environment, stage, output: join(directory, stage), env });
  let regions = new Map<string, string>();
  let reports: StackReport[] = [];
  let next = synthesizeAt(stages[0]);
  for (const [index, stage] of stages.entries()) {
    const current = next;
    const following = stages[index + 1];
    reports = await step(index === 0 ? `Deploy at ${stage}` : `Promote to ${stage}`, async (onEvent) => {
      const output = await current;
      // The next stage is synthesized during this one's deployment, which waits for Terraform most of the time.
      if (following) next = synthesizeAt(following);
      // If it fails, the error is reported when its turn comes.
      next.catch(() => {});
      return deploy({ output, env, signal, onEvent });
    });
    const before = regions;
    regions = resourceRegions(await current);
    const regionOf = ({ stack, address }: ResourceAction) =>
      regions.get(`${stack} ${address}`) ?? before.get(`${stack} ${address}`) ?? "unknown";
    print(`  ${pc.dim(brings(stage))}`);
    print(`${actionsTable(actionsOf(reports), regionOf)}\n`);
  }
  print(pc.bold("What runs where"));
  print(`${placementTable(regions)}\n`);
  print(`${pc.bold("How soon it works again when a region is lost")}\n${recoveryReport(environment)}\n`);
  print(pc.bold("Outputs"));
  print(`${plainTable(["stack", "output", "value"], outputRows(reports))}\n`);
}

/** Deploys and shows progress on screen. */
async function step(
  title: string,
  run: (onEvent: (event: DriverEvent) => void) => Promise<StackReport[]>,
): Promise<StackReport[]> {
  const { Listr } = await import("listr2");
  let reports: StackReport[] = [];
  await new Listr([
    {
      title,
      task: async (_, task) => {
        task.output = "synthesizing";
        let count = 0;
        reports = await run((event) => {
          if (event.type === "resource") count += 1;
          if (event.type === "resource" && process.stdout.isTTY) {
            task.output = `${event.stack}: ${event.address} (${count})`;
          } else if (event.type === "started") {
            task.output = event.stack;
          }
        });
        task.title = `${title}: ${actionsOf(reports).length} resources`;
      },
      rendererOptions: {
        timer: { condition: true, field: (ms: number) => `${Math.round(ms / 1000)} s`, format: () => pc.dim },
      },
    },
  ]).run();
  return reports;
}

function actionsOf(reports: readonly StackReport[]): ResourceAction[] {
  return reports.flatMap(({ stack, changes }) => changes.map((change) => ({ stack, ...change })));
}

function brings(stage: Stage): string {
  const names = stageTable.names.filter((name) => stageTable.since(name) === stage);
  return `${stage} brings: ${names.join(", ")}`;
}

/** The outputs meant for people: cdktf marks those that only carry values between stacks as sensitive. */
function outputRows(reports: readonly StackReport[]): string[][] {
  return reports.flatMap(({ stack, outputs = {} }) =>
    Object.entries(outputs)
      .filter(([, { sensitive }]) => !sensitive)
      .map(([key, { value }]) => [stack, key, String(value)]),
  );
}

function whatNext(environment: string): string {
  // The last one is the most important, as environments are listed; it may be the only one.
  const important = project.environments.at(-1)?.name ?? environment;
  const next = [
    [`npx evenkeel describe ${important}`, `what ${important} consists of, and what each stage brings`],
    [`npx evenkeel simulate -- npx evenkeel deploy ${important}`, "deploy it stage by stage, simulated as well"],
    [`npx evenkeel rehearse ${important} --from foundation`, "prove that a promotion destroys nothing"],
    [`npx evenkeel topology ${environment} --stage optimization`, "draw the regions, and what fails over to where"],
    [`environments/${environment}.ts`, "make a mistake in it, and read the error messages"],
  ] as const;
  const width = Math.max(...next.map(([command]) => command.length)) + 2;
  return [pc.bold("Try next"), ...next.map(([command, what]) => `  ${command.padEnd(width)}${what}`)].join("\n");
}
