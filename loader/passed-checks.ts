import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isFresh, markOf } from "./file-marks";
import { keptFolder, removeOldFiles, writeWhole } from "./kept-folder";
import { marksOfKept } from "./module-cache";
import { packageRoot } from "./package-root";

/** Must be raised when what passes a check is kept in another way. */
const revision = 1;

/** Set to `off`, every process checks everything, to compare. */
const variable = "EVENKEEL_PASSED_CHECKS";

/** Of the compiled package, with the code of the checks. */
const codeFolders = ["identity", "values"];

/** What the checks read beside their code. */
const dataFolder = join("values", "data");

/** What the names of files begin with; each has what one version of the code has passed. */
const prefix = "passed-";

/** More than the stacks that somebody works on, with all that they were like lately. */
const mostPassed = 2000;

let kept: PassedChecks | undefined;

/**
 * Lets checks of what a synthesis writes pass over what passed them in an earlier process: most stacks are what they were the last time. What
 * such a check finds depends on the text and on the code of the check alone. Hashes are kept, and nothing of the texts.
 *
 * Needs `cacheModules`, which knows the code. With `EVENKEEL_PASSED_CHECKS=off` everything is checked.
 */
export function keepPassedChecks(): void {
  if (process.env[variable] !== "off") kept = new PassedChecks(() => keptFolder("checks"), checkingCode);
}

/** What has passed checks; undefined where nothing is kept. */
export const passedChecks = (): PassedChecks | undefined => kept;

/** Of everything that decides what checks find; undefined while some of it may be written to unseen. */
function checkingCode(): string | undefined {
  const dist = join(packageRoot(), "dist");
  const data = join(dist, dataFolder);
  const ofData = readdirSync(data).map((name) => markOf(join(data, name)));
  const ofCode = codeFolders.map((folder) => marksOfKept(join(dist, folder)));
  const now = Date.now();
  if (ofData.some((mark) => isFresh(mark, now)) || ofCode.includes(undefined)) return undefined;
  return hashOf([`${revision}`, process.version, ...ofData, ...(ofCode as string[])]);
}

/** Texts that passed checks, from one process to the next. */
export class PassedChecks {
  private readonly added: string[] = [];
  private state:
    | { readonly file?: readonly [folder: string, name: string]; readonly known: ReadonlySet<string> }
    | undefined;

  /**
   * Neither is asked for before the first check.
   * @param folder where it is kept
   * @param code says what checks; undefined if nothing can be kept
   */
  constructor(
    private readonly folder: () => string,
    private readonly code: () => string | undefined,
  ) {}

  /** Whether texts passed a check together. */
  has(check: string, texts: readonly string[]): boolean {
    return this.read().known.has(hashOf([check, ...texts]));
  }

  /** Keeps that texts passed a check together. */
  add(check: string, texts: readonly string[]): void {
    this.added.push(hashOf([check, ...texts]));
  }

  /** Writes what was added. Where that cannot be, it is checked again the next time. */
  store(): void {
    const { file, known } = this.read();
    if (file === undefined || this.added.length === 0) return;
    const [folder, name] = file;
    try {
      writeWhole(join(folder, name), [...known, ...this.added].slice(-mostPassed).join("\n"));
      removeOldFiles(folder, prefix);
    } catch {}
  }

  private read() {
    this.state ??= this.readFile();
    return this.state;
  }

  private readFile() {
    const code = this.code();
    if (code === undefined) return { known: new Set<string>() };
    const file = [this.folder(), `${prefix}${code.slice(0, 16)}`] as const;
    try {
      return { file, known: new Set(readFileSync(join(...file), "utf8").split("\n")) };
    } catch {
      return { file, known: new Set<string>() };
    }
  }
}

/** Of texts, each with its length, so that none can be taken for the end of another. */
function hashOf(texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text.length}\n`).update(text);
  return hash.digest("hex");
}
