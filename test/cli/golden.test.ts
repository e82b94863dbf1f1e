import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { documents } from "../../cli/documents";
import { longestWord, paragraphs, pipe, type Screen, widthOf } from "../../output";
import { addresses, errors, samples } from "./golden/samples";

const screens: Readonly<Record<string, Screen>> = {
  80: { columns: 80 },
  100: { columns: 100 },
  160: { columns: 160 },
  pipe,
};
const verbs = Object.keys(samples);
const outcomes = Object.fromEntries(verbs.map((verb) => [verb, samples[verb]?.()]));
const messages = Object.entries(errors).map(([name, { message }]) => [`error-${name}`, message] as const);
/** What is printed, by the name of its files. */
const printed = new Map<string, (screen: Screen) => string>([
  ...verbs.map((verb) => [verb, (screen: Screen) => outcomes[verb]?.text(screen) ?? ""] as const),
  ...messages.map(([name, message]) => [name, (screen: Screen) => paragraphs(message, screen)] as const),
]);
const cases = [...printed.keys()].flatMap((what) => Object.keys(screens).map((name) => [what, name] as const));
const textOf = (what: string, screen: Screen): string => printed.get(what)?.(screen) ?? "";

/** Words as they stand in a text, without the borders of tables. */
const words = (text: string): string[] => text.replace(/[┌┬┐├┼┤└┴┘─│]/g, " ").match(/\S+/g) ?? [];

/** Every text in a document. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return value !== null && typeof value === "object" ? Object.values(value).flatMap(textsIn) : [];
}

/** A line that is there to be copied. */
const command = /^(npx|npm|aws|cd) /;

test("Every verb has a sample, but simulate, whose output is that of its command", () => {
  expect(verbs).toEqual(documents.map(({ verb }) => verb).filter((verb) => verb !== "simulate"));
});

describe.each(cases)("%s, shown with %s columns", (verb, name) => {
  const screen = screens[name] as Screen;
  const text = textOf(verb, screen);

  // `npm run golden` writes the files instead, for a change that is meant: their diff is then what a reviewer reads.
  test("is what it was", () => {
    const file = join(__dirname, "golden", `${verb.replaceAll(" ", "-")}.${name}.txt`);
    if (process.env.EVENKEEL_FREEZE === "write") writeFileSync(file, `${text}\n`);
    expect(`${text}\n`).toBe(readFileSync(file, "utf8"));
  });

  test("has no line that is wider, unless it is one name or command that would be broken", () => {
    const { columns = Number.POSITIVE_INFINITY } = screen;
    const wide = text.split("\n").filter((line) => widthOf(line) > columns);
    const broken = wide.filter(
      (line) => longestWord(line.trim()) <= columns && !command.test(line.trim()) && !isEntry(line),
    );
    expect(broken).toEqual([]);
  });

  test("breaks no word, so that addresses, ARNs and names can be copied and found", () => {
    const known = new Set([
      ...[{ columns: Number.POSITIVE_INFINITY }, pipe].flatMap((whole) => words(textOf(verb, whole))),
      ...words("Left out: A wider terminal, --wide or --json shows it. them."),
    ]);
    expect(words(text).filter((word) => !known.has(word) && !known.has(word.replace(/[.,]$/, "")))).toEqual([]);
  });

  test("has every command in one piece", () => {
    const commands = textsIn(outcomes[verb]?.json).filter((each) => command.test(each) && !/\n/.test(each));
    const shown = verb === "deploy" || verb === "destroy" ? [] : commands;
    expect(shown.filter((each) => !text.includes(each))).toEqual([]);
  });
});

/** An entry of `acknowledgedRemovals`, to be copied. */
const isEntry = (line: string): boolean => /^ {2,4}\{ stack: ".*" \},$/.test(line);

test.each(Object.keys(screens))("gate names each address in one piece with %s columns", (name) => {
  const text = textOf("gate", screens[name] as Screen);
  for (const address of addresses) expect(text).toContain(address);
});

describe("The document of", () => {
  test.each(documents.filter(({ verb }) => verb !== "simulate").map((type) => [type.verb, type] as const))(
    "%s is as its schema says",
    (verb, { schema }) => expect(schema.strict().parse(JSON.parse(JSON.stringify(outcomes[verb]?.json)))).toBeTruthy(),
  );
});
