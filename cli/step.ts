import { setImmediate } from "node:timers/promises";
import type { ListrDefaultRendererLogLevels } from "listr2";
import pc from "picocolors";
import { hasColours } from "../output";

const colours = pc.createColors(hasColours(process.stderr));

/** Says what a step is at, where somebody watches it. */
export type Say = (detail: string) => void;

/**
 * Does something that takes its time, and shows on standard error that it goes on: in a terminal with a line that moves and says
 * for how long, elsewhere, and in CI, with a line at the beginning.
 * @param done what the line says at the end, by default its title
 */
export async function step<T>(
  title: string,
  work: (say: Say) => T | Promise<T>,
  done: (result: T) => string = () => title,
): Promise<T> {
  if (!isWatched()) {
    process.stderr.write(`${title}\n`);
    const result = await work(() => {});
    const end = done(result);
    if (end !== title) process.stderr.write(`${end}\n`);
    return result;
  }
  const { Listr, ListrLogger, ProcessOutput } = await import("listr2");
  // Standard output is for results.
  const processOutput = new ProcessOutput(process.stderr, process.stderr);
  const logger = new ListrLogger<ListrDefaultRendererLogLevels>({ useIcons: true, toStderr: [], processOutput });
  let result: { readonly value: T } | undefined;
  const tasks = new Listr(
    [
      {
        title,
        task: async (_, task) => {
          // So that the line is there before work that does not let go of the process.
          await setImmediate();
          const value = await work((detail) => {
            task.output = detail;
          });
          result = { value };
          task.title = done(value);
        },
        rendererOptions: {
          timer: { condition: true, field: (ms: number) => `${Math.round(ms / 1000)} s`, format: () => colours.dim },
        },
      },
    ],
    { renderer: "default", rendererOptions: { logger, showErrorMessage: false } },
  );
  await tasks.run();
  if (!result) throw new Error(`"${title}" has ended without a result`);
  return result.value;
}

/**
 * Does something that takes seconds at most and mostly does not let go of the process, such as loading a project. A terminal says
 * so meanwhile, and nothing is left of it.
 */
export async function briefly<T>(title: string, work: () => T | Promise<T>): Promise<T> {
  if (!isWatched()) return work();
  process.stderr.write(`${title} ...`);
  try {
    return await work();
  } finally {
    process.stderr.clearLine(0);
    process.stderr.cursorTo(0);
  }
}

/** Whether a person watches standard error in a terminal in which lines can move. */
const isWatched = (): boolean =>
  Boolean(process.stderr.isTTY && process.stdout.isTTY) && !process.env.CI && process.env.TERM !== "dumb";
