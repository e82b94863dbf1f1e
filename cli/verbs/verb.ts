import { join, relative } from "node:path";
import { type Command, Option } from "commander";
import { packageRoot } from "../../loader";
import { paragraphs, screenOf } from "../../output";

/**
 * Adds one verb to the command line. The code of a verb is loaded when it is called, so `simulate` starts fast and also
 * works while an environment has mistakes.
 */
export type Verb = (program: Command) => void;

/** What `--help` and the reference say of a verb, beside its arguments and options. */
export interface Manual {
  /** What one types after `evenkeel`, and what it does. A test parses them. */
  readonly examples: readonly (readonly [line: string, does: string])[];
  /** Exit codes that it has beside 0 and 1 for errors. */
  readonly exitCodes?: Readonly<Record<string, string>>;
  /** Whether it has no document: then there is no `--json`. */
  readonly withoutDocument?: boolean;
}

const manuals = new WeakMap<Command, Manual>();

/** What a verb's manual says; undefined for one that only has further verbs below it. */
export const manualOf = (command: Command): Manual | undefined => manuals.get(command);

/** Gives a verb its manual, and the options `--json` and `--wide`. To be called after its own options. */
export function withManual(command: Command, manual: Manual): Command {
  manuals.set(command, manual);
  if (!manual.withoutDocument) {
    command
      .addOption(new Option("--json", "one JSON document on standard output, also of an error"))
      .addOption(new Option("--wide", "tables as wide as they need, whatever the terminal has"));
  }
  return command.addHelpText("after", () => helpOf(command, manual));
}

/** The verb as one types it: `add service`. */
export function fullName(command: Command): string {
  const { parent } = command;
  return parent?.parent ? `${fullName(parent)} ${command.name()}` : command.name();
}

function helpOf(command: Command, { examples, exitCodes = {} }: Manual): string {
  const anchor = fullName(command).replaceAll(" ", "-");
  const reference = relative(process.cwd(), join(packageRoot(), "docs", "reference", "verbs.md"));
  const codes = Object.entries(exitCodes).map(([code, when]) => `  ${code}: ${when}`);
  const text = [
    "",
    `Example${examples.length === 1 ? "" : "s"}:`,
    ...examples.flatMap(([line, does]) => [`  evenkeel ${line}`, `    ${does}`]),
    ...(codes.length > 0 ? ["", "Exit codes:", ...codes] : []),
    "",
    `Documentation: ${reference}#${anchor}`,
  ].join("\n");
  return paragraphs(text, { columns: command.configureHelp().helpWidth ?? screenOf(process.stdout).columns ?? 80 });
}
