import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Environment, Stage } from "../config";
import { type CheckOptions, checkOptionsOf, reasonsIn, reviewPlans } from "../gates";
import { awsProviderRequirement } from "../modules/core";
import { promote, type StackPromotion } from "../rehearsal";
import { type Simulator, startSimulator } from "../simulator";
import {
  appCommand,
  deploy,
  destroy,
  type Plan,
  readStackFolders,
  type StackReport,
  synthesize,
  TerraformStack,
} from "../terraform";
import { changesIn, ExpectationError, RefusedByGatesError, UnexpectedChangesError } from "./expectation-error";
import { withoutProtection } from "./protection";

/** What is tested: what an environment's file exports, as `defineEnvironment` returns it. */
export type TestedEnvironment = Pick<Environment, "name" | "toolkit" | "acknowledgedRemovals" | "leaving"> &
  Partial<Pick<Environment, "acknowledgedFindings">>;

/** At which stage, and with which standby regions; by default as the environment's file says. */
export interface Variant {
  /** The rollout stage, in place of the file's. */
  readonly stage?: Stage;
  /** The regions that take over, in place of the file's. */
  readonly standby?: readonly string[];
}

/** The plan of one stack. */
export interface StackPlan {
  /** Name of the stack: `prod-data`. */
  readonly stack: string;
  /** What `terraform show -json` prints of its plan. */
  readonly plan: Plan;
}

export interface CloudOptions {
  /**
   * Where the cloud keeps what it writes: a folder that is emptied first and kept. By default a folder of its own below
   * `.evenkeel/testing`, which `stop` removes.
   */
  readonly directory?: string;
  /** Shell command of the cdktf app; by default what `cdktf.json` in the current folder names. */
  readonly app?: string;
  /** Called with a message before anything that takes long, such as the download of the provider. */
  readonly log?: (line: string) => void;
}

/**
 * Starts a simulated cloud for tests: real Terraform and real planning of the AWS provider; nothing is created in AWS.
 * A test file has one of its own: start it in `beforeAll`, stop it in `afterAll`.
 * @throws SynthesisError if no app is given and there is no `cdktf.json`; SimulatorError if Terraform is missing or too old, or if the
 * installed binding pins another version of the AWS provider than the one that is simulated
 */
export async function startCloud(options: CloudOptions = {}): Promise<Cloud> {
  const app = options.app ?? appCommand();
  const kept = options.directory;
  if (kept) rmSync(kept, { recursive: true, force: true });
  const directory = resolve(kept ?? ownFolder());
  const simulator = await startSimulator({
    directory,
    awsProvider: awsProviderRequirement.version,
    log: options.log,
    // Stacks that a team has beside ours may keep their states anywhere.
    realStates: "redirect",
  });
  return new Cloud(simulator, app, directory, kept === undefined);
}

function ownFolder(): string {
  const parent = join(".evenkeel", "testing");
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, "cloud-"));
}

/** A simulated cloud and what stands in it; made by {@link startCloud}. */
export class Cloud {
  /** Output folder of each environment as it was deployed last. */
  private readonly deployed = new Map<string, string>();

  /** @hidden */
  constructor(
    private readonly simulator: Simulator,
    private readonly app: string,
    private readonly directory: string,
    private readonly temporary: boolean,
  ) {}

  /**
   * Deploys an environment, stack by stack.
   * @returns what was done to each stack, with its outputs
   * @throws SynthesisError with what the app said; DeploymentError naming the stacks that failed, with Terraform's message
   */
  async deploy(environment: TestedEnvironment, variant: Variant = {}): Promise<StackReport[]> {
    const output = await this.synthesize(environment, variant);
    this.deployed.set(environment.name, output);
    return deploy({ output, env: this.simulator.env });
  }

  /**
   * Plans an environment again, as it was deployed last.
   * @throws UnexpectedChangesError with every change, if there is one
   */
  async expectNoChanges(environment: TestedEnvironment): Promise<void> {
    const changed: StackPlan[] = [];
    for (const stack of this.stacksIn(this.outputOf(environment))) {
      const { hasChanges } = await stack.makePlan();
      if (hasChanges) changed.push({ stack: stack.name, plan: await stack.showPlan() });
    }
    if (changed.length > 0) throw new UnexpectedChangesError(environment.name, changed);
  }

  /**
   * Plans each stack of an environment without applying anything. A stack can only be planned if the outputs that it reads are
   * there: for a promotion to a stage that adds outputs, use `promote`.
   */
  async plan(environment: TestedEnvironment, variant: Variant = {}): Promise<StackPlan[]> {
    const plans: StackPlan[] = [];
    const output = await this.synthesize(environment, variant);
    const beside = reasonsIn(output);
    for (const stack of this.stacksIn(output)) {
      plans.push({ stack: stack.name, plan: await stack.plan(), ...beside(stack.name) });
    }
    return plans;
  }

