import { execFileSync } from "node:child_process";
import type { Command } from "commander";
import { parse } from "yaml";
import { createProgram } from "../../../cli/program";
import { pipelineSystems } from "../../../scaffold/pipelines";
import { differentFiles } from "./combinations";

/** Verbs that pipelines call, and that another change adds. */
const notYet = ["drift"];

/** Every text in some data. */
function texts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(texts) : [];
}

/** What `npx evenkeel` is called with in a script, as a shell splits it. Variables are values of their own. */
function callsIn(script: string): readonly (readonly string[])[] {
  const calls = [...script.matchAll(/npx evenkeel ([^\n|;]*?)(?= \|\| |;|\n|$)/g)].map(([, words = ""]) => words);
  const known = calls.map((words) => words.replace('"$(cat "$PLANFILE")"', "a.rollout"));
  return known.map((words) =>
    execFileSync("sh", ["-c", `GITLAB_TOKEN=token BUNDLE=a.rollout; set -f; printf '%s\\n' ${words}`], {
      encoding: "utf8",
    })
      .trim()
      .split("\n"),
  );
}

/** The program, without what verbs do. */
function inertProgram(): Command {
  const program = createProgram();
  const make = (command: Command): void => {
    command.exitOverride().configureOutput({ writeErr: () => {}, outputError: () => {} });
    // A verb that only has others below it needs no action.
    if (command.registeredArguments.length > 0 || command.commands.length === 0) command.action(() => {});
    command.commands.forEach(make);
  };
  make(program);
  return program;
}

const program = inertProgram();

const accepts = (words: readonly string[]): boolean => {
  try {
    program.parse(["node", "evenkeel", ...words]);
    return true;
  } catch {
    return false;
  }
};

describe.each(pipelineSystems)("The commands of every pipeline of %s", (system) => {
  const scripts = differentFiles(system, false).flatMap(([, text]) => texts(parse(text)));
  const calls = [...new Map(scripts.flatMap(callsIn).map((call) => [call.join(" "), call])).values()];

  test("are verbs and options of the program", () => {
    expect(calls.map(([verb]) => verb)).toEqual(expect.arrayContaining(["plan", "apply"]));
    expect(calls.filter(([verb = ""]) => !notYet.includes(verb)).filter((call) => !accepts(call))).toEqual([]);
  });

  test("would not be, with a mistake", () => {
    expect(accepts(["plan", "prod", "--comments"])).toBe(false);
    expect(accepts(["aply", "a.rollout"])).toBe(false);
    expect(accepts(["apply"])).toBe(false);
  });
});

test("Only verbs that are not there are left out", () => {
  const verbs = createProgram().commands.map((command) => command.name());
  expect(notYet.filter((verb) => verbs.includes(verb))).toEqual([]);
});
