import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createTwoFilesPatch } from "diff";
import { ScaffoldError } from "../../scaffold";
import { type PipelineSettings, type PipelineSystem, pathsOfPipeline, readMarked } from "../../scaffold/pipelines";

/**
 * How a file of a project is, compared with what would be written: `outdated` and `obsolete` ones are as they were written and can be
 * replaced or removed, `edited` and `foreign` ones are somebody's.
 */
export const fileStates = ["new", "current", "outdated", "obsolete", "edited", "foreign"] as const;

/** One file of a pipeline. */
export interface ComparedFile {
  /** From the folder of the project. */
  readonly path: string;
  readonly state: (typeof fileStates)[number];
  /** What is there; undefined for a new file. */
  readonly before?: string;
  /** What would be written; undefined for one that there is no longer. */
  readonly after?: string;
}

/** Compares what is there with what would be written. */
export function comparedFiles(
  folder: string,
  system: PipelineSystem,
  files: ReadonlyMap<string, string>,
): readonly ComparedFile[] {
  const gone = pathsOfPipeline[system].filter((path) => !files.has(path));
  return [
    ...[...files].map(([path, after]) => compared(path, textIn(folder, path), after)),
    // Somebody's own file of that name stays.
    ...gone
      .map((path) => compared(path, textIn(folder, path), undefined))
      .filter(({ state }) => state === "obsolete" || state === "edited"),
  ];
}

function compared(path: string, before: string | undefined, after: string | undefined): ComparedFile {
  if (before === undefined) return { path, state: "new", after };
  const there = readMarked(before);
  const same = before.replaceAll("\r\n", "\n") === after;
  const state = same ? "current" : !there ? "foreign" : there.edited ? "edited" : after ? "outdated" : "obsolete";
  return { path, state, before, after };
}

const textIn = (folder: string, path: string): string | undefined =>
  existsSync(join(folder, path)) ? readFileSync(join(folder, path), "utf8") : undefined;

/** @throws ScaffoldError with what would be lost, if a file is not as it was written */
export function refuseEdited(files: readonly ComparedFile[]): void {
  const kept = files.filter(({ state }) => state === "edited" || state === "foreign");
  if (kept.length === 0) return;
  const why = kept.map(({ path, state }) =>
    state === "edited" ? `${path} was edited since it was written` : `${path} was not written by this verb`,
  );
  throw new ScaffoldError(
    [
      `${why.join("; ")}; nothing is written. Move what is there into a file of your own, or overwrite it with --force:`,
      ...kept.map(({ path, before = "", after = "" }) => difference(path, before, after)),
    ].join("\n\n"),
  );
}

/** What --force would do, without the line that only has the checksum. */
const difference = (path: string, before: string, after: string): string =>
  createTwoFilesPatch(path, path, withoutMarker(before), withoutMarker(after), "there", "would be written", {
    context: 2,
  })
    .replace(/^=+\n/, "")
    .trimEnd();

const withoutMarker = (text: string): string => text.replace(/^# evenkeel:pipeline .*\n/m, "");

/** Writes what is not up to date, and removes what there is no longer. */
export function bringUpToDate(folder: string, files: readonly ComparedFile[]): void {
  for (const { path, state, after } of files) {
    const file = join(folder, path);
    if (state === "current") continue;
    if (after === undefined) rmSync(file);
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, after);
    }
  }
}

/** What the pipeline that is there was asked to be. */
export function settingsInUse(folder: string, system: PipelineSystem): PipelineSettings | undefined {
  for (const path of pathsOfPipeline[system]) {
    const text = textIn(folder, path);
    const there = text === undefined ? undefined : readMarked(text);
    if (there) return there.settings;
  }
  return undefined;
}
