import { actions, checkovVersion, nodeVersion, pinned, terraform } from "./pins";
import {
  applyMinutes,
  applyRole,
  isPromoted,
  type PipelineEnvironment,
  type PipelineSettings,
  planRole,
  sessionRegion,
} from "./settings";
import { type Comments, toYaml, type Yaml } from "./yaml";

type Steps = readonly Yaml[];

/** How long a job that plans may run, in minutes. */
const planMinutes = 60;

/**
 * The workflows of GitHub Actions by their paths: reviews of pull requests, rollouts of what is merged, drift.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
 */
export function githubFiles(
  settings: PipelineSettings,
  environments: readonly PipelineEnvironment[],
): ReadonlyMap<string, string> {
  return new Map([
    [".github/workflows/evenkeel-review.yml", review(settings, environments)],
    [".github/workflows/evenkeel-rollout.yml", rollout(settings, environments)],
    ...(settings.drift === "none"
      ? []
      : [[".github/workflows/evenkeel-drift.yml", drift(settings, environments)] as const]),
  ]);
}

/** The paths of all workflows that there can be. */
export const githubPaths = ["review", "rollout", "drift"].map((name) => `.github/workflows/evenkeel-${name}.yml`);

function review(settings: PipelineSettings, environments: readonly PipelineEnvironment[]): string {
  return workflow(
    {
      name: "evenkeel review",
      on: { pull_request: { branches: [settings.branch] } },
      permissions: {},
      concurrency: queue(`evenkeel-review-${expression("github.event.pull_request.number")}`),
      jobs: {
        check: job(settings, {
          minutes: settings.scan ? planMinutes : 30,
          permissions: settings.codeScanning ? { "security-events": "write" } : {},
          steps: [...prepared(settings), ...checks(settings, environments)],
        }),
        ...each(
          environments,
          ({ name }) => `plan-${name}`,
          (environment) =>
            job(settings, {
              // Pull requests from forks run somebody else's code: they get no role.
              condition: "github.event.pull_request.head.repo.full_name == github.repository",
              minutes: planMinutes,
              permissions: { "id-token": "write", "pull-requests": "write" },
              steps: [
                ...prepared(settings),
                credentials(environment, "plan"),
                {
                  id: "plan",
                  run: `npx evenkeel plan ${environment.name}${environment.encrypted ? " --out rollouts" : ""} --github --comment`,
                  env: { GITHUB_TOKEN: expression("github.token") },
                },
                ...(environment.encrypted ? [keep(environment, "steps.plan.outputs.bundle != ''")] : []),
              ],
            }),
        ),
      },
    },
    commentsOnBundles(environments, (name) => `jobs.plan-${name}`),
  );
}

function rollout(settings: PipelineSettings, environments: readonly PipelineEnvironment[]): string {
  const jobs = environments.map((environment): Readonly<Record<string, Yaml>> => {
    const { name, encrypted } = environment;
    const before = environments.find((one) => one.name === environment.promotedFrom);
    return {
      [`plan-${name}`]: job(settings, {
        condition: before ? undefined : `github.ref == 'refs/heads/${settings.branch}'`,
        needs: before && `apply-${before.name}`,
        minutes: planMinutes,
        permissions: { "id-token": "write" },
        outputs: {
          bundle: expression("steps.plan.outputs.bundle"),
          "has-changes": expression("steps.plan.outputs.has-changes"),
        },
        steps: [
          ...prepared(settings),
          credentials(environment, "plan"),
          { id: "plan", run: `npx evenkeel plan ${name}${encrypted ? " --out rollouts" : ""} --github` },
          ...(encrypted ? [keep(environment)] : []),
        ],
      }),
      [`apply-${name}`]: job(settings, {
        needs: `plan-${name}`,
        // What is promoted leaves its evidence also where nothing changes.
        condition: isPromoted(environment, environments)
          ? undefined
          : `needs.plan-${name}.outputs.has-changes == 'true'`,
        minutes: applyMinutes(environment),
        environment: name,
        concurrency: queue(`evenkeel-${name}`),
        permissions: { "id-token": "write" },
        steps: [
          ...prepared(settings),
          ...(encrypted
            ? [{ uses: pinned(actions.downloadArtifact), with: { name: `rollout-${name}`, path: "rollouts" } }]
            : []),
          credentials(environment, "apply", settings.sessionMinutes),
          ...(encrypted ? [] : [{ id: "plan", run: `npx evenkeel plan ${name} --out rollouts --github` }]),
          {
            run: `npx evenkeel apply "$BUNDLE" --auto-approve --on-alarm=${settings.onAlarm}`,
            env: {
              BUNDLE: encrypted
                ? expression(`needs.plan-${name}.outputs.bundle`)
                : expression("steps.plan.outputs.bundle"),
            },
          },
        ],
      }),
    };
  });
  return workflow(
    {
      name: "evenkeel rollout",
      on: { push: { branches: [settings.branch] }, workflow_dispatch: null },
      permissions: {},
      jobs: Object.assign({}, ...jobs),
    },
    commentsOnBundles(environments, (name) => `jobs.apply-${name}`),
  );
}

