import { drawing } from "../random";

/** One moment: who writes, what hits it, and what becomes of the region of the bucket. */
export interface Moment {
  readonly number: number;
  /** Plain Terraform, or a verb that writes down the serials that it leaves. */
  readonly writer: "terraform" | "verb";
  /** Applies that went well before, and may still be under way to the other bucket. */
  readonly before: number;
  /** Milliseconds that S3 takes to replicate; `held` until somebody waits for it. */
  readonly lag: number | "held";
  /** Who is killed in the middle of the apply. */
  readonly victim: "terraform" | "verb" | "nobody";
  readonly signal: "SIGKILL" | "SIGTERM" | "SIGINT";
  /** Milliseconds after the start of the apply. */
  readonly after: number;
  /** Whether and when the region of the first bucket is lost. */
  readonly loss: "never" | "during" | "afterwards";
  /** Whether a second apply begins at the same time. */
  readonly rival: boolean;
  /** Whether an old checkout writes into the first bucket as soon as it is back, before anybody has fenced it. */
  readonly early: boolean;
}

/** The moments of a seed; a shorter list is the beginning of a longer one. */
export function momentsOf(seed: string, count: number): Moment[] {
  return Array.from({ length: count }, (_, index): Moment => {
    const draw = drawing(`states ${seed} ${index}`);
    const writer = draw(["terraform", "terraform", "verb"] as const);
    const victim = draw(
      writer === "verb" ? (["terraform", "verb", "nobody"] as const) : (["terraform", "terraform", "nobody"] as const),
    );
    const loss = draw(["never", "during", "during", "afterwards"] as const);
    return {
      number: index + 1,
      writer,
      before: draw([0, 1, 2]),
      lag: draw(["held", "held", 0, 150, 400] as const),
      victim,
      signal: draw(["SIGKILL", "SIGKILL", "SIGTERM", "SIGINT"] as const),
      after: draw(Array.from({ length: 24 }, (_none, step) => (writer === "verb" ? 350 : 20) + step * 25)),
      loss,
      rival: draw([true, false, false]),
      early: loss !== "never" && draw([true, false, false]),
    };
  });
}

/** In words: `SIGKILL to terraform of a verb after 120 ms, region lost during the apply, lag held`. */
export function inWords({ writer, before, lag, victim, signal, after, loss, rival, early }: Moment): string {
  const hit =
    victim === "nobody" ? `an apply by ${writer}` : `${signal} to ${victim} in an apply by ${writer} after ${after} ms`;
  return [
    hit,
    `${before} applies before`,
    `lag ${lag === "held" ? "held" : `${lag} ms`}`,
    ...(loss === "never" ? [] : [`region lost ${loss}`]),
    ...(rival ? ["two at once"] : []),
    ...(early ? ["old checkout writes first"] : []),
  ].join(", ");
}
