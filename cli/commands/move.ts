import { isAccount, readMoves } from "../../config";
import type { Moves } from "../../contract";
import { UserError } from "../../errors";
import { checkOptionsOf, reviewPlans } from "../../gates";
import { importIdOf } from "../../identity";
import { type PlannedRollout, planRollout, settledCopies } from "../../rollout";
import {
  readSynthesizedStacks,
  regionOfProvider,
  resourcesOf,
  type SynthesizedStack,
  TerraformError,
  TerraformStack,
} from "../../terraform";
import { enterWorkplace, type Workplace } from "../deployment/workplace";
import type { DocumentData, Outcome } from "../document";
import { moveDocument } from "../documents/move";
import { interruptible } from "../interruptible";
import { type Asked, askedMoves, betweenStacks, defaultExpiry } from "../move/asked";
import { sortedMoves } from "../move/clean";
import { checkMoves, countMoves, putIntoStacks, withMoves, writeMoves } from "../move/file";
import { candidatesIn, goneIn, matchesOf, newIn } from "../move/matches";
import { missingIn } from "../move/missing";
import { differencesIn, type NamedState, ownedBy, replacedIn } from "../move/review";
import { note } from "../note";
import project from "../project";
import { step } from "../step";

export interface MoveOptions extends Asked {
  /** Takes in every object that exists under the name of a new resource. */
  readonly adopt?: boolean;
  /** Writes nothing. */
  readonly dryRun?: boolean;
  /** Takes out of the file what states have behind them. */
  readonly clean?: boolean;
}

type Data = DocumentData<typeof moveDocument>;

/** How often adoption looks again: each time it may learn ids that the time before did not have. */
const mostRounds = 5;

/**
 * Writes what the states of an environment rename, let go and take in, once a copy of each has an empty plan after it.
 * @returns exit code 1 if something is refused, undecided, not settled or, with `clean`, still needed
 * @throws ConfigError with every mistake in the options
 */
export async function move(name: string, options: MoveOptions): Promise<Outcome> {
  const environment = project.findDeployable(name);
  if (isAccount(environment)) throw new UserError(`${name}: is an account; moves are of environments`);
  return interruptible(async (signal) => {
    // The file may name what an apply has done and the configuration has no more: it is put in here, without that.
    const workplace = await enterWorkplace(environment, "move", { EVENKEEL_WITHOUT_MOVES: "1" });
    try {
      const { output } = workplace;
      const stated = readMoves(name);
      const states = await step("Reading states", () => statesOf(name, output, signal));
      if (options.clean) return cleaned(name, stated, states, options.dryRun ?? false);
      const stacks = readSynthesizedStacks(output);
      const known = sortedMoves(stated, states).left;
      checkMoves(name, known, stacks);
      const asked = askedMoves(options, name, stacks, states);
      const work = new Work(name, workplace, signal);
      const data = await work.proposed(withMoves(known, asked), options);
      const { moves } = data;
      const owned = ownedBy(moves, states, (stack, address) => regionOf(stacks, stack, address));
      const replaced = replacedIn(data.plans.stacks);
      const isMoved = (stack: string | undefined, address: string) =>
        [...moves.moved, ...moves.imports].some(
          (one) => one.stack === stack && (address === one.to || address.startsWith(`${one.to}.`)),
        );
      const acknowledgedRemovals = [...environment.acknowledgedRemovals, ...moves.removed];
      const review = { ...checkOptionsOf(environment), acknowledgedRemovals, firstDeployment: true };
      const gates = reviewPlans(data.plans.stacks, review).violations.flatMap(
        ({ stack = "", address, message, howToFix }) =>
          isMoved(stack, address) && !replaced.some((one) => one.stack === stack && one.address === address)
            ? [{ stack, address, message: `${message}; ${howToFix}` }]
            : [],
      );
      const refused = [...owned, ...replaced, ...gates];
      const settled =
        refused.length > 0 || countMoves(moves) === 0 ? [] : await work.settled(data.plans, moves, states);
      const passed = refused.length === 0 && settled.every((one) => one.settled);
      const written = passed && !options.dryRun && countMoves(moves) > 0;
      const file = written ? writeMoves(name, moves) : undefined;
      const { undecided, destroyed, because } = data;
      return moveDocument.outcome(
        {
          environment: name,
          file: file ?? null,
          written,
          moves: rowsOf(moves, because),
          undecided,
          destroyed,
          differences: differencesIn(data.plans.stacks).map((one) => ({ ...one, arguments: [...one.arguments] })),
          refused: refused.map((one) => ({ ...one })),
          settled: settled.map((one) => ({ stack: one.stack, settled: one.settled, because: one.because ?? null })),
          done: [],
          open: [],
        },
        passed && undecided.length === 0 ? 0 : 1,
      );
    } finally {
      workplace.leave();
    }
  });
}

