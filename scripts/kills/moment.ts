import { drawing } from "../random";

export const operations = ["deploy", "promote", "destroy"] as const;
export const programs = ["evenkeel", "cdktf"] as const;
export const victims = ["terraform", "program", "simulate"] as const;
export const signals = ["SIGKILL", "SIGTERM", "SIGINT"] as const;

/** One kill: what is run, and who gets which signal when. */
export interface Moment {
  readonly number: number;
  /** Its state is local for `sandbox`, in S3 with a lock for `dev`. */
  readonly environment: "sandbox" | "dev";
  readonly operation: (typeof operations)[number];
  /** What runs it, inside `evenkeel simulate`. */
  readonly program: (typeof programs)[number];
  /** `program` is evenkeel or cdktf itself, `simulate` the simulated cloud. */
  readonly victim: (typeof victims)[number];
  readonly signal: (typeof signals)[number];
  /** Whether a bundle is planned first, and the kill hits its `apply` in place of `deploy`. */
  readonly rollout?: boolean;
  /** The kill comes once so many resources were begun. */
  readonly after: number;
}

/** About how many resources an operation begins. */
const resources: Readonly<Record<Moment["operation"], Readonly<Record<Moment["environment"], number>>>> = {
  deploy: { sandbox: 95, dev: 65 },
  promote: { sandbox: 35, dev: 20 },
  destroy: { sandbox: 95, dev: 65 },
};

/** The moments of a seed; a shorter list is the beginning of a longer one. */
export function momentsOf(seed: string, count: number): Moment[] {
  return Array.from({ length: count }, (_, index) => {
    const draw = drawing(`${seed} ${index}`);
    const operation = draw(operations);
    // Tables of dev are protected, as those of any environment that matters.
    const environment = operation !== "destroy" && draw([true, false, false]) ? "dev" : "sandbox";
    const program = draw(["evenkeel", "evenkeel", "cdktf"] as const);
    const victim = draw(["terraform", "terraform", "program", "simulate"] as const);
    const signal = draw(signals);
    const after = Math.floor(draw(shares) * resources[operation][environment]);
    return { number: index + 1, environment, operation, program, victim, signal, after };
  });
}

/** The kills of rollouts of a seed: those of `momentsOf` that `apply` does as well. Prod is killed in `--in-turn`. */
export function rolloutsOf(seed: string, count: number): Moment[] {
  return momentsOf(`rollout ${seed}`, 4 * count)
    .filter(({ operation, program }) => operation !== "destroy" && program === "evenkeel")
    .slice(0, count)
    .map((moment, index) => ({ ...moment, number: index + 1, rollout: true }));
}

const shares = Array.from({ length: 20 }, (_, index) => index / 20);

/** In words: `SIGKILL to terraform in a deploy of sandbox by evenkeel, after 33 resources`. */
export function inWords({ environment, operation, program, victim, signal, after, rollout }: Moment): string {
  const who = victim === "program" ? program : victim;
  const by = rollout ? "an apply of a bundle" : program;
  return `${signal} to ${who} in a ${operation} of ${environment} by ${by}, after ${after} resources`;
}