function drift(settings: PipelineSettings, environments: readonly PipelineEnvironment[]): string {
  return workflow({
    name: "evenkeel drift",
    on: { schedule: [{ cron: settings.drift }], workflow_dispatch: null },
    permissions: {},
    jobs: each(
      environments,
      ({ name }) => `drift-${name}`,
      (environment) =>
        job(settings, {
          condition: `github.ref == 'refs/heads/${settings.branch}'`,
          minutes: planMinutes,
          concurrency: queue(`evenkeel-drift-${environment.name}`),
          permissions: { "id-token": "write", issues: "write" },
          steps: [
            ...prepared(settings),
            credentials(environment, "plan"),
            {
              // Exit code 2: there is drift, which the report says.
              run: [
                "code=0",
                `npx evenkeel drift ${environment.name} || code=$?`,
                `if [ "$code" = 2 ]; then echo "::warning title=${environment.name}::There is drift, which the issue of this environment lists."; code=0; fi`,
                'exit "$code"',
                "",
              ].join("\n"),
              env: { GITHUB_TOKEN: expression("github.token") },
            },
          ],
        }),
    ),
  });
}

const workflow = ({ jobs, ...head }: { readonly [key: string]: Yaml }, comments: Comments = {}): string =>
  toYaml({ ...head, env: { AWS_STS_REGIONAL_ENDPOINTS: "regional" }, jobs: jobs as Yaml }, comments);

const each = <One>(all: readonly One[], name: (one: One) => string, value: (one: One) => Yaml): Record<string, Yaml> =>
  Object.fromEntries(all.map((one) => [name(one), value(one)]));

/** An expression of GitHub; never of what a person outside can write, such as a title or the name of a branch. */
const expression = (text: string): string => `\${{ ${text} }}`;

/** One run at a time; a further one waits, and nothing that runs is cancelled. */
const queue = (group: string): Yaml => ({ group, "cancel-in-progress": false });

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

const job = ({ runner }: PipelineSettings, { condition, minutes, permissions, steps, ...rest }: Job): Yaml => ({
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

/** Files, programs and packages. Nothing is taken from a cache that another run can have written. */
const prepared = ({ install }: PipelineSettings): Steps => [
  { uses: pinned(actions.checkout), with: { "persist-credentials": false } },
  { uses: pinned(actions.setupNode), with: { "node-version": nodeVersion, "package-manager-cache": false } },
  {
    uses: pinned(actions.setupTerraform),
    with: { terraform_version: terraform.version, terraform_wrapper: false },
  },
  { run: install },
];

/** What needs no role, so that pull requests from forks are checked as well. */
function checks({ scan, codeScanning }: PipelineSettings, environments: readonly PipelineEnvironment[]): Steps {
  const names = environments.map(({ name }) => name).join(",");
  const files = ["audit.sarif", ...(scan ? ["scan.sarif"] : [])];
  const upload = (file: string): Yaml => ({
    if: `\${{ !cancelled() && hashFiles('${file}') != '' && github.event.pull_request.head.repo.full_name == github.repository }}`,
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
const credentials = ({ name, account, home }: PipelineEnvironment, role: "plan" | "apply", minutes?: number): Yaml => ({
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
const keep = ({ name }: PipelineEnvironment, condition?: string): Yaml => ({
  ...(condition ? { if: condition } : {}),
  uses: pinned(actions.uploadArtifact),
  with: {
    name: `rollout-${name}`,
    path: expression("steps.plan.outputs.bundle"),
    "if-no-files-found": "error",
    "retention-days": 7,
  },
});

/** Why there is no artefact with a bundle. */
const commentsOnBundles = (environments: readonly PipelineEnvironment[], path: (name: string) => string): Comments =>
  Object.fromEntries(
    environments
      .filter(({ encrypted }) => !encrypted)
      .map(({ name }) => [
        path(name),
        `No bundle of ${name} is kept: plans can hold secrets, and it names no key in rollout.bundles.encryptWith.\nSo the job that applies plans again, and applies that plan.`,
      ]),
  );
