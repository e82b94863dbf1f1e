import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { UserError } from "../errors";
import type { Simulator } from "../simulator";
import {
  hasUnknown,
  type Json,
  type Plan,
  type StackJson,
  type State,
  type SynthesizedStack,
  TerraformStack,
} from "../terraform";
import { type OutputValue, stateOfOutputs, withDrift } from "./copied-state";
import { readingFiles, stateReferences, withStateIn } from "./state-references";

/** The outputs of a stack after an apply that has not taken place. */
export interface PredictedOutputs {
  readonly outputs: Readonly<Record<string, OutputValue>>;
  /** Of these outputs the value is made up: only the apply says what it is. */
  readonly madeUp: ReadonlySet<string>;
}

/** A stack's outputs cannot be foretold. */
export class PredictionError extends UserError {
  override readonly name = "PredictionError";
}

/** Providers without anything outside of the state: their resources are made for real. */
export const harmlessProviders: ReadonlySet<string> = new Set([
  "aws",
  "archive",
  "cloudinit",
  "null",
  "random",
  "template",
  "terraform",
  "time",
  "tls",
]);

/**
 * Foretells what stacks put out once their plans are applied. What a plan knows is taken from it. For the rest the stack is applied to
 * a copy of its state in a simulated cloud, where every value is made that AWS would make, in AWS's form.
 */
export class Predictions {
  private simulator: Promise<Simulator> | undefined;
  /** The last apply that was asked for: all have one cloud, and each finds there what those before it have made. */
  private previous: Promise<unknown> = Promise.resolve();

  /** @param folder where copies of states and of configurations are kept while it is in use; they may hold secrets */
  constructor(
    private readonly folder: string,
    private readonly log?: (line: string) => void,
  ) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /**
   * @param state a stack's state, as `terraform state pull` prints it
   * @throws PredictionError if outputs are only known after apply, and the stack uses a provider that would act for real
   */
  async of(stack: SynthesizedStack, plan: Plan, state: Json, signal?: AbortSignal): Promise<PredictedOutputs> {
    const planned = Object.entries(plan.output_changes ?? {}).filter(([, { actions }]) => !actions.includes("delete"));
    const madeUp = new Set(planned.filter(([, change]) => hasUnknown(change.after_unknown)).map(([name]) => name));
    const known = Object.fromEntries(
      planned.map(([name, { after, after_sensitive: secret }]) => [
        name,
        { value: after, sensitive: secret !== false },
      ]),
    );
    if (madeUp.size === 0) return { outputs: known, madeUp };
    const applying = this.previous.then(() => this.apply(stack, plan, state, signal));
    this.previous = applying.catch(() => {});
    const applied = await applying;
    return { outputs: { ...known, ...applied }, madeUp };
  }

  /** A file that `terraform_remote_state` reads outputs from. */
  fileOf(name: string, outputs: PredictedOutputs["outputs"]): string {
    return this.write(join("outputs", `${name}.tfstate`), stateOfOutputs(outputs));
  }

  /** A folder with a stack as it is, but for states that it reads from files. */
  copyOf(stack: SynthesizedStack, files: ReadonlyMap<string, string>): string {
    return this.writeStack(join("planned", stack.name), stack, readingFiles(stack.terraform, files));
  }

  async stop(): Promise<void> {
    await (await this.simulator)?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async apply(
    stack: SynthesizedStack,
    plan: Plan,
    state: Json,
    signal?: AbortSignal,
  ): Promise<PredictedOutputs["outputs"]> {
    const real = Object.keys(stack.terraform.provider ?? {}).filter((provider) => !harmlessProviders.has(provider));
    if (real.length > 0) {
      throw new PredictionError(
        `${stack.name}: puts out what is only known after apply, and uses the provider ${real.join(", ")}, which would act for real; apply this stack first, then plan the others`,
      );
    }
    // Only loaded where something has to be foretold.
    const { seed, startSimulator } = await import("../simulator/index.js");
    this.simulator ??= startSimulator({
      directory: resolve(this.folder, "cloud"),
      salt: "foretold",
      log: this.log,
    });
    const { env, inventory } = await this.simulator;
    const found = withDrift(state, plan);
    if (found.resources) seed(inventory, found as unknown as State, { account: accountOf(stack) });
    const file = this.write(join("states", `${stack.name}.tfstate`), found);
    // What the plan has read of other states.
    const read = new Map(
      Object.keys(stateReferences(stack.terraform)).map((name) => {
        const outputs = priorOutputs(plan, name);
        return [name, this.fileOf(`${stack.name}-reads-${name}`, outputs)];
      }),
    );
    const configuration = withStateIn(readingFiles(stack.terraform, read), file);
    const folder = this.writeStack(join("applied", stack.name), stack, configuration);
    await new TerraformStack({ name: stack.name, folder }, env, { signal }).deploy(undefined, false);
    const after = JSON.parse(readFileSync(file, "utf8")) as State;
    return Object.fromEntries(
      Object.entries(after.outputs).map(([name, { value, sensitive = false }]) => [name, { value, sensitive }]),
    );
  }

  private writeStack(path: string, { folder: original }: SynthesizedStack, configuration: StackJson): string {
    const folder = resolve(this.folder, path);
    rmSync(folder, { recursive: true, force: true });
    this.write(join(path, "cdk.tf.json"), configuration);
    const assets = resolve(original, "assets");
    if (existsSync(assets)) symlinkSync(assets, join(folder, "assets"));
    return folder;
  }

  private write(path: string, content: unknown): string {
    const file = resolve(this.folder, path);
    mkdirSync(resolve(file, ".."), { recursive: true, mode: 0o700 });
    if (content !== undefined && Object.keys(content as object).length > 0) {
      writeFileSync(file, JSON.stringify(content), { mode: 0o600 });
    }
    return file;
  }
}

/** The account that the providers of a stack are held to; undefined where they are not. */
export function accountOf({ terraform }: SynthesizedStack): string | undefined {
  const { aws = [] } = (terraform.provider ?? {}) as {
    readonly aws?: readonly { readonly allowed_account_ids?: readonly string[] }[];
  };
  return aws.flatMap(({ allowed_account_ids: ids = [] }) => ids)[0];
}

/** What the plan has read of another state, of which it names the block. */
function priorOutputs(plan: Plan, name: string): Readonly<Record<string, OutputValue>> {
  const resources = plan.prior_state?.values?.root_module?.resources ?? [];
  const block = resources.find((one) => one.type === "terraform_remote_state" && one.name === name);
  const outputs = (block?.values?.outputs ?? {}) as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.entries(outputs).map(([key, value]) => [key, { value, sensitive: true }]));
}
