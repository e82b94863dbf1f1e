import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import DocumentedTests from "./documented-tests";

const { header, missingTests, readRules } = DocumentedTests;
const root = resolve(__dirname, "..", "..");
const folder = join(root, "docs", "aws-rules");

describe("The AWS rules in the documentation", () => {
  test.each(readdirSync(folder))("are rows of one form, and lead to files that exist: %s", (file) => {
    expect(readRules(readFileSync(join(folder, file), "utf8")).problems).toEqual([]);
  });

  test("are one table in the README", () => {
    const page = readFileSync(join(folder, "README.md"), "utf8");
    expect(page.split("\n").filter((line) => line === header)).toHaveLength(1);
    expect(page.split("\n").filter((line) => line.startsWith("| ")).length).toBeGreaterThan(100);
  });

  const gates = "[gates]: ../../test/gates/rules.test.ts";
  const wrong: [string, string, string][] = [
    ["a title without quotes", "| a | b | [gates]: no-data-loss |", "is not of the form"],
    ["a file without a link", '| a | b | [gate]: "x" |', "is a link that the page does not define"],
    ["a row of two cells", "| a | b |", "is no row of three cells"],
    ["a rule without a test", "| a | b | — |", "is built, or has no test"],
    ["a link that nothing uses", "| a | Not built yet | — |", "is defined, but no row uses it"],
  ];
  test.each(wrong)("could not hold %s", (_, line, message) => {
    expect(readRules(`${header}\n${line}\n\n${gates}\n`).problems.join("\n")).toContain(message);
  });

  test("could not lead to a file that does not exist", () => {
    const page = `| a | b | [gone]: "x" |\n\n[gone]: ../../test/gone.test.ts\n`;
    expect(readRules(page).problems.join("\n")).toContain("leads to test/gone.test.ts, which does not exist");
  });
});

describe("The tests that the AWS rules name", () => {
  const run = (file: string, ...titles: string[]) => ({
    testFilePath: join(root, file),
    testResults: titles.map((fullName) => ({ fullName })),
  });
  const page = `| a | b | [gates]: "no-data-loss keeps; all"; "rules hold" |\n\n[gates]: ../../test/gates/rules.test.ts`;
  const missing = (...results: Parameters<typeof missingTests>[1]) => missingTests(readRules(page).tests, results);

  test("are in the file that is linked, by their full titles", () => {
    expect(missing(run("test/gates/rules.test.ts", "no-data-loss keeps; all", "rules hold", "another"))).toEqual([]);
  });

  test("are missed where the file has only a part of a title, or the title is in another file", () => {
    const results = [
      run("test/gates/rules.test.ts", "rules hold", "no-data-loss keeps; all and more"),
      run("test/gates/reports.test.ts", "no-data-loss keeps; all"),
    ];
    expect(missing(...results)).toEqual(['test/gates/rules.test.ts has no test "no-data-loss keeps; all"']);
  });

  test("are not looked for in a file that did not run, or could not be loaded", () => {
    expect(missing()).toEqual([]);
    expect(missing({ ...run("test/gates/rules.test.ts"), testExecError: new Error("syntax") })).toEqual([]);
  });

  test("fail the run that does not find them", () => {
    const said = jest.spyOn(process.stderr, "write").mockReturnValue(true);
    const reporter = new DocumentedTests();
    reporter.onRunComplete([], { testResults: [run("test/gates/rules.test.ts", "another")] });
    said.mockRestore();
    expect(reporter.getLastError()?.message).toMatch(
      /docs\/aws-rules\/README\.md: test\/gates\/rules\.test\.ts has no test "no-nested-data-loss catches a replica/,
    );
  });
});
