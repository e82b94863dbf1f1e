import type { Problem } from "../problem";
import { queryCommands } from "./logs-query-commands";
import { didYouMean, show } from "./nearest";

/** @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutQueryDefinition.html */
const longest = 10_000;

const commandNames = Object.keys(queryCommands).sort();

/**
 * A query of CloudWatch Logs Insights: known commands with what they need, joined by `|`, and every quotation mark,
 * bracket and regular expression closed. Names of fields and functions are left to CloudWatch.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
export function logsQuery(text: string): Problem | undefined {
  if (text.length > longest) return `has ${text.length} characters; use at most ${longest}`;
  const commands = split(text);
  if (typeof commands === "string") return commands;
  if (commands.length === 1 && commands[0]?.trim() === "")
    return "is empty; write a query such as fields @timestamp, @message";
  for (const command of commands) {
    const problem = commandProblem(command.trim());
    if (problem) return problem;
  }
  return undefined;
}

function commandProblem(command: string): Problem | undefined {
  if (command === "") return "has a | without a command on both sides; add the command, or remove the |";
  const name = /^[A-Za-z]*/.exec(command)?.[0] ?? "";
  const known = commandNames.find((other) => other.toLowerCase() === name.toLowerCase());
  if (known === undefined) {
    return name === ""
      ? `has ${show(command)} where a command is expected; begin with one such as fields or filter`
      : `has the unknown command ${show(name)}; ${didYouMean(name, commandNames)}`;
  }
  const rest = command.slice(name.length);
  if (rest !== "" && !/^[\s(`"'@]/.test(rest))
    return `has the unknown command ${show(command.split(/\s/, 1)[0] ?? "")}; ${didYouMean(name, commandNames)}`;
  return queryCommands[known]?.(rest.trim());
}

/** What a text within a query runs up to. */
const quotes: Readonly<Record<string, string>> = {
  '"': "double quotation mark",
  "'": "quotation mark",
  "`": "backtick",
};
const closing: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** The commands of a query without comments and with its texts emptied, or what is not closed. Goes through the text once. */
function split(text: string): readonly string[] | Problem {
  const commands: string[] = [];
  const open: string[] = [];
  let command = "";
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    const quote = quotes[character];
    if (quote !== undefined || (character === "/" && startsExpression(command))) {
      const end = endOf(text, at);
      if (end < 0) return `has a ${quote ?? "regular expression"} that is not closed; add ${character} at its end`;
      command += character + character;
      at = end;
    } else if (character === "#") {
      const end = text.indexOf("\n", at);
      at = end < 0 ? text.length : end - 1;
    } else if (closing[character] !== undefined) {
      open.push(closing[character]);
      command += character;
    } else if (character === ")" || character === "]" || character === "}") {
      if (open.pop() !== character) return `has an unmatched ${character}; remove it, or add the opening bracket`;
      command += character;
    } else if (character === "|" && open.length === 0) {
      commands.push(command);
      command = "";
    } else command += character;
  }
  const unclosed = open.pop();
  if (unclosed !== undefined) return `has a bracket that is not closed; add ${unclosed}`;
  return [...commands, command];
}

/** The place of the same character further on that no backslash stands before; -1 if there is none. */
function endOf(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === text[start]) return at;
  }
  return -1;
}

/** A slash is a division elsewhere. Only the end of the command is looked at, so that the whole stays linear. */
function startsExpression(command: string): boolean {
  const before = command.slice(-200).trimEnd();
  if (/(^|[\s)])(like|=~)$/i.test(before) || before.endsWith("=~")) return true;
  return /^\s*parse\s+[^\s,]+$/i.test(command.length > 200 ? "" : before);
}
