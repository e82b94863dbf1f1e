/** What a code span of Markdown cannot hold everywhere: in a table a bar ends the cell. */
const notInCodeSpans = /[`|\\\r\n]/;

/** A name in one piece: an address, a stack, a region. Nobody is mentioned, and nothing is linked, by what is in it. */
export function code(name: string): string {
  if (name === "") return "";
  if (!notInCodeSpans.test(name) && name.trim() === name) return `\`${name}\``;
  const entities = name.replace(/[^\p{L}\p{N} ./:,=-]/gu, (character) => `&#${character.codePointAt(0)};`);
  return `<code>${entities}</code>`;
}

/** A sentence that is shown as it is, whatever it holds, in one line. */
export const prose = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*_{}[\]()<>|~^$&!+]/g, (character) => `\\${character}`)
    // Neither a person nor an issue is mentioned: an empty comment keeps the sign apart from the name.
    .replace(/[@#](?=\w)/g, (sign) => `${sign}<!-- -->`);

/** The rows of a table, each in one line; the first two lines are its head. */
export const tableHead = (titles: readonly string[]): string[] => [tableRow(titles), tableRow(titles.map(() => "---"))];

export const tableRow = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

/** A comment that is not shown. */
export const hidden = (text: string): string => `<!-- ${text.replaceAll("--", "- -")} -->`;