  /**
   * Promotes an environment as a pipeline does: each stack is planned, its plan checked by the gates (the toolkit's, those of
   * capabilities and the team's own), and only then applied. Removals that the environment acknowledges are accepted.
   * @returns the plan of each stack, and what was accepted
   * @throws RefusedByGatesError with every violation; nothing is applied after the first stack that has one
   */
  async promote(environment: TestedEnvironment, variant: Variant): Promise<StackPromotion[]> {
    const from = this.outputOf(environment);
    const to = await this.synthesize(environment, variant);
    if (from === to) {
      throw new ExpectationError(
        `${environment.name} is deployed as it would be promoted to; name another stage, or other standby regions`,
      );
    }
    const promotions = await promote({ from, to, env: this.simulator.env, ...checkOptionsOf(environment) });
    const violations = promotions.flatMap((promotion) => promotion.violations);
    if (violations.length > 0) {
      throw new RefusedByGatesError(`promotion of ${environment.name}${inWords(variant)}`, violations);
    }
    this.deployed.set(environment.name, to);
    return promotions;
  }

  /**
   * Destroys an environment, as an owner does who means to: protection against deletion is switched off first.
   * @throws ExpectationError if something stays in a state; DeploymentError naming the stacks that failed
   */
  async destroy(environment: TestedEnvironment): Promise<StackReport[]> {
    const output = this.outputOf(environment);
    const options = { output, env: this.simulator.env };
    const reports = await withoutProtection(output, async (isProtected) => {
      await deploy({ ...options, only: isProtected });
      return destroy(options);
    });
    const left = await Promise.all(this.stacksIn(output).map((stack) => stack.addresses()));
    if (left.flat().length > 0) {
      throw new ExpectationError(`${environment.name}: left after its destruction: ${left.flat().join(", ")}`);
    }
    this.deployed.delete(environment.name);
    return reports;
  }

  /** Ends every process that was started, and removes the cloud's folder unless it was given. */
  async stop(): Promise<void> {
    await this.simulator.stop();
    if (this.temporary) rmSync(this.directory, { recursive: true, force: true });
  }

  /** What runs Terraform or anything else in this cloud has to have in its environment; `undefined` removes a variable. */
  get env(): NodeJS.ProcessEnv {
    return this.simulator.env;
  }

  private synthesize({ name }: TestedEnvironment, { stage, standby }: Variant): Promise<string> {
    const variant = [stage ?? "as-it-is", ...(standby ?? [])].join("-");
    const output = join(this.directory, "output", name, variant);
    return synthesize({ app: this.app, environment: name, stage, standby, output, env: this.simulator.env });
  }

  private outputOf({ name }: TestedEnvironment): string {
    const output = this.deployed.get(name);
    if (output === undefined) {
      throw new ExpectationError(`${name} is not deployed in this cloud; deploy it first`);
    }
    return output;
  }

  private stacksIn(output: string): TerraformStack[] {
    return readStackFolders(output).map((folder) => new TerraformStack(folder, this.simulator.env));
  }
}

/**
 * Runs the gates over plans: those of `Cloud.plan`, or any that `terraform show -json` wrote. The plans of one rollout belong in
 * one call, because some gates look across states.
 * @param environment whose own gates and acknowledged removals count as well; without it only the toolkit's gates
 * @param options `firstDeployment`: stacks that start from an empty state are meant to
 * @throws RefusedByGatesError with every violation
 */
export function expectGatesPass(
  plans: readonly StackPlan[],
  environment?: TestedEnvironment,
  options: Pick<CheckOptions, "firstDeployment"> = {},
): void {
  const { violations } = reviewPlans(plans, { ...(environment && checkOptionsOf(environment)), ...options });
  if (violations.length > 0) throw new RefusedByGatesError(environment?.name ?? "plans", violations);
}

/** Expects plans to change nothing. @throws UnexpectedChangesError with every change */
export function expectNoChangesIn(plans: readonly StackPlan[]): void {
  const changed = plans.filter(({ plan }) => changesIn(plan).length > 0);
  if (changed.length > 0) throw new UnexpectedChangesError("plans", changed);
}

const inWords = ({ stage, standby }: Variant): string =>
  `${stage ? ` to ${stage}` : ""}${standby ? ` with ${standby.join(", ")} as standby` : ""}`;
