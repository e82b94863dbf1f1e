import type { WriteStream } from "node:tty";

/** Where a text is shown, as far as its form depends on it. */
export interface Screen {
  /**
   * Characters that a line may have. Infinity: as many as it needs (`--wide`). Undefined where no terminal shows the text, but a
   * program or a file takes it: there a row of a table is one line, with tabs and without borders.
   */
  readonly columns?: number;
}

/** What a program or a file gets. */
export const pipe: Screen = {};

/** What a terminal has that does not say how wide it is. */
const usualColumns = 80;

/**
 * The screen behind a stream. The variable COLUMNS, where it is a number, says its width; else the terminal does.
 * @param wide whether lines may be longer than the terminal is wide
 */
export function screenOf(
  stream: Pick<WriteStream, "isTTY" | "columns">,
  { wide = false, env = process.env }: { readonly wide?: boolean; readonly env?: NodeJS.ProcessEnv } = {},
): Screen {
  if (!stream.isTTY) return pipe;
  if (wide) return { columns: Number.POSITIVE_INFINITY };
  const given = /^[1-9]\d{0,4}$/.test(env.COLUMNS ?? "") ? Number(env.COLUMNS) : undefined;
  return { columns: given ?? (stream.columns || usualColumns) };
}
