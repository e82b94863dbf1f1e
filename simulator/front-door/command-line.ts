/** What Terraform is asked for. */
export interface CommandLine {
  /** The folder that `-chdir` names. */
  readonly chdir?: string;
  /** `plan`, `state push`; "" where there is none. */
  readonly command: string;
  /** The arguments, without `-chdir`. */
  readonly args: readonly string[];
}

/** A flag with its value, and where it stands in the arguments. */
export interface Flag {
  readonly name: string;
  readonly value: string;
  /** Index of its first argument. */
  readonly at: number;
  /** 1 for `-out=plan`, 2 for `-out plan`. */
  readonly length: number;
}

/** Flags that take the next argument as their value, if it is not given with `=`. */
const withValue = new Set([
  "backend-config",
  "backup",
  "backup-out",
  "exclude",
  "from-module",
  "generate-config-out",
  "lock-timeout",
  "out",
  "parallelism",
  "plugin-dir",
  "replace",
  "state",
  "state-out",
  "target",
  "var",
  "var-file",
]);

const withSubcommand = new Set(["state", "workspace", "providers", "metadata"]);

/** @see https://developer.hashicorp.com/terraform/cli/commands#switching-working-directory-with-chdir */
export function parseCommandLine(given: readonly string[]): CommandLine {
  const chdirs = given.slice(0, commandAt(given)).filter((arg) => /^--?chdir=/.test(arg));
  const args = given.filter((arg) => !chdirs.includes(arg));
  const at = commandAt(args);
  const [first = "", second = ""] = args.slice(at);
  const command = withSubcommand.has(first) && second !== "" && !second.startsWith("-") ? `${first} ${second}` : first;
  return { chdir: chdirs.at(-1)?.replace(/^--?chdir=/, ""), command, args };
}

/** Where the command stands, after the global options. */
function commandAt(args: readonly string[]): number {
  const at = args.findIndex((arg) => !arg.startsWith("-"));
  return at < 0 ? args.length : at;
}

/** The flags with a value, in their order. */
export function flagsOf(args: readonly string[]): Flag[] {
  const flags: Flag[] = [];
  for (let at = 0; at < args.length; at++) {
    const [, name = "", given] = /^--?([a-z][\w-]*)(?:=(.*))?$/s.exec(args[at] ?? "") ?? [];
    if (given !== undefined) flags.push({ name, value: given, at, length: 1 });
    else if (withValue.has(name)) {
      flags.push({ name, value: args[at + 1] ?? "", at, length: 2 });
      at += 1;
    }
  }
  return flags;
}

/** Indexes of the arguments that are neither a flag nor a flag's value, after the command. */
export function positions({ command, args }: CommandLine): number[] {
  const taken = new Set(flagsOf(args).flatMap(({ at, length }) => (length === 2 ? [at, at + 1] : [at])));
  const plain = args.flatMap((arg, at) => (arg.startsWith("-") || taken.has(at) ? [] : [at]));
  return plain.slice(command.split(" ").length);
}

/** Whether a flag without a value is given, such as `-help`. */
export const isGiven = (args: readonly string[], ...names: string[]): boolean =>
  args.some((arg) => names.includes(arg.replace(/^--?/, "")));

/** The arguments without some flags. */
export function without(args: readonly string[], flags: readonly Flag[]): string[] {
  const dropped = new Set(flags.flatMap(({ at, length }) => (length === 2 ? [at, at + 1] : [at])));
  return args.filter((_, at) => !dropped.has(at));
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Text that a POSIX shell reads as one command with these arguments. */
export const shellWords = (words: readonly string[]): string => words.map(quoted).join(" ");
