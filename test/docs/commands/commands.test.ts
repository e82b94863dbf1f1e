import { readFileSync } from "node:fs";
import { pageFiles } from "../../../site/pages";
import { blocksOf, commandsOf, isShell } from "../../support/pages/blocks";
import {
  cannotRun,
  pagesOfRepository,
  pagesThatAreParsed,
  pagesThatAreRun,
  runElsewhere,
} from "../../support/pages/commands";

const blocks = pageFiles().flatMap((page) => blocksOf(page, readFileSync(page, "utf8")));
const commands = blocks
  .filter(isShell)
  .flatMap((block) => commandsOf(block).map((command) => ({ page: block.page, line: block.line, command })));
const run = new Set([...pagesThatAreRun, ...pagesOfRepository, ...pagesThatAreParsed.map(({ page }) => page)]);

const isListed = (command: string): boolean =>
  cannotRun.some(({ commands: listed }) => listed.some((each) => each.test(command))) ||
  runElsewhere.some(({ command: listed }) => listed.test(command));

describe("Every command on a page", () => {
  test("is seen by this test", () => {
    expect(commands.length).toBeGreaterThan(60);
    expect(commands).toContainEqual(
      expect.objectContaining({ page: "docs/first-hour.md", command: "npx evenkeel describe sandbox" }),
    );
  });

  test("is run by a test, or listed with the reason why none can", () => {
    expect(commands.filter(({ page, command }) => !run.has(page) && !isListed(command))).toEqual([]);
  });

  test("is really run where a test is said to run it", () => {
    for (const { file, by } of [...runElsewhere, ...pagesThatAreParsed])
      expect([file, readFileSync(file, "utf8")]).toEqual([file, expect.stringContaining(by)]);
  });

  test("is listed only if a page still has it", () => {
    const listed = [
      ...cannotRun.flatMap(({ commands: patterns }) => patterns),
      ...runElsewhere.map(({ command }) => command),
    ];
    expect(listed.filter((pattern) => !commands.some(({ command }) => pattern.test(command)))).toEqual([]);
  });

  test("stands on a page that says what it should print, where it is run", () => {
    const outputs = blocks.filter(({ page, language }) => language === "text" && pagesThatAreRun.includes(page));
    expect(outputs.length).toBeGreaterThan(10);
  });
});

describe("The commands of a block", () => {
  const of = (text: string, language = "sh") => commandsOf({ page: "a.md", line: 1, language, text, exitCode: 0 });

  test("are its lines, without comments", () => {
    expect(of("# first\nnpm ci   # installs\nnpm run test -- '#1'\n")).toEqual(["npm ci", "npm run test -- '#1'"]);
  });

  test("go on over lines: after a backslash, in quotes, in loops", () => {
    expect(of("a \\\n  b\njq '.x\n  | .y' f\nfor i in 1 2; do\n  echo $i\ndone\nend")).toEqual([
      "a b",
      "jq '.x\n  | .y' f",
      "for i in 1 2; do\n  echo $i\ndone",
      "end",
    ]);
  });

  test("are what stands behind the prompt of a console", () => {
    expect(of("$ one\nsays this\n$ two", "console")).toEqual(["one", "two"]);
  });
});
