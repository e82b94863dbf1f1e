import { existsSync } from "node:fs";
import { basename, join, relative, resolve, sep } from "node:path";
import { isUserError, UserError } from "../errors";
import { loadTypeScript } from "../loader";
import { ConfigError, showReceived } from "../modules/core";
import { isProject, type Project } from "./project";

const file = "evenkeel.config.ts";

/** The folder is not that of a project. */
export class NoProjectError extends UserError {
  override readonly name = "NoProjectError";
}

/**
 * Loads the project of a folder: the default export of its `evenkeel.config.ts`.
 * @param folder by default the current one
 * @throws NoProjectError if there is no such file; ConfigError if it or an environment that it imports throws an error, or if it exports no
 * project
 */
export function loadProject(folder: string = process.cwd()): Project {
  if (!hasProject(folder)) {
    throw new NoProjectError(
      `there is no ${file} in ${folder}; run the command in the folder of a project, or make one with npx evenkeel init <folder>`,
    );
  }
  loadTypeScript();
  return projectFrom(() => require(resolve(folder, file)));
}

/** The project of the current folder, or undefined in an app that is none of this toolkit. */
export const loadProjectIfAny = (): Project | undefined => (hasProject(process.cwd()) ? loadProject() : undefined);

const hasProject = (folder: string): boolean => existsSync(resolve(folder, file));

/**
 * The default export of `evenkeel.config.ts`.
 * @param load requires the file
 */
export function projectFrom(load: () => unknown): Project {
  let loaded: unknown;
  try {
    loaded = load();
  } catch (error) {
    if (isUserError(error)) throw error;
    throw new ConfigError(placeOf(error) ?? file, [
      { path: "", message: "throws an error while it is loaded; correct it", received: wordsOf(error) },
    ]);
  }
  const project = (loaded as { default?: unknown } | null | undefined)?.default;
  if (isProject(project)) return project;
  throw new ConfigError(file, [
    {
      path: "default",
      message: "is not a project; write export default defineProject({ environments: [...] })",
      received: showReceived(project, []),
    },
  ]);
}

/** What an error says, on one line. */
function wordsOf(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return showReceived(text.split("\n")[0], []);
}

/** The file of the project that threw an error, as its source is called: `environments/prod.ts`. */
function placeOf(error: unknown): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  const root = process.cwd();
  const frames = [...stack.slice(0, 20_000).matchAll(/\(?([^\s()]{1,4096}):\d{1,9}:\d{1,9}\)?$/gm)].map(
    ([, path = ""]) => path,
  );
  const own = frames.find((path) => path.startsWith(root + sep) && !path.includes(`${sep}node_modules${sep}`));
  if (own === undefined) return undefined;
  const source = relative(root, own)
    .replace(/^dist[\\/]/, "")
    .replace(/\.js$/, ".ts");
  return join(source.includes(sep) ? source.slice(0, source.lastIndexOf(sep)) : "", basename(source)).replaceAll(
    sep,
    "/",
  );
}
