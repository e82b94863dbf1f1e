import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { runProcess } from "../../../terraform";
import { type Block, blocksOf, commandsOf, isShell } from "./blocks";

/** How the commands of a page are run. */
export interface Reader {
  /** The folder that the reader begins in. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** What is run in place of a command that cannot be run here; null leaves it out. */
  instead(command: string): string | null | undefined;
}

/**
 * Does what a page says, block by block, as its reader would: runs commands, writes the files whose path is in the first line of a
 * block, makes the changes of `diff` blocks, and looks for each line of a `text` block in what the commands before it printed.
 * @throws Error that names the block where it went otherwise than the page says
 */
export async function runPage(page: string, reader: Reader): Promise<void> {
  let folder = reader.folder;
  let printed = "";
  for (const block of blocksOf(page, readFileSync(page, "utf8"))) {
    if (isShell(block)) {
      const run = await runBlock(block, { ...reader, folder });
      if (run) ({ printed, folder } = run);
    } else if (block.language === "diff") changeFile(block, folder);
    else if (block.language === "text") expectPrinted(block, printed);
    else writeFile(block, folder);
  }
}

async function runBlock(block: Block, reader: Reader): Promise<{ printed: string; folder: string } | undefined> {
  const commands = commandsOf(block)
    .map((command) => {
      const instead = reader.instead(command);
      return instead === undefined ? command : instead;
    })
    .filter((command) => command !== null);
  if (commands.length === 0) return undefined;
  const end = join(reader.folder, ".page-ended-in");
  const script = [...commands, `pwd > '${end}'`].join("\n");
  const options = { cwd: reader.folder, env: { ...process.env, ...reader.env } };
  const { code, stdout, stderr } = await runProcess("bash", ["-ec", script], options);
  const printed = `${stdout}\n${stderr}`;
  if (code !== block.exitCode) {
    throw new Error(`${placeOf(block)}: ended with ${code}, not ${block.exitCode}:\n${block.text}\n\n${printed}`);
  }
  return { printed, folder: code === 0 ? readFileSync(end, "utf8").trim() : reader.folder };
}

const placeOf = ({ page, line }: Block): string => `${page}:${line}`;

const spaced = (text: string): string => text.replace(/\s+/g, " ").trim();

function expectPrinted(block: Block, printed: string): void {
  const all = spaced(printed);
  const missing = block.text.split("\n").filter((line) => line.trim() !== "" && !all.includes(spaced(line)));
  if (missing.length > 0) {
    throw new Error(`${placeOf(block)}: this was not printed:\n${missing.join("\n")}\n\nbut:\n${printed}`);
  }
}

/** Writes a file that the page shows as a whole: its path stands in a comment in the first line. */
function writeFile(block: Block, folder: string): void {
  const path = /^\/\/ (\S+\.ts)\n/.exec(block.text)?.[1];
  if (path === undefined) return;
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${block.text}\n`);
}

/** Makes a change that the page shows: what stands there in the file, once, becomes what shall stand there. */
function changeFile(block: Block, folder: string): void {
  const [header = "", ...lines] = block.text.split("\n");
  const path = /^--- (\S+)$/.exec(header)?.[1];
  if (path === undefined) throw new Error(`${placeOf(block)}: begin the block with --- and the file that changes`);
  const side = (mark: string) =>
    lines.filter((line) => [" ", mark].includes(line[0] ?? " ")).map((line) => line.slice(1));
  const [from, to] = [side("-").join("\n"), side("+").join("\n")];
  const file = join(folder, path);
  const text = readFileSync(file, "utf8");
  const times = text.split(from).length - 1;
  if (times !== 1) throw new Error(`${placeOf(block)}: ${path} has ${times} of these, not one:\n${from}\n\n${text}`);
  writeFileSync(
    file,
    text.replace(from, () => to),
  );
}
