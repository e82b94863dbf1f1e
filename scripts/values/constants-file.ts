import { existsSync, readFileSync } from "node:fs";

/** A file of data in `values/data`, which scripts write and nobody edits. */
export interface ConstantsFile {
  readonly path: string;
  readonly text: string;
}

type Entries = Readonly<Record<string, string>>;

/** One exported constant: texts, and records of texts. */
export function constantsFile(
  path: string,
  name: string,
  doc: string,
  values: Readonly<Record<string, string | Entries>>,
): ConstantsFile {
  const fields = Object.entries(values).map(([key, value]) =>
    typeof value === "string"
      ? `  ${field(key, value, 2)},`
      : `  ${key}: {\n${Object.entries(value)
          .map(([inner, text]) => `    ${field(inner, text, 4)},`)
          .join("\n")}\n  },`,
  );
  return {
    path,
    text: `/** ${doc} Written by \`npm run values\`. */\nexport const ${name} = {\n${fields.join("\n")}\n};\n`,
  };
}

/** As the formatter writes it: a text that is too long for its line stands on the next. */
function field(key: string, text: string, indent: number): string {
  const name = /^[a-z_]\w*$/i.test(key) ? key : JSON.stringify(key);
  const line = `${name}: ${JSON.stringify(text)}`;
  if (line.length + indent + 1 <= 120 || text.length === 0) return line;
  return `${name}:\n${" ".repeat(indent + 2)}${JSON.stringify(text)}`;
}

/** What a file that is made again would change, one line for each entry: `- "db.r5.large": "..."`; empty if nothing. */
export function changesOf({ path, text }: ConstantsFile): string[] {
  const lines = (content: string) => content.replaceAll(/:\n\s+"/g, ': "').split("\n");
  const before = existsSync(path) ? lines(readFileSync(path, "utf8")) : [];
  const after = lines(text);
  const [known, wanted] = [new Set(before), new Set(after)];
  return [
    ...before.filter((line) => !wanted.has(line)).map((line) => `- ${line.trim()}`),
    ...after.filter((line) => !known.has(line)).map((line) => `+ ${line.trim()}`),
  ];
}
