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
  /** The kill comes once so many resources were begun: a share of all that there are, from 0 to 1. */
  readonly share: number;
}

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
    return { number: index + 1, environment, operation, program, victim, signal, share: draw(shares) };
  });
}

/** Those of a seed that `apply` does as well: what evenkeel deploys and promotes. */
export function rolloutsOf(seed: string, count: number): Moment[] {
  const found: Moment[] = [];
  for (let drawn = count; found.length < count; drawn += count) {
    const fitting = momentsOf(`rollout ${seed}`, drawn).filter(
      ({ operation, program }) => operation !== "destroy" && program === "evenkeel",
    );
    found.splice(0, found.length, ...fitting.slice(0, count));
  }
  return found.map((moment, index) => ({ ...moment, number: index + 1, rollout: true }));
}

const shares = Array.from({ length: 20 }, (_, index) => index / 20);

/** In words: `SIGKILL to terraform in a deploy of sandbox by evenkeel, at 35 %`. */
export function inWords({ environment, operation, program, victim, signal, share, rollout }: Moment): string {
  const who = victim === "program" ? program : victim;
  const by = rollout ? "an apply of a bundle" : program;
  return `${signal} to ${who} in a ${operation} of ${environment} by ${by}, at ${Math.round(share * 100)} %`;
}
