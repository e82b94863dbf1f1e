import { execFileSync } from "node:child_process";
import type { Command } from "commander";
import { parse } from "yaml";
import { createProgram } from "../../../cli/program";
import { pipelineSystems } from "../../../scaffold/pipelines";
import { differentFiles } from "./combinations";

/** Every text in some data. */
function texts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(texts) : [];
}

/** What `npx evenkeel` is called with in scripts, as a shell splits it. Variables are values of their own. */
function callsIn(scripts: readonly string[]): readonly (readonly string[])[] {
  const calls = scripts.flatMap((script) =>
    [...script.matchAll(/npx evenkeel ([^\n|;]*?)(?= \|\| |;|\n|$)/g)].map(([, words = ""]) =>
      words.replace('"$(cat "$PLANFILE")"', "a.rollout"),
    ),
  );
  // One shell for all of them.
  const lines = [...new Set(calls)].map((words) => `printf '%s\\n' ${words}; echo =`);
  const split = execFileSync(
    "sh",
    ["-c", ["GITLAB_TOKEN=token BUNDLE=a.rollout NUMBER=7 CI_MERGE_REQUEST_IID=7; set -f", ...lines].join("\n")],
    {
      encoding: "utf8",
    },
  );
  return split.split("\n=\n").flatMap((words) => (words === "" ? [] : [words.trim().split("\n")]));
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
  const calls = callsIn(scripts);

  test("are verbs and options of the program", () => {
    expect(calls.map(([verb]) => verb)).toEqual(expect.arrayContaining(["plan", "apply"]));
    expect(calls.filter((call) => !accepts(call))).toEqual([]);
  });

  test("would not be, with a mistake", () => {
    expect(accepts(["plan", "prod", "--comments"])).toBe(false);
    expect(accepts(["aply", "a.rollout"])).toBe(false);
    expect(accepts(["apply"])).toBe(false);
  });
});
