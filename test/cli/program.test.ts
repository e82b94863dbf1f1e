import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { documents } from "../../cli/documents";
import { createProgram } from "../../cli/program";
import { fullName, manualOf } from "../../cli/verbs/verb";
import { widthOf } from "../../output";
import { verbsPage } from "../../scripts/verbs/verbs-page";

/** Every verb, with those below it; what only holds these is none. */
function verbsOf(program: Command): Command[] {
  const visible = program.createHelp().visibleCommands(program);
  return visible
    .filter((verb) => verb.name() !== "help")
    .flatMap((verb) => {
      const isVerb = verb.commands.length === 0 || verb.options.length > 0;
      return [...(isVerb ? [verb] : []), ...verbsOf(verb)];
    });
}

const verbs = verbsOf(createProgram());
const names = verbs.map(fullName);
/** Verbs that only have others below them. */
const groups = ["add", "warm"];
const helped = [...names, ...groups];

describe("The command line", () => {
  test("is in the reference, as `npm run docs` writes it", () => {
    expect(readFileSync(join("docs", "reference", "verbs.md"), "utf8")).toBe(verbsPage());
  });

  test("says which version it is", async () => {
    const { version } = JSON.parse(readFileSync("package.json", "utf8"));
    let said = "";
    const program = createProgram()
      .exitOverride()
      .configureOutput({ writeOut: (text) => (said += text) });
    await expect(program.parseAsync(["--version"], { from: "user" })).rejects.toMatchObject({ exitCode: 0 });
    expect(said).toBe(`${version}\n`);
  });

  test("has a document for every verb but completion", () => {
    const own = new Set<string>(documents.map(({ verb }) => verb));
    const named = names
      .filter((name) => name !== "completion")
      .map((name) => (own.has(name) ? name : name.split(" ")[0]));
    expect([...own]).toEqual([...new Set(named)]);
    const withJson = verbs.filter(({ options }) => options.some(({ long }) => long === "--json")).map(fullName);
    expect(withJson).toEqual(names.filter((name) => name !== "completion"));
  });
});

describe.each(helped)("evenkeel %s --help", (name) => {
  const verb = (verbs[helped.indexOf(name)] ??
    createProgram().commands.find((each) => each.name() === name)) as Command;
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
      expect([line, called]).toEqual([line, [groups.includes(name) ? words.slice(0, 2).join(" ") : name]]);
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