interface Proposed extends Pick<Data, "undecided" | "destroyed"> {
  readonly moves: Moves;
  readonly plans: PlannedRollout;
  /** Why something is the same, by its stack and address. */
  readonly because: ReadonlyMap<string, string>;
}

/** Plans of one environment, each with other moves. */
class Work {
  private put: Moves = { moved: [], removed: [], imports: [] };

  constructor(
    private readonly environment: string,
    private readonly workplace: Workplace,
    private readonly signal: AbortSignal,
  ) {}

  /** What plans say that is to be moved, beside what is asked for. */
  async proposed(asked: Moves, { adopt, expires = defaultExpiry() }: MoveOptions): Promise<Proposed> {
    const because = new Map<string, string>();
    let moves = asked;
    let plans = await this.plan(moves);
    const { matches, undecided } = matchesOf(goneIn(plans.stacks), newIn(plans.stacks));
    for (const { from, to, because: why } of matches) {
      if (from.stack === to.stack) {
        moves = withMoves(moves, { moved: [{ stack: to.stack, from: from.address, to: to.address }] });
      } else {
        const id = importIdOf(from.type, from.values);
        if (id === undefined) continue;
        moves = withMoves(moves, betweenStacks(from, { ...to, id }, expires));
      }
      because.set(`${to.stack} ${to.address}`, why);
    }
    if (matches.length > 0) plans = await this.plan(moves);
    if (adopt) ({ moves, plans } = await this.adopted(moves, plans, because));
    const kept = new Set(undecided.map(({ from }) => `${from.stack} ${from.address}`));
    const left = goneIn(plans.stacks).filter(({ stack, address }) => !kept.has(`${stack} ${address}`));
    const placeOf = ({ stack, address }: { stack: string; address: string }) => ({ stack, address });
    return {
      moves,
      plans,
      because,
      undecided: undecided.map(({ from, to }) => ({ ...placeOf(from), candidates: to.map(placeOf) })),
      destroyed: left.map(placeOf),
    };
  }

  /** Takes in what exists under the names of new resources: what Terraform does not find is left to be created. */
  private async adopted(moves: Moves, plans: PlannedRollout, because: Map<string, string>) {
    const tried = new Set<string>();
    let [found, last] = [moves, plans];
    for (let round = 0; round < mostRounds; round++) {
      let left = candidatesIn(last.stacks).filter(({ to }) => !tried.has(`${to.stack} ${to.address}`));
      if (left.length === 0) break;
      for (const { to } of left) tried.add(`${to.stack} ${to.address}`);
      for (;;) {
        const imports = left.map(({ to, id }) => ({ stack: to.stack, to: to.address, id }));
        try {
          const next = withMoves(found, { imports });
          last = await this.plan(next);
          found = next;
          break;
        } catch (error) {
          if (!(error instanceof TerraformError)) throw error;
          const missing = missingIn(error.message, left);
          if (missing.size === 0) throw error;
          left = left.filter((one) => !missing.has(one));
        }
      }
      for (const { to, id } of left) because.set(`${to.stack} ${to.address}`, `exists as ${id}`);
    }
    return { moves: found, plans: last };
  }

