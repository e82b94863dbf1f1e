import {
  checks,
  commentsOnBundles,
  credentials,
  downloaded,
  each,
  expression,
  job,
  keep,
  ownPullRequest,
  planMinutes,
  prepared,
  queue,
  workflow,
} from "./github-jobs";
import {
  applyMinutes,
  isPromoted,
  type PipelineEnvironment,
  type PipelinePreviews,
  type PipelineSettings,
  previewLabel,
} from "./settings";
import type { Yaml } from "./yaml";

/**
 * The workflows of GitHub Actions by their paths: reviews of pull requests, rollouts of what is merged, drift, previews.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
 */
export function githubFiles(
  settings: PipelineSettings,
  environments: readonly PipelineEnvironment[],
  previews?: PipelinePreviews,
): ReadonlyMap<string, string> {
  return new Map([
    [".github/workflows/evenkeel-review.yml", review(settings, environments)],
    [".github/workflows/evenkeel-rollout.yml", rollout(settings, environments)],
    ...(settings.drift === "none"
      ? []
      : [[".github/workflows/evenkeel-drift.yml", drift(settings, environments)] as const]),
    ...(previews ? [[".github/workflows/evenkeel-previews.yml", previewsOf(settings, previews)] as const] : []),
  ]);
}

/** The paths of all workflows that there can be. */
export const githubPaths = ["review", "rollout", "drift", "previews"].map(
  (name) => `.github/workflows/evenkeel-${name}.yml`,
);

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
              condition: ownPullRequest,
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
          ...(encrypted ? [downloaded(environment)] : []),
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
                `npx evenkeel drift ${environment.name} --report github || code=$?`,
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

/** A preview for each pull request with the label; the job on a schedule destroys those that have expired. */
function previewsOf(settings: PipelineSettings, previews: PipelinePreviews): string {
  const { name } = previews;
  const own = `github.event_name == 'pull_request' && ${ownPullRequest}`;
  const labelled = `contains(github.event.pull_request.labels.*.name, '${previewLabel}')`;
  const ofPreview = (verb: string): Yaml => ({
    run: `npx evenkeel ${verb} "${name}-$NUMBER" --auto-approve`,
    env: { NUMBER: expression("github.event.pull_request.number") },
  });
  const previewJob = (condition: string, step: Yaml, ref?: string): Yaml =>
    job(settings, {
      condition,
      minutes: planMinutes,
      environment: name,
      permissions: { "id-token": "write" },
      steps: [...prepared(settings, ref), credentials(previews, "apply", settings.sessionMinutes), step],
    });
  return workflow(
    {
      name: "evenkeel previews",
      on: {
        pull_request: {
          branches: [settings.branch],
          types: ["labeled", "unlabeled", "synchronize", "reopened", "closed"],
        },
        schedule: [{ cron: "41 * * * *" }],
        workflow_dispatch: null,
      },
      permissions: {},
      concurrency: queue(`evenkeel-${name}-${expression("github.event.pull_request.number || 'sweep'")}`),
      jobs: {
        deploy: previewJob(
          `${own} && ${labelled} && (github.event.action == 'synchronize' || github.event.action == 'reopened' || (github.event.action == 'labeled' && github.event.label.name == '${previewLabel}'))`,
          ofPreview("deploy"),
        ),
        destroy: previewJob(
          `${own} && ((github.event.action == 'closed' && ${labelled}) || (github.event.action == 'unlabeled' && github.event.label.name == '${previewLabel}'))`,
          ofPreview("destroy"),
          settings.branch,
        ),
        sweep: previewJob(`github.event_name != 'pull_request' && github.ref == 'refs/heads/${settings.branch}'`, {
          run: "npx evenkeel previews sweep --auto-approve",
        }),
      },
    },
    {
      "jobs.destroy":
        "What is destroyed is what was deployed, so that nothing of the branch is needed, and none of its code runs.",
    },
  );
}
