import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Stage, stages, stageTable } from "../../config";
import { colours, screenOf } from "../../output";
import { startSimulator } from "../../simulator";
import { appCommand, type DriverEvent, deploy, type StackReport, synthesize, takeRunLock } from "../../terraform";
import type { DocumentData, Outcome } from "../document";
import { demoDocument, demoEndText, demoStageText } from "../documents/demo";
import { outputsOf } from "../documents/outputs";
import { interruptible } from "../interruptible";
import project from "../project";
import type { OutputOptions } from "../run-verb";
import { type Say, step } from "../step";
import { countActions, countPlaces, type ResourceAction } from "./demo-counts";
import { recoveryOf } from "./recovery";
import { resourceRegions } from "./resource-regions";

type Data = DocumentData<typeof demoDocument>;

const directory = join(".evenkeel", "demo");

/**
 * Deploys an environment to the simulated cloud and promotes it through every stage. What each step did is printed when it is
 * done, unless a document is asked for. Starts from an empty simulation each time, and only writes to `.evenkeel/demo`.
 * @param name by default the project's first environment
 */
export async function demo(name: string | undefined, options: OutputOptions): Promise<Outcome> {
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
  const print = (text: string): void => {
    if (!options.json) process.stdout.write(`${text}\n`);
  };
  print(colours.bold(`Evenkeel: environment "${environment}" through all stages, on the simulated cloud`));
  return interruptible(async (signal) => {
    const simulator = await step("Starting the simulated cloud", () =>
      startSimulator({
        directory,
        awsProvider: project.awsProvider,
        realStates: "refuse",
        lambdaConcurrency: project.statedLambdaConcurrency,
      }),
    );
    print(`${simulator.programs} plan every step for real; nothing is created in AWS.\n`);
    try {
      const onStage = (stage: Data["stages"][number]) => print(demoStageText(stage, screenOf(process.stdout, options)));
      const done = await everyStage(environment, simulator.env, signal, onStage);
      const seconds = Math.round((Date.now() - started) / 1000);
      const data = { environment, seconds, ...done, recovery: recoveryOf(environment), next: whatNext(environment) };
      // The stages are printed already.
      return { ...demoDocument.outcome(data), text: (screen) => demoEndText(data, screen) };
    } finally {
      await simulator.stop();
    }
  });
}

async function everyStage(
  environment: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
  onStage: (stage: Data["stages"][number]) => void,
): Promise<Pick<Data, "stages" | "placement" | "outputs">> {
  const app = appCommand();
  const synthesizeAt = (stage: Stage): Promise<string> =>
    synthesize({ app, environment, stage, output: join(directory, stage), env });
  const done: Data["stages"] = [];
  let regions = new Map<string, string>();
  let reports: StackReport[] = [];
  let next = synthesizeAt(stages[0]);
  for (const [index, stage] of stages.entries()) {
    const current = next;
    const following = stages[index + 1];
    const title = index === 0 ? `Deploy at ${stage}` : `Promote to ${stage}`;
    const deployStage = async (say: Say): Promise<StackReport[]> => {
      say("synthesizing");
      const output = await current;
      // The next stage is synthesized during this one's deployment, which waits for Terraform most of the time.
      if (following) next = synthesizeAt(following);
      // If it fails, the error is reported when its turn comes.
      next.catch(() => {});
      return deploy({ output, env, signal, onEvent: sayWhat(say) });
    };
    reports = await step(title, deployStage, (done) => `${title}: ${actionsOf(done).length} resources`);
    const before = regions;
    regions = resourceRegions(await current);
    const regionOf = ({ stack, address }: ResourceAction) =>
      regions.get(`${stack} ${address}`) ?? before.get(`${stack} ${address}`) ?? "unknown";
    const brings = stageTable.names.filter((name) => stageTable.since(name) === stage);
    const one = { stage, brings: [...brings], changes: countActions(actionsOf(reports), regionOf) };
    onStage(one);
    done.push(one);
  }
  return { stages: done, placement: countPlaces(regions), outputs: outputsOf(reports) };
}

/** Says which resource is being worked on, and how many were before. */
function sayWhat(say: Say): (event: DriverEvent) => void {
  let count = 0;
  return (event) => {
    if (event.type === "resource") count += 1;
    if (event.type === "resource") say(`${event.stack}: ${event.address} (${count})`);
    else if (event.type === "started") say(event.stack);
  };
}

function actionsOf(reports: readonly StackReport[]): ResourceAction[] {
  return reports.flatMap(({ stack, changes }) => changes.map((change) => ({ stack, ...change })));
}

function whatNext(environment: string): Data["next"] {
  // The last one is the most important, as environments are listed; it may be the only one.
  const important = project.environments.at(-1)?.name ?? environment;
  const next = [
    [`npx evenkeel describe ${important}`, `what ${important} consists of, and what each stage brings`],
    [`npx evenkeel simulate -- npx evenkeel deploy ${important}`, "deploy it stage by stage, simulated as well"],
    [`npx evenkeel rehearse ${important} --from foundation`, "prove that a promotion destroys nothing"],
    [`npx evenkeel topology ${environment} --stage optimization`, "draw the regions, and what fails over to where"],
    [`environments/${environment}.ts`, "make a mistake in it, and read the error messages"],
  ] as const;
  return next.map(([command, does]) => ({ command, does }));
}