  private async plan(moves: Moves): Promise<PlannedRollout> {
    const { output } = this.workplace;
    putIntoStacks(output, this.put, moves);
    this.put = moves;
    const count = countMoves(moves);
    const title = `Planning ${this.environment}${count === 0 ? "" : ` with ${count} ${count === 1 ? "move" : "moves"}`}`;
    const rollout = await step(title, () =>
      planRollout({
        output,
        env: {},
        environment: this.environment,
        scratch: `${output}.predicted`,
        signal: this.signal,
        log: note,
      }),
    );
    for (const { stack, because } of rollout.unpredictable)
      note(`${stack}: what it puts out cannot be foretold: ${because}`);
    if (rollout.notPlanned.length > 0)
      note(`Not planned, as they read of such a stack: ${rollout.notPlanned.join(", ")}.`);
    return rollout;
  }

  /** Whether copies of the stacks with moves have an empty plan after them. */
  async settled({ stacks: plans }: PlannedRollout, moves: Moves, states: readonly NamedState[]) {
    const { output } = this.workplace;
    const moving = new Set([...moves.moved, ...moves.removed, ...moves.imports].map(({ stack }) => stack));
    const stacks = readSynthesizedStacks(output).map((stack) => ({
      stack,
      plan: plans.find((one) => one.stack === stack.name)?.plan ?? { format_version: "1.2" },
      state: states.find((one) => one.stack === stack.name)?.state ?? {},
      moves: moving.has(stack.name),
    }));
    return step("Applying the moves to copies of the states, on a simulated cloud", () =>
      settledCopies(stacks, { scratch: `${output}.moved`, signal: this.signal, log: note }),
    );
  }
}

function cleaned(name: string, known: Moves, states: readonly NamedState[], dryRun: boolean): Outcome {
  const { done, open, left } = sortedMoves(known, states);
  const written = done.length > 0 && !dryRun;
  const file = written ? writeMoves(name, left) : undefined;
  return moveDocument.outcome(
    {
      environment: name,
      file: file ?? null,
      written,
      moves: rowsOf(left, new Map()),
      undecided: [],
      destroyed: [],
      differences: [],
      refused: [],
      settled: [],
      done,
      open,
    },
    open.length > 0 ? 1 : 0,
  );
}

const rowsOf = ({ moved, removed, imports }: Moves, because: ReadonlyMap<string, string>): Data["moves"] => {
  const why = (stack: string, address: string) => because.get(`${stack} ${address}`) ?? "";
  return [
    ...moved.map(({ stack, from, to }) => ({
      kind: "moved" as const,
      stack,
      address: to,
      from,
      because: why(stack, to),
    })),
    ...removed.map(({ stack, address, reason }) => ({
      kind: "removed" as const,
      stack,
      address,
      from: null,
      because: reason,
    })),
    ...imports.map(({ stack, to, id }) => ({
      kind: "import" as const,
      stack,
      address: to,
      from: id,
      because: why(stack, to),
    })),
  ];
};

/** The state of each stack; read one after the other, as each starts a Terraform. */
async function statesOf(environment: string, output: string, signal: AbortSignal): Promise<NamedState[]> {
  const states: NamedState[] = [];
  for (const stack of readSynthesizedStacks(output)) {
    states.push({ stack: stack.name, state: await new TerraformStack(stack, {}, { environment, signal }).state() });
  }
  return states;
}

/** Region of the provider of a configured resource; undefined where it is not written. */
function regionOf(stacks: readonly SynthesizedStack[], name: string, address: string): string | undefined {
  const stack = stacks.find((one) => one.name === name);
  return stack && regionOfProvider(stack, resourcesOf(stack).get(address)?.provider ?? "");
}
