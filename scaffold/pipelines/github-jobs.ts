import { actions, checkovVersion, nodeVersion, pinned, terraform } from "./pins";
import { applyRole, type PipelineEnvironment, type PipelineSettings, planRole, sessionRegion } from "./settings";
import { type Comments, toYaml, type Yaml } from "./yaml";

type Steps = readonly Yaml[];

/** How long a job that plans may run, in minutes. */
export const planMinutes = 60;

/** A workflow as YAML. Sessions are asked of STS in a region, and not in us-east-1 for all. */
export const workflow = ({ jobs, ...head }: { readonly [key: string]: Yaml }, comments: Comments = {}): string =>
  toYaml({ ...head, env: { AWS_STS_REGIONAL_ENDPOINTS: "regional" }, jobs: jobs as Yaml }, comments);

/** An object with a name and a value for each of these. */
export const each = <One>(
  all: readonly One[],
  name: (one: One) => string,
  value: (one: One) => Yaml,
): Record<string, Yaml> => Object.fromEntries(all.map((one) => [name(one), value(one)]));

/** An expression of GitHub; never of what a person outside can write, such as a title or the name of a branch. */
export const expression = (text: string): string => `\${{ ${text} }}`;

/** Whether a pull request is of the repository itself. Those from forks run somebody else's code: they get no role. */
export const ownPullRequest = "github.event.pull_request.head.repo.full_name == github.repository";

/** One run at a time; a further one waits, and nothing that runs is cancelled. */
export const queue = (group: string): Yaml => ({ group, "cancel-in-progress": false });

interface Job {
  readonly condition?: string;
  readonly needs?: string;
  readonly minutes: number;
  readonly permissions: Readonly<Record<string, "write">>;
  readonly environment?: string;
  readonly concurrency?: Yaml;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps: Steps;
}

/** A job, with no permission but to read the repository and what it names. */
export const job = ({ runner }: PipelineSettings, { condition, minutes, permissions, steps, ...rest }: Job): Yaml => ({
  ...(rest.needs ? { needs: rest.needs } : {}),
  ...(condition ? { if: condition } : {}),
  "runs-on": runner ?? "ubuntu-latest",
  "timeout-minutes": minutes,
  ...(rest.environment ? { environment: rest.environment } : {}),
  ...(rest.concurrency ? { concurrency: rest.concurrency } : {}),
  permissions: { contents: "read", ...permissions },
  ...(rest.outputs ? { outputs: rest.outputs } : {}),
  steps,
});

/**
 * Files, programs and packages. Nothing is taken from a cache that another run can have written.
 * @param ref what is checked out, where it is not what the run is of
 */
export const prepared = ({ install }: PipelineSettings, ref?: string): Steps => [
  { uses: pinned(actions.checkout), with: { "persist-credentials": false, ...(ref === undefined ? {} : { ref }) } },
  { uses: pinned(actions.setupNode), with: { "node-version": nodeVersion, "package-manager-cache": false } },
  {
    uses: pinned(actions.setupTerraform),
    with: { terraform_version: terraform.version, terraform_wrapper: false },
  },
  { run: install },
];

/** What needs no role, so that pull requests from forks are checked as well. */
export function checks({ scan, codeScanning }: PipelineSettings, environments: readonly PipelineEnvironment[]): Steps {
  const names = environments.map(({ name }) => name).join(",");
  const files = ["audit.sarif", ...(scan ? ["scan.sarif"] : [])];
  const upload = (file: string): Yaml => ({
    if: `\${{ !cancelled() && hashFiles('${file}') != '' && ${ownPullRequest} }}`,
    uses: pinned(actions.uploadSarif),
    with: { sarif_file: file, category: `evenkeel-${file.split(".")[0]}` },
  });
  return [
    { run: "npx evenkeel init pipeline github --check" },
    ...environments.map(({ name }) => ({ run: `npx evenkeel describe ${name}` })),
    { run: `npx evenkeel audit ${names} --sarif audit.sarif` },
    ...(scan
      ? [{ run: `pipx install checkov==${checkovVersion}` }, { run: `npx evenkeel scan ${names} --sarif scan.sarif` }]
      : []),
    ...(codeScanning ? files.map(upload) : []),
  ];
}

/** A session of a role, for which GitHub vouches: there is no key. Only the account of the environment is accepted. */
export const credentials = (
  { name, account, home }: Pick<PipelineEnvironment, "name" | "account" | "home">,
  role: "plan" | "apply",
  minutes?: number,
): Yaml => ({
  uses: pinned(actions.awsCredentials),
  with: {
    "role-to-assume": `\${{ vars.${(role === "plan" ? planRole : applyRole)(name)} }}`,
    "role-session-name": `evenkeel-${role}-${name}-\${{ github.run_id }}`,
    ...(minutes === undefined ? {} : { "role-duration-seconds": minutes * 60 }),
    // The action asks STS in this region.
    "aws-region": `\${{ vars.${sessionRegion(name)} || '${home}' }}`,
    "allowed-account-ids": account,
  },
});

/** Keeps an encrypted bundle. */
export const keep = ({ name }: PipelineEnvironment, condition?: string): Yaml => ({
  ...(condition ? { if: condition } : {}),
  uses: pinned(actions.uploadArtifact),
  with: {
    name: `rollout-${name}`,
    path: expression("steps.plan.outputs.bundle"),
    "if-no-files-found": "error",
    "retention-days": 7,
  },
});

/** Takes the bundle that the job before has kept. */
export const downloaded = ({ name }: PipelineEnvironment): Yaml => ({
  uses: pinned(actions.downloadArtifact),
  with: { name: `rollout-${name}`, path: "rollouts" },
});

/** Why there is no artefact with a bundle. */
export const commentsOnBundles = (
  environments: readonly PipelineEnvironment[],
  path: (name: string) => string,
): Comments =>
  Object.fromEntries(
    environments
      .filter(({ encrypted }) => !encrypted)
      .map(({ name }) => [
        path(name),
        `No bundle of ${name} is kept: plans can hold secrets, and it names no key in rollout.bundles.encryptWith.\nSo the job that applies plans again, and applies that plan.`,
      ]),
  );
