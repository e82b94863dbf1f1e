import { drawing } from "../random";

/** Where in an apply it happens. */
export type Point = "lock" | "change" | "write" | "unlock" | "begun" | "ended";

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
  /**
   * What the apply has just done then: taken the lock, begun to change a resource, stored the state, released the lock; a verb also wrote
   * down which serials stood before (`begun`) and stand afterwards (`ended`).
   */
  readonly point: Point;
  /** Milliseconds after that; 0 where it would be over. */
  readonly after: number;
  /** Whether and when the region of the first bucket is lost. */
  readonly loss: "never" | "during" | "afterwards";
  /** Whether a second apply begins at the same time. */
  readonly rival: boolean;
  /** Whether an old checkout writes into the first bucket as soon as it is back, before anybody has fenced it. */
  readonly early: boolean;
}

/** Milliseconds after a point; a change takes 200 ms at least. */
const delays: Readonly<Partial<Record<Point, readonly number[]>>> = {
  lock: [0, 10, 20, 40],
  change: [0, 25, 50, 75, 100, 125, 150],
};

const pointWords: Readonly<Record<Point, string>> = {
  lock: "the lock was taken",
  change: "a change was begun",
  write: "the state was stored",
  unlock: "the lock was released",
  begun: "the serials before were written down",
  ended: "the serials afterwards were written down",
};

/** The moments of a seed; a shorter list is the beginning of a longer one. */
export function momentsOf(seed: string, count: number): Moment[] {
  return Array.from({ length: count }, (_, index): Moment => {
    const draw = drawing(`states ${seed} ${index}`);
    const writer = draw(["terraform", "terraform", "verb"] as const);
    const loss = draw(["never", "during", "during", "afterwards"] as const);
    // Nothing would happen to somebody whom nobody kills and who loses nothing.
    const nobody = loss === "never" ? [] : (["nobody"] as const);
    const victim =
      writer === "verb"
        ? draw(["terraform", "verb", ...nobody] as const)
        : draw(["terraform", "terraform", ...nobody] as const);
    const ledger = writer === "verb" && victim !== "terraform" ? (["begun", "ended"] as const) : [];
    const point = draw(["lock", "change", "change", "write", "write", "unlock", ...ledger] as const);
    return {
      number: index + 1,
      writer,
      before: draw([0, 1]),
      lag: draw(["held", "held", 0, 150, 400] as const),
      victim,
      signal: draw(["SIGKILL", "SIGKILL", "SIGTERM", "SIGINT"] as const),
      point,
      after: draw(delays[point] ?? [0]),
      loss,
      rival: draw([true, false, false]),
      early: loss !== "never" && draw([true, false, false]),
    };
  });
}

/** In words: `SIGKILL to terraform in an apply by verb 50 ms after a change was begun, 1 applies before, lag held`. */
export function inWords({ writer, before, lag, victim, signal, point, after, loss, rival, early }: Moment): string {
  const when = `${after === 0 ? "as soon as" : `${after} ms after`} ${pointWords[point]}`;
  return [
    victim === "nobody" ? `an apply by ${writer}` : `${signal} to ${victim} in an apply by ${writer} ${when}`,
    `${before} applies before`,
    `lag ${lag === "held" ? "held" : `${lag} ms`}`,
    ...(loss === "during" && victim === "nobody" ? [`region lost ${when}`] : []),
    ...(loss === "during" && victim !== "nobody" ? ["region lost then"] : []),
    ...(loss === "afterwards" ? ["region lost afterwards"] : []),
    ...(rival ? ["two at once"] : []),
    ...(early ? ["old checkout writes first"] : []),
  ].join(", ");
}
