import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { testTitles } from "./test-titles";

const root = resolve(__dirname, "..", "..");
const folder = join(root, "docs", "aws-rules");
const header = "| rule | kept by | test |";

const known = new Map<string, readonly RegExp[]>();
function titlesOf(file: string): readonly RegExp[] {
  const titles = known.get(file) ?? testTitles(file);
  known.set(file, titles);
  return titles;
}

/**
 * What is wrong in a page of rules. A row is `| rule | kept by | test |`; its tests are `[file]: "title"; "title"; [file]: "title"`,
 * where `[file]` is a link that the page defines and the title is in full, as jest reports it. A rule that is "Not built yet" has a
 * dash instead, a subject is a row of its own in bold.
 */
function problemsOf(page: string): string[] {
  const links = new Map(
    [...page.matchAll(/^\[([\w-]+)\]: (\S+)$/gm)].map(([, name = "", path = ""]) => [name, resolve(folder, path)]),
  );
  const used = new Set<string>();
  const problems: string[] = [];
  for (const line of page.split("\n").filter((each) => each.startsWith("|"))) {
    if (line === header || /^\|[-|]+$/.test(line) || /^\| \*\*.+ \| \| \|$/.test(line)) continue;
    const [rule, keptBy, tests, ...more] = line.slice(2, -2).split(" | ");
    if (!rule || !keptBy || !tests || more.length > 0) {
      problems.push(`${line}: is no row of three cells`);
      continue;
    }
    if (keptBy.startsWith("Not built yet") || tests === "—") {
      if (!keptBy.startsWith("Not built yet") || tests !== "—") problems.push(`${rule}: is built, or has no test`);
      continue;
    }
    for (const group of tests.split(/; (?=\[)/)) {
      const [, name = "", titles] = /^\[([\w-]+)\]: "(.+)"$/.exec(group) ?? [];
      used.add(name);
      problems.push(
        ...problemsOfTests(links.get(name), titles?.split('"; "')).map((each) => `${rule}: ${group}: ${each}`),
      );
    }
  }
  const unused = [...links.keys()].filter((name) => !used.has(name));
  return [...problems, ...unused.map((name) => `[${name}]: is defined, but no row uses it`)];
}

function problemsOfTests(file: string | undefined, titles: readonly string[] | undefined): string[] {
  if (titles === undefined) return ['is not of the form [file]: "title"; "title"'];
  if (file === undefined) return ["is a link that the page does not define"];
  if (!existsSync(file)) return [`leads to ${relative(root, file)}, which does not exist`];
  return titles
    .filter((title) => !titlesOf(file).some((pattern) => pattern.test(title)))
    .map((title) => `${relative(root, file)} has no test "${title}"`);
}

describe("The AWS rules in the documentation", () => {
  test.each(readdirSync(folder))("name tests that exist: %s", (file) => {
    expect(problemsOf(readFileSync(join(folder, file), "utf8"))).toEqual([]);
  });

  test("are one table in the README", () => {
    const page = readFileSync(join(folder, "README.md"), "utf8");
    expect(page.split("\n").filter((line) => line === header)).toHaveLength(1);
    expect(page.split("\n").filter((line) => line.startsWith("| ")).length).toBeGreaterThan(100);
  });

  const gates = "[gates]: ../../test/gates/rules.test.ts";
  const wrong: [string, string, string][] = [
    [
      "a test that does not exist",
      '| a | b | [gates]: "no-data-loss catches nothing" |',
      'has no test "no-data-loss c',
    ],
    ["a part of a title", '| a | b | [gates]: "lets go what can be made again, and data sources" |', "has no test"],
    ["a title without quotes", "| a | b | [gates]: no-data-loss |", "is not of the form"],
    ["a file without a link", '| a | b | [gate]: "x" |', "is a link that the page does not define"],
    ["a row of two cells", "| a | b |", "is no row of three cells"],
    ["a rule without a test", "| a | b | — |", "is built, or has no test"],
    ["a link that nothing uses", "| a | Not built yet | — |", "is defined, but no row uses it"],
  ];
  test.each(wrong)("could not hold %s", (_, line, message) => {
    expect(problemsOf(`${header}\n${line}\n\n${gates}\n`).join("\n")).toContain(message);
  });

  test("could not lead to a file that does not exist", () => {
    const page = `| a | b | [gone]: "x" |\n\n[gone]: ../../test/gone.test.ts\n`;
    expect(problemsOf(page).join("\n")).toContain("leads to test/gone.test.ts, which does not exist");
  });

  test("find titles through describe blocks, rows of a table and constants", () => {
    const page = [
      '| a | b | [gates]: "no-data-loss lets go what can be made again, and data sources" |',
      `| a | b | [mistakes]: "An environment file with state without a lock is refused" |`,
      `${gates}\n[mistakes]: ../../test/environments/mistakes.test.ts`,
    ];
    expect(problemsOf(page.join("\n"))).toEqual([]);
  });
});
