import { atlantisRepoSchema, atlantisServerSchema } from "../../../scaffold/pipelines";

const project = { dir: ".", name: "prod" };
const steps = (...all: readonly unknown[]) => ({ version: 3, workflows: { custom: { plan: { steps: all } } } });

/** The example of all keys in the documentation of Atlantis, and what else it describes. */
const good: readonly (readonly [title: string, file: unknown])[] = [
  [
    "every key of the example",
    {
      version: 3,
      automerge: true,
      autodiscover: { mode: "auto", ignore_paths: ["some/path"] },
      delete_source_branch_on_merge: true,
      parallel_plan: true,
      parallel_apply: true,
      abort_on_execution_order_fail: true,
      projects: [
        {
          name: "my-project-name",
          branch: "/main/",
          dir: ".",
          workspace: "default",
          terraform_distribution: "terraform",
          terraform_version: "v0.11.0",
          delete_source_branch_on_merge: true,
          repo_locking: true,
          repo_locks: { mode: "on_plan" },
          custom_policy_check: false,
          autoplan: { when_modified: ["*.tf", "../modules/**/*.tf"], enabled: true },
          plan_requirements: ["mergeable", "approved", "undiverged"],
          apply_requirements: ["mergeable", "approved", "undiverged"],
          import_requirements: ["mergeable", "approved", "undiverged"],
          silence_pr_comments: ["apply"],
          execution_order_group: 1,
          depends_on: ["project-1"],
          workflow: "myworkflow",
        },
      ],
      workflows: {
        myworkflow: {
          plan: {
            steps: [
              { run: "my-custom-command arg1 arg2" },
              { run: { command: "my-custom-command arg1 arg2", output: "hide" } },
              "init",
              { plan: { extra_args: ["-lock", "false"] } },
            ],
          },
          apply: { steps: [{ run: "echo hi" }, "apply"] },
        },
      },
      allowed_regexp_prefixes: ["dev/", "staging/"],
    },
  ],
  ["steps of each kind", steps("init", { env: { name: "A", value: "b" } }, { env: { name: "A", command: "date" } })],
  ["a step with a shell", steps({ run: { command: "date", shell: "bash", shellArgs: ["--verbose", "-c"] } })],
  ["filtered output", steps({ run: { command: "date", output: ["strip_refreshing", { filter_regex: "a*" }] } })],
  ["variables of a command", steps({ multienv: "envs.sh" }, { multienv: { command: "envs.sh", output: "hide" } })],
  ["a pattern of folders", { version: 3, projects: [{ dir: "modules/*" }] }],
];

const bad: readonly (readonly [message: string, file: unknown])[] = [
  ["Invalid input: expected 3", { version: 2 }],
  ['Unrecognized key: "proyects"', { version: 3, proyects: [] }],
  ['Unrecognized key: "apply_requirement"', { version: 3, projects: [{ ...project, apply_requirement: [] }] }],
  ['"approved"|"mergeable"|"undiverged"', { version: 3, projects: [{ ...project, apply_requirements: ["aproved"] }] }],
  ["has .. in it", { version: 3, projects: [{ ...project, dir: "../other" }] }],
  ["begins and ends with a /", { version: 3, projects: [{ ...project, branch: "main" }] }],
  ["is no regular expression", { version: 3, projects: [{ ...project, branch: "/(/" }] }],
  ["is there twice", { version: 3, projects: [project, project] }],
  ["cannot stand beside a pattern", { version: 3, projects: [{ name: "a", dir: "modules/*" }] }],
  ["characters that an address cannot have", { version: 3, projects: [{ dir: ".", name: "a b" }] }],
  ["Invalid input", steps("aply")],
  ["Invalid input", steps({ plan: { extra_arg: ["-lock"] } })],
  ["Invalid input", steps({ run: { output: "hide" } })],
  ["has a value and a command", steps({ env: { name: "A", value: "b", command: "date" } })],
  ["needs `shell` beside it", steps({ run: { command: "date", shellArgs: "-c" } })],
  ["needs `command` beside it", steps({ env: { name: "A", value: "b", shell: "sh" } })],
];

describe("The schema of atlantis.yaml", () => {
  test.each(good)("takes %s", (_, file) => expect(atlantisRepoSchema.safeParse(file).error).toBeUndefined());

  test.each(bad)("refuses, with %j, %j", (message, file) => {
    const said = (atlantisRepoSchema.safeParse(file).error?.issues ?? []).map((issue) => issue.message).join("\n");
    expect(said).toContain(message);
  });
});

describe("The schema of the server's file", () => {
  const repo = { id: "/.*/", pre_workflow_hooks: [{ run: "npm ci", commands: "plan, apply" }] };

  test("takes hooks, and workflows that are there", () => {
    const file = { repos: [{ ...repo, allowed_workflows: ["custom", "default"] }], workflows: { custom: {} } };
    expect(atlantisServerSchema.safeParse(file).error).toBeUndefined();
  });

  test.each([
    ["names no workflow of the file: custom", { repos: [{ ...repo, workflow: "custom" }] }],
    ['Unrecognized key: "command"', { repos: [{ id: "a", pre_workflow_hooks: [{ run: "date", command: "plan" }] }] }],
    ["Invalid option", { repos: [{ id: "a", allowed_overrides: ["dir"] }] }],
  ])("refuses, with %j, %j", (message, file) => {
    const said = (atlantisServerSchema.safeParse(file).error?.issues ?? []).map((issue) => issue.message).join("\n");
    expect(said).toContain(message);
  });
});
