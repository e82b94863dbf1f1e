import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

/** A migration as it stands in its folder. */
export interface MigrationFile {
  /** `0001_entries`, without its ending; never changes. */
  readonly name: string;
  readonly number: number;
  /** Its path from the project, for messages. */
  readonly file: string;
  /** With line feeds alone, whatever the checkout makes of them. */
  readonly sql: string;
  /** SHA-256 of `sql`, in hex. */
  readonly checksum: string;
}

/** Something that is wrong with a migration: where, what, and what to do. */
export interface MigrationProblem {
  /** Id of the rule, kebab-case. */
  readonly rule: string;
  /** Path of the file from the project, or of the folder. */
  readonly file: string;
  /** Line of the statement, from 1; undefined for what concerns the whole file. */
  readonly line?: number;
  /** The statement, shortened to its first line. */
  readonly statement?: string;
  readonly problem: string;
  readonly remedy: string;
}

const fileName = /^(\d{4,6})[_-]([a-z0-9]+(?:[_-][a-z0-9]+)*)\.sql$/;

/** As much as a function and a plan are comfortable with, in bytes. */
const mostBytes = 4 * 1024 * 1024;

/** The migrations of a folder in their order, and what is wrong with their names and numbers. */
export function readMigrationFiles(
  folder: string,
  projectRoot = process.cwd(),
): { readonly files: readonly MigrationFile[]; readonly problems: readonly MigrationProblem[] } {
  const absolute = path.resolve(projectRoot, folder);
  const ofFolder = (rule: string, problem: string, remedy: string) => ({ rule, file: folder, problem, remedy });
  if (!statSync(absolute, { throwIfNoEntry: false })?.isDirectory()) {
    const problem = ofFolder("folder", "there is no such folder", "create it with 0001_first.sql, or correct the path");
    return { files: [], problems: [problem] };
  }
  const problems: MigrationProblem[] = [];
  const files: MigrationFile[] = [];
  for (const entry of readdirSync(absolute, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith(".") || entry.name.endsWith(".md")) continue;
    const file = path.posix.join(folder, entry.name);
    const [, number, title] = (entry.isFile() && fileName.exec(entry.name)) || [];
    if (number === undefined || title === undefined) {
      const remedy = "call it 0001_what_it_does.sql, with the next number, or move it elsewhere";
      problems.push({ rule: "file-name", file, problem: "is not the name of a migration", remedy });
      continue;
    }
    const sql = readFileSync(path.join(absolute, entry.name), "utf8").replaceAll("\r\n", "\n");
    const checksum = createHash("sha256").update(sql).digest("hex");
    files.push({ name: entry.name.slice(0, -".sql".length), number: Number(number), file, sql, checksum });
  }
  files.sort((one, other) => one.number - other.number);
  files.forEach(({ file, number }, index) => {
    const before = files[index - 1]?.number ?? 0;
    if (number === before && index > 0) {
      const problem = `has the number of ${files[index - 1]?.file}`;
      problems.push({ rule: "order", file, problem, remedy: "give each file a number of its own, without gaps" });
    } else if (number !== before + 1) {
      const expected = String(before + 1).padStart(4, "0");
      const problem = `follows ${before === 0 ? "nothing" : `number ${before}`}, so ${expected} is missing`;
      problems.push({ rule: "order", file, problem, remedy: "number the files from 0001 without gaps" });
    }
  });
  if (files.length === 0 && problems.length === 0) {
    problems.push(ofFolder("folder", "has no migration", "add 0001_first.sql, or leave migrations out"));
  }
  if (files.reduce((sum, { sql }) => sum + Buffer.byteLength(sql), 0) > mostBytes) {
    problems.push(ofFolder("size", "has more than 4 MB of SQL", "load data by other means than migrations"));
  }
  return { files, problems };
}

/** One text for all migrations of a folder: another file, or another content, gives another. */
export function migrationsChecksum(files: readonly Pick<MigrationFile, "name" | "checksum">[]): string {
  const lines = files.map(({ name, checksum }) => `${checksum}  ${name}\n`);
  return createHash("sha256").update(lines.join("")).digest("hex");
}
