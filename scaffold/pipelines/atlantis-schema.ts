import { z } from "zod";

const requirements = z
  .array(z.enum(["approved", "mergeable", "undiverged"]))
  .describe("What must be so before the command runs.");

const shell = {
  shell: z.string().min(1).optional().describe("Shell that runs the command; sh by default."),
  shellArgs: z
    .union([z.string(), z.array(z.string())])
    .optional()
    .describe("Arguments of the shell; -c by default. Only together with `shell`."),
};

/** Atlantis refuses arguments of a shell that is not named, and a shell without a command. */
const shellRules = [
  (step: { readonly shell?: string; readonly command?: string }) =>
    step.shell === undefined || step.command !== undefined,
  (step: { readonly shell?: string; readonly shellArgs?: unknown }) =>
    step.shellArgs === undefined || step.shell !== undefined,
] as const;
const [shellNeedsCommand, argumentsNeedShell] = shellRules;

const visibility = z.enum(["show", "hide"]);

const run = z
  .strictObject({
    command: z.string().min(1).describe("Command of the shell."),
    output: z
      .union([
        z.enum(["show", "hide", "strip_refreshing"]),
        z.array(z.union([z.enum(["show", "hide", "strip_refreshing"]), z.strictObject({ filter_regex: z.string() })])),
      ])
      .optional()
      .describe("What becomes of its output in the comment."),
    ...shell,
  })
  .refine(argumentsNeedShell, { path: ["shellArgs"], message: "needs `shell` beside it" });

const multienv = z
  .strictObject({ command: z.string().min(1), output: visibility.optional(), ...shell })
  .refine(argumentsNeedShell, { path: ["shellArgs"], message: "needs `shell` beside it" });

const env = z
  .strictObject({
    name: z.string().min(1).describe("Name of the variable, for the steps after this one."),
    value: z.string().optional().describe("Its value."),
    command: z.string().optional().describe("A command that prints its value."),
    ...shell,
  })
  .refine(({ value, command }) => value === undefined || command === undefined, {
    message: "has a value and a command; give it one of them",
  })
  .refine(shellNeedsCommand, { path: ["shell"], message: "needs `command` beside it" })
  .refine(argumentsNeedShell, { path: ["shellArgs"], message: "needs `shell` beside it" });

const builtIn = ["init", "plan", "show", "policy_check", "apply", "import", "state_rm"] as const;
const withArguments = z.strictObject({ extra_args: z.array(z.string()) });

const step = z.union([
  z.enum(builtIn),
  ...builtIn.map((name) => z.strictObject({ [name]: withArguments })),
  z.strictObject({ run: z.union([z.string().min(1), run]) }),
  z.strictObject({ env }),
  z.strictObject({ multienv: z.union([z.string().min(1), multienv]) }),
]);

const commands = z.strictObject({ steps: z.array(step).optional() });

const workflow = z.strictObject({
  plan: commands.optional(),
  policy_check: commands.optional(),
  apply: commands.optional(),
  import: commands.optional(),
  state_rm: commands.optional(),
});

const regularExpression = z
  .string()
  .regex(/^\/.*\/$/, "is a regular expression, which begins and ends with a /")
  .refine(compiles, "is no regular expression");

function compiles(expression: string): boolean {
  try {
    new RegExp(expression.slice(1, -1));
    return true;
  } catch {
    return false;
  }
}

const repoLocks = z.strictObject({ mode: z.enum(["disabled", "on_plan", "on_apply"]).optional() });
const autodiscover = z.strictObject({
  mode: z.enum(["auto", "enabled", "disabled"]).optional(),
  ignore_paths: z.array(z.string()).optional(),
});
const silent = z.array(z.enum(["plan", "apply"]));

