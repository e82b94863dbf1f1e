import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { documents } from "../../cli/documents";
import { createProgram } from "../../cli/program";
import { fullName, manualOf } from "../../cli/verbs/verb";
import { widthOf } from "../../output";
import { verbsPage } from "../../scripts/verbs/verbs-page";

/** Every verb, with those below it, in place of what only holds these. */
function verbsOf(program: Command): Command[] {
  const visible = program.createHelp().visibleCommands(program);
  return visible
    .filter((verb) => verb.name() !== "help")
    .flatMap((verb) => (verb.commands.length > 0 ? verbsOf(verb) : [verb]));
}

const verbs = verbsOf(createProgram());
const names = verbs.map(fullName);
/** With the verb that only has others below it. */
const helped = [...names, "add"];

describe("The command line", () => {
  test("is in the reference, as `npm run docs` writes it", () => {
    expect(readFileSync(join("docs", "reference", "verbs.md"), "utf8")).toBe(verbsPage());
  });

  test("has a document for every verb but completion", () => {
    // Those below add print one document, those below warm one each.
    const first = names
      .map((name) => (name.startsWith("warm ") ? name : name.split(" ")[0]))
      .filter((name) => name !== "completion");
    expect(documents.map(({ verb }) => verb)).toEqual([...new Set(first)]);
    const withJson = verbs.filter(({ options }) => options.some(({ long }) => long === "--json")).map(fullName);
    expect(withJson).toEqual(names.filter((name) => name !== "completion"));
  });
});

describe.each(helped)("evenkeel %s --help", (name) => {
  const verb = (verbs[helped.indexOf(name)] ?? verbs[1]?.parent) as Command;
  const { examples = [] } = manualOf(verb) ?? {};

  test("has examples of the verb, each of which the program can parse", async () => {
    expect(examples.length).toBeGreaterThan(0);
    for (const [line] of examples) {
      const program = createProgram().exitOverride();
      const called: string[] = [];
      for (const each of verbsOf(program)) {
        each.exitOverride().action(() => {
          called.push(fullName(each));
        });
      }
      // What a shell does itself is not for the program.
      const words = line.replace(/ >>? .*$/, "").split(" ");
      await program.parseAsync(words, { from: "user" });
      expect([line, called]).toEqual([line, [name === "add" ? words.slice(0, 2).join(" ") : name]]);
    }
  });

  test("says what its arguments and options are, where the documentation is, and is not wider than the terminal", () => {
    let text = "";
    verb.configureOutput({
      writeOut: (more) => (text += more),
      getOutHelpWidth: () => 80,
      getOutHasColors: () => false,
    });
    verb.outputHelp();
    expect(text).toMatch(/\nExamples?:\n/);
    expect(text).toMatch(new RegExp(`\nDocumentation: docs/reference/verbs\\.md#${name.replaceAll(" ", "-")}\n$`));
    expect(text.split("\n").filter((line) => widthOf(line) > 80 && !/^ {2}evenkeel /.test(line))).toEqual([]);
    expect([...verb.registeredArguments, ...verb.options].filter(({ description }) => !description)).toEqual([]);
  });
});
