import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { isUserError } from "../errors";
import {
  configuredResource,
  type Json,
  movesIn,
  type Plan,
  type State,
  type SynthesizedStack,
  TerraformStack,
} from "../terraform";
import { withDrift } from "./copied-state";
import { accountOf, harmlessProviders } from "./prediction";
import { readingFiles, stackRead, stateReferences, withStateIn } from "./state-references";

/** A stack whose state gets other addresses, lets something go or takes something in. */
export interface MovingStack {
  readonly stack: SynthesizedStack;
  /** Its plan, with these blocks. */
  readonly plan: Plan;
  /** Its state, as `terraform state pull` prints it; empty where there is none yet. */
  readonly state: Json;
  /** False for one that others read only. */
  readonly moves: boolean;
}

/** Whether a stack has nothing to change after its moves. */
export interface SettledCopy {
  readonly stack: string;
  readonly settled: boolean;
  /** Why it has, or why nobody can say. */
  readonly because?: string;
}

/**
 * Applies stacks with their moves to copies of their states, in a simulated cloud that has what these states know and what the plans
 * would import, and plans them again. Nothing is written outside of `scratch`, which may hold secrets meanwhile and is removed.
 * @param stacks all stacks of an environment, in the order of deployment
 */
export async function settledCopies(
  stacks: readonly MovingStack[],
  { scratch, signal, log }: { scratch: string; signal?: AbortSignal; log?: (line: string) => void },
): Promise<SettledCopy[]> {
  const folder = resolve(scratch);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Only loaded where something moves.
  const { seed, startSimulator } = await import("../simulator/index.js");
  const simulator = await startSimulator({ directory: join(folder, "cloud"), salt: "moved", log });
  try {
    const files = new Map(stacks.map(({ stack }) => [stack.name, join(folder, "states", `${stack.name}.tfstate`)]));
    for (const { stack, plan, state } of stacks) {
      const found = withDrift(state, plan);
      const account = accountOf(stack);
      if (found.resources) {
        seed(simulator.inventory, found as unknown as State, { account });
        write(files.get(stack.name) ?? "", found);
      }
      seed(simulator.inventory, importedIn(plan), { account });
    }
    const results: SettledCopy[] = [];
    for (const one of stacks.filter(({ moves }) => moves)) {
      results.push(await settledCopy(one, stacks, files, { folder, env: simulator.env, signal }));
    }
    return results;
  } finally {
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function settledCopy(
  { stack }: MovingStack,
  stacks: readonly MovingStack[],
  files: ReadonlyMap<string, string>,
  { folder, env, signal }: { folder: string; env: NodeJS.ProcessEnv; signal?: AbortSignal },
): Promise<SettledCopy> {
  const { name } = stack;
  const acting = Object.keys(stack.terraform.provider ?? {}).filter((provider) => !harmlessProviders.has(provider));
  if (acting.length > 0) {
    return {
      stack: name,
      settled: false,
      because: `it uses the provider ${acting.join(", ")}, which would act for real`,
    };
  }
  const all = stacks.map((one) => one.stack);
  const read = Object.entries(stateReferences(stack.terraform)).flatMap(([block, reference]) => {
    const file = files.get(stackRead(stack, reference, all) ?? "");
    return file !== undefined && existsSync(file) ? [[block, file] as const] : [];
  });
  const copy = join(folder, "stacks", name);
  const configuration = withStateIn(readingFiles(stack.terraform, new Map(read)), files.get(name) ?? "");
  write(join(copy, "cdk.tf.json"), configuration);
  const assets = resolve(stack.folder, "assets");
  if (existsSync(assets)) symlinkSync(assets, join(copy, "assets"));
  const terraform = new TerraformStack({ name, folder: copy }, env, { signal });
  try {
    await terraform.deploy();
    const { changes, hasChanges } = await terraform.makePlan();
    const still = changes.map(({ address, outcome }) => `${address} would be ${outcome}`);
    return { stack: name, settled: !hasChanges, ...(hasChanges && { because: still.join(", ") || "outputs change" }) };
  } catch (error) {
    if (!isUserError(error) || signal?.aborted) throw error;
    return { stack: name, settled: false, because: error.message };
  }
}

/** What a plan has read of objects that it would import, as a state would have it. */
function importedIn(plan: Plan): State {
  const resources = movesIn(plan).flatMap(({ kind, change: { address, type, change } }) => {
    if (kind !== "imported" || change.before === null || change.before === undefined) return [];
    const key = configuredResource(plan, address)?.provider_config_key?.split(":").at(-1);
    const provider = key === undefined ? undefined : plan.configuration?.provider_config?.[key];
    const region = (provider?.expressions?.region as { constant_value?: string } | undefined)?.constant_value;
    return [
      {
        mode: "managed" as const,
        type,
        name: address.slice(type.length + 1),
        provider: `provider["registry.terraform.io/hashicorp/aws"]${region ? `.${region}` : ""}`,
        instances: [{ attributes: change.before as Readonly<Record<string, unknown>> }],
      },
    ];
  });
  return { outputs: {}, resources };
}

function write(file: string, content: unknown): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(file, JSON.stringify(content), { mode: 0o600 });
}
