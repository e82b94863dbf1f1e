/** A fenced block of code on a page. */
export interface Block {
  readonly page: string;
  /** The line that the fence is on, from 1. */
  readonly line: number;
  readonly language: string;
  readonly text: string;
  /** The exit code that a comment in front of the block announces. */
  readonly exitCode: number;
}

const fence = /^( *)(`{3,}|~{3,})(\S*)[^\n]*\n([\s\S]*?)\n?^\1\2 *$/gm;

/** All fenced blocks of a Markdown page, in order, without the indentation of the list that they are in. */
export function blocksOf(page: string, markdown: string): Block[] {
  return [...markdown.matchAll(fence)].map((match) => {
    const [, indent = "", , language = "", text = ""] = match;
    const before = markdown.slice(0, match.index);
    return {
      page,
      line: before.split("\n").length,
      language,
      text: text.replace(new RegExp(`^${indent}`, "gm"), ""),
      exitCode: Number(/<!-- exit (\d+) -->\s*$/.exec(before)?.[1] ?? 0),
    };
  });
}

/** Whether a block is of commands that a reader is meant to type. */
export const isShell = ({ language }: Block): boolean => ["sh", "bash", "shell", "console"].includes(language);

/**
 * The commands of a block: each line, with lines that go on in the next one, and loops, taken together. Comments are left out;
 * of a console session only what stands behind the prompt is a command.
 */
export function commandsOf({ language, text }: Block): string[] {
  const typed = language === "console" ? text.replace(/^(?!\$ ).*$/gm, "").replace(/^\$ /gm, "") : text;
  const lines = typed
    .replace(/\s*\\\n\s*/g, " ")
    .split("\n")
    .map((line) => line.replace(/(^|\s{2,}|\s)#\s.*$/, "").trimEnd());
  const commands: string[] = [];
  let open = "";
  for (const line of lines.filter((each) => each !== "")) {
    open = open === "" ? line : `${open}\n${line}`;
    if (isComplete(open)) {
      commands.push(open.trim());
      open = "";
    }
  }
  if (open !== "") commands.push(open.trim());
  return commands;
}

/** Whether quotes, command substitutions and loops of a text are closed. */
function isComplete(text: string): boolean {
  const count = (pattern: RegExp) => [...text.matchAll(pattern)].length;
  const loops = count(/^\s*(for|while)\b/gm) - count(/^\s*done\b/gm);
  return count(/'/g) % 2 === 0 && count(/(?<!\\)"/g) % 2 === 0 && loops === 0;
}
