import type { Command, Help } from "commander";
import { documents } from "../../cli/documents";
import { createProgram } from "../../cli/program";
import { fullName, manualOf } from "../../cli/verbs/verb";
import { escapedForTable } from "../../config/reference";

/** The reference of the command line, as Markdown, from the program that parses it. */
export function verbsPage(): string {
  const program = createProgram();
  const help = program.createHelp();
  return [
    "# Verbs",
    "",
    "Generated from the program by `npm run docs`; do not edit. `npx evenkeel <verb> --help` says the same.",
    "",
    "[The command line](../../cli/README.md) has exit codes, signals, how wide tables are and which variables count.",
    "",
    ...help
      .visibleCommands(program)
      .filter((verb) => verb.name() !== "help")
      .flatMap((verb) => section(verb, help)),
  ].join("\n");
}

function section(verb: Command, help: Help): string[] {
  const below = help.visibleCommands(verb).filter((each) => each.name() !== "help");
  const manual = manualOf(verb);
  const name = fullName(verb);
  const head = [`## ${name}`, "", sentence(verb.description()), ""];
  const sections = below.flatMap((each) => section(each, help));
  // One that only has further verbs below it.
  if (below.length > 0 && manual?.withoutDocument) return [...head, ...sections];
  return [
    ...head,
    "```text",
    `evenkeel ${name} ${verb.usage()}`,
    "```",
    "",
    ...rows("argument", argumentsOf(verb)),
    ...rows("option", optionsOf(verb, help)),
    ...rows("exit code", Object.entries(manual?.exitCodes ?? {})),
    "```sh",
    ...(manual?.examples ?? []).flatMap(([line, does]) => [`# ${does}`, `npx evenkeel ${line}`]),
    "```",
    "",
    ...(manual?.withoutDocument ? [] : [`[Its JSON](json.md#${documentOf(name).replaceAll(" ", "-")}).`, ""]),
    ...sections,
  ];
}

/** The document of a verb: its own, or the one that it shares with all below the first word of its name. */
const documentOf = (name: string): string =>
  documents.some(({ verb }) => verb === name) ? name : (name.split(" ")[0] as string);

type Row = readonly [name: string, meaning: string];

const argumentsOf = ({ registeredArguments }: Command): Row[] =>
  registeredArguments.map((argument) => [
    argument.required ? argument.name() : `[${argument.name()}]`,
    withChoices(argument.description, argument.argChoices),
  ]);

const optionsOf = (verb: Command, help: Help): Row[] =>
  help
    .visibleOptions(verb)
    .filter(({ long }) => long !== "--help")
    .map((option) => [
      option.flags,
      withChoices(option.description, option.argChoices) +
        (typeof option.defaultValue === "string" ? `; by default ${option.defaultValue}` : ""),
    ]);

const withChoices = (text: string, choices: readonly string[] | undefined): string =>
  choices ? `${text}: ${choices.join(", ")}`.replace(/^: /, "") : text;

function rows(title: string, all: readonly Row[]): string[] {
  if (all.length === 0) return [];
  return [
    `| ${title} | |`,
    "|---|---|",
    ...all.map(([name, meaning]) => `| \`${name}\` | ${escapedForTable(meaning)} |`),
    "",
  ];
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
