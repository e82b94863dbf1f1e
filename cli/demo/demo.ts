import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import pc from "picocolors";
import { type Stage, stages, stageTable } from "../../config";
import project from "../../evenkeel.config";
import { readStackFolders } from "../../rehearsal/stack-folders";
import { rehearsedApp } from "../../rehearsal/synthesize";
import { startSimulator } from "../../simulator";
import { recoveryReport } from "../commands/recovery";
import { plainTable } from "../plain-table";
import { cdktf } from "./cdktf";
import { DeployLog, type ResourceAction } from "./deploy-log";
import { resourceRegions } from "./resource-regions";
import { stateChanges, stateSnapshot } from "./state-changes";
import { actionsTable, placementTable } from "./tables";

const environment = "sandbox";
const directory = join(".evenkeel", "demo");
const output = join(directory, "cdktf.out");

/**
 * Deploys the sandbox to the simulated cloud and promotes it through every stage, telling what each step did.
 * Starts from an empty simulation each time, and leaves files in `.evenkeel/demo` only.
 */
export async function demo(print: (text: string) => void): Promise<void> {
  const started = Date.now();
  const { Listr } = await import("listr2");
  rmSync(directory, { recursive: true, force: true });
  print(pc.bold(`Evenkeel: environment "${environment}" through all stages, on the simulated cloud`));
  print("Real Terraform and the real AWS provider plan every step; nothing is created in AWS.\n");
  const simulator = await startSimulator({ directory });
  try {
    const env = { ...simulator.env, ENVIRONMENT: environment, CDKTF_OUTPUT: output };
    let regions = new Map<string, string>();
    let actions: ResourceAction[] = [];
    for (const [index, stage] of stages.entries()) {
      const title = index === 0 ? `Deploy at ${stage}` : `Promote to ${stage}`;
      await new Listr([
        {
          title,
          task: async (_, task) => {
            let count = 0;
            let current = "";
            const states = stateSnapshot(join(directory, "state"));
            const log = new DeployLog((stack, address) => {
              count += 1;
              if (process.stdout.isTTY) task.output = `${stack}: ${address} (${count})`;
              else if (stack !== current) task.output = stack;
              current = stack;
            });
            const app = rehearsedApp(`node ${join("dist", "main.js")}`, stage);
            task.output = "synthesizing";
            await cdktf(["deploy", `${environment}-*`, "--auto-approve", "--app", app], {
              env,
              onOutput: (text) => log.write(text),
            });
            actions = stateChanges(states, stateSnapshot(join(directory, "state")), log.actions);
            task.title = `${title}: ${actions.length} resources`;
          },
          rendererOptions: {
            timer: { condition: true, field: (ms: number) => `${Math.round(ms / 1000)} s`, format: () => pc.dim },
          },
        },
      ]).run();
      const before = regions;
      regions = resourceRegions(output);
      const regionOf = ({ stack, address }: ResourceAction) =>
        regions.get(`${stack} ${address}`) ?? before.get(`${stack} ${address}`) ?? "unknown";
      print(`  ${pc.dim(brings(stage))}`);
      print(`${actionsTable(actions, regionOf)}\n`);
    }
    print(pc.bold("What stands where"));
    print(`${placementTable(regions)}\n`);
    print(`${pc.bold("How soon it works again when a region is lost")}\n${recoveryReport(environment)}\n`);
    print(pc.bold("Outputs"));
    print(`${plainTable(["stack", "output", "value"], outputs())}\n`);
  } finally {
    await simulator.stop();
  }
  print(`Done in ${Math.round((Date.now() - started) / 1000)} s. Nothing was created in AWS.\n`);
  print(whatNext());
}

function brings(stage: Stage): string {
  const names = stageTable.names.filter((name) => stageTable.since(name) === stage);
  return `${stage} brings: ${names.join(", ")}`;
}

interface State {
  readonly outputs: Record<string, { readonly value: unknown }>;
}

/** The outputs meant for people, from the state files; those that only carry values between stacks are left out. */
function outputs(): string[][] {
  return readStackFolders(output).flatMap(({ name }) => {
    const state = JSON.parse(readFileSync(join(directory, "state", `${name}.tfstate`), "utf8")) as State;
    return Object.entries(state.outputs)
      .filter(([key]) => !key.startsWith("cross-stack-output-"))
      .map(([key, { value }]) => [name, key, String(value)]);
  });
}

function whatNext(): string {
  const others = project.environments.map(({ name }) => name).filter((name) => name !== environment);
  const next = [
    ["npx evenkeel describe prod", "what prod consists of, and what each stage brings"],
    [`npx evenkeel simulate -- npx cdktf deploy '${others[0]}-*'`, "deploy another environment, simulated as well"],
    ["npx evenkeel rehearse prod --from hardening", "prove that a promotion destroys nothing"],
    [
      `npx evenkeel topology ${environment} --stage optimization`,
      "draw what stands where, and what fails over to what",
    ],
    [`environments/${environment}.ts`, "make a mistake in it, and read what you are told"],
  ] as const;
  const width = Math.max(...next.map(([command]) => command.length)) + 2;
  return [pc.bold("Try next"), ...next.map(([command, what]) => `  ${command.padEnd(width)}${what}`)].join("\n");
}
