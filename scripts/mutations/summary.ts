import type { Result } from "./results";

/** Counts of one folder, or of all. */
export interface Tally {
  readonly folder: string;
  readonly mutations: number;
  readonly noticed: number;
  /** Refused by the type checker, and so not counted among the mutations. */
  readonly refused: number;
}

const folderOf = ({ file }: Result): string => file.split("/")[0] ?? file;
/** A mutation that makes the tests hang counts as noticed. */
const isNoticed = ({ outcome }: Result): boolean => outcome === "noticed" || outcome === "timeout";

/** One row for each folder, and a last one for all. */
export function tallies(results: readonly Result[]): readonly Tally[] {
  const folders = [...new Set(results.map(folderOf))].sort();
  const tally = (folder: string, of: readonly Result[]): Tally => {
    const counted = of.filter(({ outcome }) => outcome !== "refused");
    return {
      folder,
      mutations: counted.length,
      noticed: counted.filter(isNoticed).length,
      refused: of.length - counted.length,
    };
  };
  return [
    ...folders.map((folder) =>
      tally(
        folder,
        results.filter((result) => folderOf(result) === folder),
      ),
    ),
    tally("in all", results),
  ];
}

export const unnoticed = (results: readonly Result[]): readonly Result[] =>
  results
    .filter(({ outcome }) => outcome === "unnoticed")
    .sort((one, other) => one.file.localeCompare(other.file) || one.line - other.line);

export const percent = ({ mutations, noticed }: Tally): string =>
  mutations === 0 ? "" : `${Math.floor((100 * noticed) / mutations)} %`;

/** A page of documentation about a run. */
export function page(title: string, about: string, results: readonly Result[]): string {
  const rows = tallies(results).map(
    (tally) => `| ${tally.folder} | ${tally.mutations} | ${tally.noticed} | ${percent(tally)} | ${tally.refused} |`,
  );
  const missed = unnoticed(results).map(
    ({ file, line, mutator, change }) => `- \`${file}:${line}\` ${mutator}: \`${change.replaceAll("`", "'")}\``,
  );
  return [
    `# ${title}`,
    "",
    about,
    "",
    "| folder | mutations | noticed | share | refused by the type checker, not counted |",
    "|---|---|---|---|---|",
    ...rows,
    "",
    "## Not noticed",
    "",
    ...(missed.length > 0 ? missed : ["None."]),
    "",
  ].join("\n");
}
