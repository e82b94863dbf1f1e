import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { complete, type Values } from "../../cli/completion/complete";
import { createProgram } from "../../cli/program";
import { runProcess } from "../../terraform";
import { hasProgram } from "../support/has-program";
import { temporaryFolder } from "../support/temporary-folder";

const values: Values = {
  environment: () => ["dev", "prod"],
  stage: () => ["foundation", "hardening"],
  from: () => ["foundation", "hardening"],
  stack: ([environment]) => (environment === "prod" ? ["keys", "data"] : []),
  stacks: ([environment]) => (environment === "prod" ? ["keys", "data"] : []),
};

const completed = (line: string) => {
  const found = complete(createProgram(), line.split(" "), values);
  return found === "files" ? found : found.map(({ name }) => name);
};

describe("A word is completed", () => {
  test.each([
    ["des", ["describe", "destroy"]],
    ["add ", ["environment", "service", "table", "help"]],
    ["describe ", ["dev", "prod"]],
    ["describe p", ["prod"]],
    ["describe prod ", []],
    ["unlock prod ", ["keys", "data"]],
    ["deploy prod --stacks ", ["keys", "data"]],
    ["deploy prod --stacks keys,", ["keys,data"]],
    ["deploy prod --stacks=keys,d", ["--stacks=keys,data"]],
    ["deploy --auto-approve p", ["prod"]],
    ["deploy --concurrency 2 p", ["prod"]],
    ["rehearse prod --from h", ["hardening"]],
    ["add environment qa --stage ", ["foundation", "hardening", "optimization"]],
    ["add service invoices --environment d", ["dev"]],
    ["init --engine cdktf-", ["cdktf-aws6"]],
    ["recovery prod --j", ["--json"]],
    ["recovery prod --json --", ["--wide", "--help"]],
    ["completion z", ["zsh"]],
    ["nothing ", []],
    ["gate cdktf.out/", "files"],
    ["gate a.json b", "files"],
    ["inventory --seed a.tfstate b", "files"],
    ["topology prod --output ", "files"],
    ["bundle ", ["show", "help"]],
    ["bundle show ", "files"],
    ["apply ", "files"],
    ["plan p", ["prod"]],
    ["plan prod --out ", "files"],
    ["plan prod --gi", ["--github", "--gitlab"]],
    ["locks p", ["prod"]],
    ["locks prod --mirror ", "files"],
    ["warm b", ["backtest"]],
    ["warm backtest ", "files"],
    ["warm backtest a.csv --p", ["--peak"]],
    ["warm backtest a.csv --output ", "files"],
    ["simulate -- npx ev", "files"],
  ])("in evenkeel %s", (line, expected) => expect(completed(line)).toEqual(expected));
});

const main = resolve("dist", "cli", "main.js");

/** A folder with a project, and with the program on a PATH. */
function project(): { folder: string; env: NodeJS.ProcessEnv } {
  const folder = temporaryFolder();
  const bin = join(folder, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "evenkeel"), `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`);
  chmodSync(join(bin, "evenkeel"), 0o755);
  writeFileSync(
    join(folder, "evenkeel.config.ts"),
    'import first from "./environments/first";\nimport second from "./environments/second";\n',
  );
  writeFileSync(join(folder, "plan.json"), "{}");
  mkdirSync(join(folder, ".evenkeel", "deploy", "first", "stacks", "first-keys"), { recursive: true });
  return { folder, env: { ...process.env, PATH: `${bin}:${process.env.PATH}` } };
}

const hasShell = (shell: string): boolean => hasProgram(shell, ["-c", "true"], shell);

describe("The script of evenkeel completion", () => {
  const lines = ["evenkeel desc", "evenkeel describe ", "evenkeel unlock first ", "evenkeel gate pl"];

  // As bash does it when a person presses Tab: the function fills COMPREPLY; where it leaves it empty, `-o default` takes files.
  const inBash = (line: string) => `
    source <(evenkeel completion bash)
    source <(evenkeel completion bash)
    COMP_LINE=${JSON.stringify(line)} COMP_POINT=${line.length}
    COMP_WORDS=(${line}${line.endsWith(" ") ? " ''" : ""}) COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
    _evenkeel_completion
    echo "\${COMPREPLY[*]}"`;

  test("completes verbs, environments and stacks in bash, leaves files to it, and can be read twice", async () => {
    const { folder, env } = project();
    const answers = [];
    for (const line of lines) {
      const { stdout, stderr } = await runProcess("bash", ["--norc", "-c", inBash(line)], { cwd: folder, env });
      answers.push(stdout.trim(), stderr);
    }
    expect(answers).toEqual(["describe", "", "first second", "", "keys", "", "", ""]);
  });

  // As zsh does it; what it would show is printed.
  const inZsh = (line: string) => `
    compdef() { : }
    source <(evenkeel completion zsh)
    _describe() { print -rl -- "\${(@P)2}" }
    _files() { print files }
    BUFFER=${JSON.stringify(line)} CURSOR=${line.length}
    words=(${line}${line.endsWith(" ") ? " ''" : ""}) CURRENT=$#words
    _evenkeel_completion`;

  (hasShell("zsh") ? test : test.skip)(
    "completes verbs, environments and files in zsh, verbs with what they do",
    async () => {
      const { folder, env } = project();
      const answers = [];
      for (const line of ["evenkeel desc", "evenkeel describe ", "evenkeel gate pl"]) {
        const { stdout } = await runProcess("zsh", ["-f", "-c", inZsh(line)], { cwd: folder, env });
        answers.push(stdout.trim().split("\n"));
      }
      expect(answers).toEqual([
        ["describe:what an environment consists of\\: stage, capabilities, stacks and regions"],
        ["first", "second"],
        ["files"],
      ]);
    },
  );

  (hasShell("fish") ? test : test.skip)("completes verbs and environments in fish", async () => {
    const { folder, env } = project();
    // Outside of a terminal fish has no cursor.
    const inFish = (line: string) => `
      evenkeel completion fish | source
      function commandline
        switch $argv[1]
          case -o; string split -n ' ' ${JSON.stringify(line)}
          case -C; echo ${line.length}
          case -ct; echo ''
        end
      end
      _evenkeel_completion`;
    const answers = [];
    for (const line of lines.slice(0, 2)) {
      const { stdout } = await runProcess("fish", ["--no-config", "-c", inFish(line)], { cwd: folder, env });
      answers.push(
        stdout
          .split("\n")
          .map((each) => each.split("\t")[0])
          .filter(Boolean)
          .sort(),
      );
    }
    expect(answers).toEqual([["describe"], ["first", "second"]]);
  });

  test("refuses a shell that it does not know", async () => {
    const { code, stderr } = await runProcess(process.execPath, [main, "completion", "tcsh"], { env: process.env });
    expect([code, stderr]).toEqual([1, expect.stringContaining("Allowed choices are bash, zsh, fish, pwsh.")]);
  });
});
