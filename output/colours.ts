import type { WriteStream } from "node:tty";
import pc from "picocolors";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether a stream gets colours: not with NO_COLOR; else with FORCE_COLOR, unless it is 0; else a terminal that is not dumb. A
 * pipe gets none in CI either, where it may be a file that is read by programs.
 * @see https://no-color.org and https://force-color.org
 */
export function hasColours({ isTTY }: Pick<WriteStream, "isTTY">, env: Environment = process.env): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false";
  return Boolean(isTTY) && env.TERM !== "dumb";
}

/** The colours of standard output; plain text where it has none. */
export const colours = pc.createColors(hasColours(process.stdout));
