import { type PipelineEnvironment, type PipelineSettings, sessionRegion } from "./settings";
import { toYaml, type Yaml } from "./yaml";

/** The file of the repository. */
export const atlantisRepo = "atlantis.yaml";
/** What belongs into the configuration of the server: a pull request must not decide what runs there. */
export const atlantisServer = "atlantis-server.yaml";

/** Files of a project that a plan depends on. Paths are relative to its folder, which is that of the repository. */
const whenModified = ["**/*", "!**/*.md", "!docs/**"];

/**
 * The configuration of Atlantis by its paths. A project is an environment: `evenkeel plan` plans all of its stacks, also those that
 * read what others put out, and its gates see them together; stack by stack, neither is possible.
 * @see https://www.runatlantis.io/docs/repo-level-atlantis-yaml
 * @see https://www.runatlantis.io/docs/server-side-repo-config
 */
export function atlantisFiles(
  settings: PipelineSettings,
  environments: readonly PipelineEnvironment[],
): ReadonlyMap<string, string> {
  return new Map([
    [atlantisRepo, repo(settings, environments)],
    [atlantisServer, server(settings, environments)],
  ]);
}

/** A regular expression for one branch. */
const exactly = (branch: string): string => `/^${branch.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$/`;

const workflowOf = (name: string): string => `evenkeel-${name}`;

function repo({ branch }: PipelineSettings, environments: readonly PipelineEnvironment[]): string {
  return toYaml({
    version: 3,
    automerge: false,
    // All projects work in one clone.
    parallel_plan: false,
    parallel_apply: false,
    abort_on_execution_order_fail: true,
    projects: environments.map((environment) => ({
      name: environment.name,
      branch: exactly(branch),
      dir: ".",
      execution_order_group: groupOf(environment, environments),
      autoplan: { enabled: true, when_modified: whenModified },
      workflow: workflowOf(environment.name),
    })),
  });
}

/** How many environments have to be applied before this one. */
function groupOf(environment: PipelineEnvironment, all: readonly PipelineEnvironment[]): number {
  const before = all.find(({ name }) => name === environment.promotedFrom);
  return before ? 1 + groupOf(before, all) : 0;
}

function server(settings: PipelineSettings, environments: readonly PipelineEnvironment[]): string {
  return toYaml(
    {
      repos: [
        {
          id: settings.repository ?? "github.com/acme/platform",
          branch: exactly(settings.branch),
          plan_requirements: ["undiverged"],
          // Not in atlantis.yaml, which a pull request could change to approve itself.
          apply_requirements: ["approved", "mergeable", "undiverged"],
          allowed_overrides: ["workflow"],
          allowed_workflows: environments.map(({ name }) => workflowOf(name)),
          allow_custom_workflows: false,
          pre_workflow_hooks: [
            { run: settings.install, description: "Install the packages of the project", commands: "plan, apply" },
          ],
        },
      ],
      workflows: Object.fromEntries(
        environments.map((environment) => [workflowOf(environment.name), workflow(settings, environment)]),
      ),
    },
    {
      repos:
        "To be put into the file of --repo-config. Start the server with --fail-on-pre-workflow-hook-error and --checkout-strategy=merge, and without --allow-fork-prs.",
    },
  );
}

/** Atlantis keeps `$PLANFILE` from the plan to the apply: here it holds the path of the bundle, whose name is its checksum. */
const workflow = (settings: PipelineSettings, { name, home }: PipelineEnvironment): Yaml => ({
  plan: {
    steps: [
      ...sessions(name, home, "plan"),
      // Neither may count as a change of the repository.
      {
        run: {
          command: 'printf "%s\\n" "*.tfplan" rollouts/ >> "$(git rev-parse --git-path info/exclude)"',
          output: "hide",
        },
      },
      { run: { command: `rm -rf rollouts/${name}`, output: "hide" } },
      { run: `npx evenkeel plan ${name} --out rollouts/${name}` },
      { run: { command: `ls rollouts/${name}/*.rollout > "$PLANFILE"`, output: "hide" } },
    ],
  },
  apply: {
    steps: [
      ...sessions(name, home, "apply"),
      { run: `npx evenkeel apply "$(cat "$PLANFILE")" --auto-approve --on-alarm=${settings.onAlarm}` },
      { run: { command: 'rm -f "$PLANFILE"', output: "hide" } },
    ],
  },
});

/** The profile of the server's AWS configuration that assumes a role from the server's own. */
const sessions = (name: string, home: string, role: "plan" | "apply"): readonly Yaml[] => [
  { env: { name: "AWS_PROFILE", value: `evenkeel-${name}-${role}` } },
  { env: { name: "AWS_REGION", command: `printf %s "\${${sessionRegion(name)}:-${home}}"` } },
  { env: { name: "AWS_STS_REGIONAL_ENDPOINTS", value: "regional" } },
];