const project = z
  .strictObject({
    name: z
      .string()
      .min(1)
      .refine((name) => encodeURIComponent(name.replaceAll("/", "-")) === name.replaceAll("/", "-"), {
        message: "has characters that an address cannot have",
      })
      .optional(),
    branch: regularExpression.optional().describe("Base branches of the pull requests that it is planned for."),
    dir: z
      .string()
      .min(1)
      .refine((dir) => !dir.includes(".."), "has .. in it"),
    workspace: z.string().min(1).optional(),
    execution_order_group: z.int().optional(),
    depends_on: z.array(z.string()).optional(),
    delete_source_branch_on_merge: z.boolean().optional(),
    repo_locking: z.boolean().optional(),
    repo_locks: repoLocks.optional(),
    custom_policy_check: z.boolean().optional(),
    policy_check: z.boolean().optional(),
    autoplan: z
      .strictObject({ enabled: z.boolean().optional(), when_modified: z.array(z.string().min(1)).optional() })
      .optional(),
    terraform_distribution: z.enum(["terraform", "opentofu"]).optional(),
    terraform_version: z
      .string()
      .regex(/^v?\d+\.\d+\.\d+(-[\w.]+)?$/, "is not a version; write it like v1.11.4")
      .optional(),
    plan_requirements: requirements.optional(),
    apply_requirements: requirements.optional(),
    import_requirements: requirements.optional(),
    silence_pr_comments: silent.optional(),
    workflow: z.string().min(1).optional(),
  })
  .refine(({ name, dir }) => name === undefined || !/[*?[]/.test(dir), {
    path: ["name"],
    message: "cannot stand beside a pattern in dir, which is several projects",
  });

/**
 * `atlantis.yaml` of a repository, by its documentation and the structures that the server reads it into, at the commit 078d0a82 of
 * 2026-08-22. Atlantis publishes no schema.
 * @see https://www.runatlantis.io/docs/repo-level-atlantis-yaml
 * @see https://github.com/runatlantis/atlantis/blob/078d0a82081e8a2b1645268c5f5bfec578246fa9/server/core/config/raw/repo_cfg.go
 */
export const atlantisRepoSchema = z
  .strictObject({
    version: z.literal(3),
    automerge: z.boolean().optional(),
    autodiscover: autodiscover.optional(),
    delete_source_branch_on_merge: z.boolean().optional(),
    parallel_plan: z.boolean().optional(),
    parallel_apply: z.boolean().optional(),
    abort_on_execution_order_fail: z.boolean().optional(),
    emoji_reaction: z.string().optional(),
    repo_locks: repoLocks.optional(),
    silence_pr_comments: silent.optional(),
    allowed_regexp_prefixes: z.array(z.string()).optional(),
    projects: z.array(project).optional(),
    workflows: z.record(z.string(), workflow).optional(),
  })
  .superRefine(({ projects = [] }, context) => {
    const seen = new Set<string>();
    for (const [index, { name, dir, workspace = "default" }] of projects.entries()) {
      for (const key of name === undefined ? [`${dir} ${workspace}`] : [name]) {
        if (seen.has(key)) {
          context.addIssue({ code: "custom", path: ["projects", index], message: "is there twice; give each a name" });
        }
        seen.add(key);
      }
    }
  });

const hook = z
  .strictObject({
    run: z.string().min(1),
    description: z.string().optional(),
    commands: z.string().optional().describe("Commands of Atlantis before which it runs, with commas between them."),
    shell: z.string().optional(),
    shellArgs: z.string().optional(),
  })
  .refine(argumentsNeedShell, { path: ["shellArgs"], message: "needs `shell` beside it" });

const repository = z.strictObject({
  id: z.string().min(1),
  branch: regularExpression.optional(),
  repo_config_file: z.string().optional(),
  workflow: z.string().optional(),
  plan_requirements: requirements.optional(),
  apply_requirements: requirements.optional(),
  import_requirements: requirements.optional(),
  allowed_overrides: z
    .array(
      z.enum([
        "plan_requirements",
        "apply_requirements",
        "import_requirements",
        "workflow",
        "delete_source_branch_on_merge",
        "repo_locking",
        "repo_locks",
        "policy_check",
        "custom_policy_check",
        "silence_pr_comments",
      ]),
    )
    .optional(),
  allowed_workflows: z.array(z.string()).optional(),
  allow_custom_workflows: z.boolean().optional(),
  delete_source_branch_on_merge: z.boolean().optional(),
  repo_locking: z.boolean().optional(),
  repo_locks: repoLocks.optional(),
  policy_check: z.boolean().optional(),
  custom_policy_check: z.boolean().optional(),
  autodiscover: autodiscover.optional(),
  silence_pr_comments: silent.optional(),
  pre_workflow_hooks: z.array(hook).optional(),
  post_workflow_hooks: z.array(hook).optional(),
});

/**
 * The part of the server's `repos.yaml` that a pipeline has: repositories, and the workflows that they may choose.
 * @see https://www.runatlantis.io/docs/server-side-repo-config
 */
export const atlantisServerSchema = z
  .strictObject({ repos: z.array(repository).optional(), workflows: z.record(z.string(), workflow).optional() })
  .superRefine(({ repos = [], workflows = {} }, context) => {
    for (const [index, { workflow: chosen, allowed_workflows: allowed = [] }] of repos.entries()) {
      for (const name of [...(chosen === undefined ? [] : [chosen]), ...allowed]) {
        if (name === "default" || name in workflows) continue;
        context.addIssue({ code: "custom", path: ["repos", index], message: `names no workflow of the file: ${name}` });
      }
    }
  });
