import { note } from "../note";
import type { Say } from "../step";

const intervalMs = 15_000;

/** Tells how far something is: in a terminal whenever it changes, elsewhere with a line every 15 seconds. */
export function slowly(say: Say): Say {
  let last = Date.now();
  return (detail) => {
    say(detail);
    if (process.stderr.isTTY || Date.now() - last < intervalMs) return;
    last = Date.now();
    note(detail);
  };
}
