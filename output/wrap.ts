import stringWidth from "string-width";
import type { Screen } from "./screen";

/** The columns that a text takes in a terminal: two for a wide character, none for a colour. */
export const widthOf = (text: string): number => stringWidth(text);

/** The words of a text, between which a line may end; what stands in backticks is one. */
export const wordsOf = (text: string): string[] => text.match(/(?:`[^`\n]*`|\S)+/g) ?? [];

/** Columns of the longest word, below which a text cannot be wrapped. */
export const longestWord = (text: string): number => Math.max(0, ...wordsOf(text).map(widthOf));

/** The lines of a text, wrapped between words. A word that is longer than a line is not broken, but stands on a line of its own. */
export function wrap(text: string, columns: number): string[] {
  return text.split("\n").flatMap((line) => {
    const lines: string[] = [];
    let current = "";
    for (const word of wordsOf(line)) {
      const longer = current ? `${current} ${word}` : word;
      if (current && widthOf(longer) > columns) {
        lines.push(current);
        current = word;
      } else {
        current = longer;
      }
    }
    return [...lines, current];
  });
}

/** A line that somebody may copy: a command, or an entry of a file. */
const copied = /^\s+(?:(?:[A-Z_]+=\S+ )*(?:npx|npm|node|aws|terraform|tofu|cdktf|evenkeel|cd|git)\s|\{ )/;

/**
 * A text for a screen: each of its lines is wrapped at words, and goes on with the line's own indentation and two more. Lines
 * that are commands or entries of a file stay whole, so that they can be copied.
 */
export function paragraphs(text: string, { columns = Number.POSITIVE_INFINITY }: Screen): string {
  return text
    .split("\n")
    .flatMap((line) => {
      if (widthOf(line) <= columns || copied.test(line)) return [line];
      const [indent = ""] = /^\s*/.exec(line) ?? [];
      const [first = "", ...rest] = wrap(line, columns - indent.length - 2);
      // A word that only fits without indentation has less of it.
      const inside = (more: string) =>
        " ".repeat(Math.max(0, Math.min(indent.length + 2, columns - widthOf(more)))) + more;
      return [indent + first, ...rest.map(inside)];
    })
    .join("\n");
}
