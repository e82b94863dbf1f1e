import type { Argument, Command, Option } from "commander";

/** Something that a shell offers to complete a word. */
export interface Candidate {
  readonly name: string;
  readonly description?: string;
}

/** What completes a word: candidates, or the names of files, which the shell knows itself. */
export type Completion = readonly Candidate[] | "files";

/**
 * Values that a project has for arguments and options, by their names.
 * @param before the words before the one that is completed, without options
 */
export type Values = Readonly<Record<string, (before: readonly string[]) => readonly string[]>>;

/**
 * What completes the last word of a command line.
 * @param words without the name of the program; the last one may be empty
 */
export function complete(program: Command, words: readonly string[], values: Values): Completion {
  const current = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  // What follows is the command line of another program.
  if (before.includes("--")) return "files";
  const { command, given, open } = walk(program, before);
  if (open) return ofValue(open.attributeName(), open.argChoices, current, given, values);
  const [, flag, value] = /^(--[\w-]+)=(.*)$/.exec(current) ?? [];
  const assigned = flag === undefined ? undefined : optionOf(command, flag);
  if (assigned && value !== undefined) {
    return withPrefix(`${flag}=`, ofValue(assigned.attributeName(), assigned.argChoices, value, given, values));
  }
  if (current.startsWith("-")) return options(command, current, before);
  const verbs = command.createHelp().visibleCommands(command);
  if (verbs.length > 0 && given.length === 0) return beginning(verbs.map(named), current);
  const argument = argumentAt(command, given.length);
  return argument ? ofValue(argument.name(), argument.argChoices, current, given, values) : [];
}

interface Position {
  readonly command: Command;
  /** Words that are arguments of the command. */
  readonly given: readonly string[];
  /** The option that the next word is the value of. */
  readonly open?: Option;
}

/** The command that words lead to, and what they have given it. */
function walk(program: Command, words: readonly string[]): Position {
  let command = program;
  let open: Option | undefined;
  const given: string[] = [];
  for (const word of words) {
    if (word.startsWith("-")) {
      const option = optionOf(command, word);
      open = option && (option.required || option.optional) ? option : undefined;
    } else if (open) {
      if (!open.variadic) open = undefined;
    } else {
      const verb = given.length === 0 ? command.commands.find((each) => each.name() === word) : undefined;
      if (verb) command = verb;
      else given.push(word);
    }
  }
  return { command, given, open };
}

const isFlagOf = ({ long, short }: Option, word: string): boolean => word === long || word === short;

const optionOf = (command: Command, word: string): Option | undefined =>
  command.options.find((option) => isFlagOf(option, word));

function argumentAt({ registeredArguments: all }: Command, index: number): Argument | undefined {
  const last = all.at(-1);
  return all[index] ?? (last?.variadic ? last : undefined);
}

function options(command: Command, current: string, before: readonly string[]): readonly Candidate[] {
  const left = command.createHelp().visibleOptions(command);
  return beginning(
    left
      .filter((option) => !before.some((word) => isFlagOf(option, word)))
      .map((option) => ({ name: option.long ?? option.flags, description: option.description })),
    current,
  );
}

/** Arguments and options that name a file or folder. */
const files = /^(plan\.json|csv|output|seed|directory|folder|evenkeel|bundle|out|gitlab|summary|mirror)$/;
/** Options that take several values with commas between them. */
const lists = /^(stacks|standby)$/;

function ofValue(
  name: string,
  choices: readonly string[] | undefined,
  current: string,
  given: readonly string[],
  values: Values,
): Completion {
  if (files.test(name)) return "files";
  const all = choices ?? values[name]?.(given) ?? [];
  const comma = lists.test(name) ? current.lastIndexOf(",") + 1 : 0;
  const listed = current.slice(0, comma).split(",");
  const left = all.filter((value) => !listed.includes(value)).map((value) => ({ name: value }));
  return withPrefix(current.slice(0, comma), beginning(left, current.slice(comma)));
}

const beginning = (candidates: readonly Candidate[], start: string): readonly Candidate[] =>
  candidates.filter(({ name }) => name.startsWith(start));

const withPrefix = (prefix: string, completion: Completion): Completion =>
  completion === "files" ? completion : completion.map((each) => ({ ...each, name: prefix + each.name }));

const named = (command: Command): Candidate => ({ name: command.name(), description: command.description() });
