import { checkovVersion, nodeVersion, terraform } from "./pins";
import {
  applyMinutes,
  applyRole,
  type PipelineEnvironment,
  type PipelinePreviews,
  type PipelineSettings,
  planRole,
  previewLabel,
  sessionRegion,
} from "./settings";
import { toYaml, type Yaml } from "./yaml";

/** Where the jobs are, which `.gitlab-ci.yml` includes. */
export const gitlabJobs = ".gitlab/evenkeel.yml";
/** The file that GitLab reads. It belongs to the project. */
export const gitlabMain = ".gitlab-ci.yml";

/** `.gitlab-ci.yml` of a project that has none. */
export const gitlabMainFile = toYaml({ include: [{ local: gitlabJobs }] });

/** The bundle of a job; it has one. */
const bundleOf = (name: string): string => `rollouts/${name}-*.rollout`;

/**
 * The jobs of GitLab CI by the path of their file: reviews of merge requests, rollouts of what is merged, drift, previews.
 * @see https://docs.gitlab.com/ci/yaml/
 */
export function gitlabFiles(
  settings: PipelineSettings,
  environments: readonly PipelineEnvironment[],
  previews?: PipelinePreviews,
): ReadonlyMap<string, string> {
  return new Map([[gitlabJobs, jobs(settings, environments, previews)]]);
}

function jobs(
  settings: PipelineSettings,
  environments: readonly PipelineEnvironment[],
  previews?: PipelinePreviews,
): string {
  return toYaml(
    {
      ".evenkeel": base(settings),
      ".evenkeel-role": withRole,
      "evenkeel-check": check(settings, environments),
      ...Object.assign({}, ...environments.map((environment) => review(environment))),
      ...Object.assign({}, ...environments.map((environment) => rollout(settings, environment, environments))),
      ...(settings.drift === "none"
        ? {}
        : Object.assign({}, ...environments.map((environment) => drift(settings, environment)))),
      ...(previews ? previewsOf(settings, previews) : {}),
    },
    Object.fromEntries([
      [".evenkeel-role", "A session of a role, for which GitLab vouches by the token of the job: there is no key."],
      ...environments
        .filter(({ encrypted }) => !encrypted)
        .map(({ name }) => [
          `evenkeel-apply-${name}`,
          `No bundle of ${name} is kept: plans can hold secrets, and it names no key in rollout.bundles.encryptWith.\nSo this job plans again, and applies that plan.`,
        ]),
    ]),
    [""],
  );
}

/** Programs and packages. Terraform is what the image has, else the release of this checksum. */
const prepared = ({ install }: PipelineSettings): string[] => [
  [
    "if ! command -v terraform; then",
    `  curl -fsSLo /tmp/terraform.zip "https://releases.hashicorp.com/terraform/${terraform.version}/terraform_${terraform.version}_linux_amd64.zip"`,
    `  echo "${terraform.sha256}  /tmp/terraform.zip" | sha256sum -c -`,
    "  apt-get update -qq && apt-get install -y -qq unzip",
    "  unzip -q /tmp/terraform.zip terraform -d /usr/local/bin",
    "fi",
    "",
  ].join("\n"),
  install,
];

const base = (settings: PipelineSettings): Yaml => ({
  image: `node:${nodeVersion}-bookworm`,
  ...(settings.runner ? { tags: [settings.runner] } : {}),
  interruptible: false,
  timeout: "1 hour",
  variables: { AWS_STS_REGIONAL_ENDPOINTS: "regional" },
  before_script: prepared(settings),
});

const withRole: Yaml = { extends: ".evenkeel", id_tokens: { EVENKEEL_ID_TOKEN: { aud: "sts.amazonaws.com" } } };

/** The session of a role. The SDKs and Terraform ask STS themselves, in this region, and do so again when it ends. */
function session({ name, home }: Pick<PipelineEnvironment, "name" | "home">, role: "plan" | "apply"): string[] {
  const variable = (role === "plan" ? planRole : applyRole)(name);
  return [
    `export AWS_ROLE_ARN="\${${variable}:?has to be the ARN of the role that has to ${role} ${name}, in Settings, CI/CD, Variables}"`,
    `export AWS_REGION="\${${sessionRegion(name)}:-${home}}" AWS_ROLE_SESSION_NAME="evenkeel-${role}-${name}-$CI_JOB_ID"`,
    'export AWS_WEB_IDENTITY_TOKEN_FILE="$(mktemp)"',
    "trap 'rm -f \"$AWS_WEB_IDENTITY_TOKEN_FILE\"' EXIT",
    'printf %s "$EVENKEEL_ID_TOKEN" > "$AWS_WEB_IDENTITY_TOKEN_FILE"',
  ];
}

/** Merge requests of forks run somebody else's code, also where a member starts the pipeline: they get no role. */
const ownMergeRequest =
  '$CI_PIPELINE_SOURCE == "merge_request_event" && $CI_MERGE_REQUEST_SOURCE_PROJECT_ID == $CI_PROJECT_ID';

/** What is on the branch. GitLab names no branch in a merge request, but what stands in for it, such as gitlab-ci-local, does. */
const merged = ({ branch }: PipelineSettings): string =>
  `$CI_COMMIT_BRANCH == "${branch}" && $CI_PIPELINE_SOURCE != "schedule" && $CI_PIPELINE_SOURCE != "merge_request_event"`;

/** Plans, and writes a bundle. A runner that does not clean its folder still has the one of an earlier job there. */
const planWithBundle = (name: string, options = ""): string[] => [
  `rm -f ${bundleOf(name)}`,
  `npx evenkeel plan ${name} --out rollouts${options}`,
];

/** Plans, and keeps a bundle only where it is encrypted. */
const plan = ({ name, encrypted }: PipelineEnvironment, options: string): string[] =>
  encrypted ? planWithBundle(name, options) : [`npx evenkeel plan ${name}${options}`];

/** What needs no role, so that merge requests of forks are checked as well. */
function check({ scan }: PipelineSettings, environments: readonly PipelineEnvironment[]): Yaml {
  const names = environments.map(({ name }) => name).join(",");
  return {
    extends: ".evenkeel",
    rules: [{ if: '$CI_PIPELINE_SOURCE == "merge_request_event"' }],
    script: [
      "npx evenkeel init pipeline gitlab --check",
      ...environments.map(({ name }) => `npx evenkeel describe ${name}`),
      `npx evenkeel audit ${names} --sarif audit.sarif`,
      ...(scan
        ? [
            "apt-get update -qq && apt-get install -y -qq pipx",
            `pipx install checkov==${checkovVersion}`,
            `PATH="$HOME/.local/bin:$PATH" npx evenkeel scan ${names} --sarif scan.sarif`,
          ]
        : []),
    ],
    artifacts: { when: "always", paths: ["audit.sarif", ...(scan ? ["scan.sarif"] : [])], expire_in: "7 days" },
  };
}

/** Without GITLAB_TOKEN nobody can comment: then the counts and the artefact say what a plan is. */
const review = (environment: PipelineEnvironment): Record<string, Yaml> => ({
  [`evenkeel-review-${environment.name}`]: {
    extends: ".evenkeel-role",
    needs: [],
    rules: [{ if: ownMergeRequest }],
    script: [
      ...session(environment, "plan"),
      ...plan(environment, ` --gitlab plan.json --summary plan.md \${GITLAB_TOKEN:+--comment}`),
    ],
    artifacts: {
      when: "always",
      paths: ["plan.md", ...(environment.encrypted ? [bundleOf(environment.name)] : [])],
      reports: { terraform: "plan.json" },
      expire_in: "7 days",
    },
  },
});

function rollout(
  settings: PipelineSettings,
  environment: PipelineEnvironment,
  environments: readonly PipelineEnvironment[],
): Record<string, Yaml> {
  const { name, encrypted } = environment;
  const before = environments.find((one) => one.name === environment.promotedFrom);
  return {
    [`evenkeel-plan-${name}`]: {
      extends: ".evenkeel-role",
      needs: before ? [`evenkeel-apply-${before.name}`] : [],
      rules: [{ if: merged(settings) }],
      script: [...session(environment, "plan"), ...plan(environment, " --summary plan.md")],
      artifacts: { paths: ["plan.md", ...(encrypted ? [bundleOf(name)] : [])], expire_in: "7 days" },
    },
    [`evenkeel-apply-${name}`]: {
      extends: ".evenkeel-role",
      needs: [`evenkeel-plan-${name}`],
      rules: [{ if: merged(settings), ...(settings.automatic.includes(name) ? {} : { when: "manual" }) }],
      environment: { name },
      // One apply at a time; a further one waits.
      resource_group: `evenkeel-${name}`,
      timeout: `${applyMinutes(environment)} minutes`,
      script: [
        ...session(environment, "apply"),
        ...(encrypted ? [] : planWithBundle(name)),
        `npx evenkeel apply ${bundleOf(name)} --auto-approve --on-alarm=${settings.onAlarm}`,
      ],
    },
  };
}

const drift = (settings: PipelineSettings, environment: PipelineEnvironment): Record<string, Yaml> => ({
  [`evenkeel-drift-${environment.name}`]: {
    extends: ".evenkeel-role",
    needs: [],
    rules: [
      {
        if: `$CI_COMMIT_BRANCH == "${settings.branch}" && $CI_PIPELINE_SOURCE == "schedule" && $EVENKEEL_SCHEDULE == "drift"`,
      },
    ],
    resource_group: `evenkeel-drift-${environment.name}`,
    script: [
      ...session(environment, "plan"),
      `npx evenkeel drift ${environment.name} \${GITLAB_TOKEN:+--report gitlab}`,
    ],
    // There is drift, which the report says.
    allow_failure: { exit_codes: [2] },
  },
});

/** A preview for each merge request with the label. GitLab runs the job that stops it when it is merged, closed or out of time. */
function previewsOf({ branch }: PipelineSettings, previews: PipelinePreviews): Record<string, Yaml> {
  const { name, expiresAfterHours } = previews;
  const preview = `"${name}-$CI_MERGE_REQUEST_IID"`;
  const environment = { name: `${name}/$CI_MERGE_REQUEST_IID` };
  const labelled = `${ownMergeRequest} && $CI_MERGE_REQUEST_LABELS =~ /(^|,)${previewLabel}(,|$)/`;
  const common = {
    extends: ".evenkeel-role",
    needs: [],
    // One job at a time for a preview; a further one waits.
    resource_group: `evenkeel-${name}-$CI_MERGE_REQUEST_IID`,
  };
  return {
    "evenkeel-preview": {
      ...common,
      rules: [{ if: labelled }],
      environment: { ...environment, on_stop: "evenkeel-preview-stop", auto_stop_in: `${expiresAfterHours} hours` },
      script: [...session(previews, "apply"), `npx evenkeel deploy ${preview} --auto-approve`],
    },
    "evenkeel-preview-stop": {
      ...common,
      rules: [{ if: labelled, when: "manual", allow_failure: true }],
      environment: { ...environment, action: "stop" },
      script: [...session(previews, "apply"), `npx evenkeel destroy ${preview} --auto-approve`],
    },
    "evenkeel-preview-sweep": {
      extends: ".evenkeel-role",
      needs: [],
      rules: [
        {
          if: `$CI_COMMIT_BRANCH == "${branch}" && $CI_PIPELINE_SOURCE == "schedule" && $EVENKEEL_SCHEDULE == "previews"`,
        },
      ],
      resource_group: `evenkeel-${name}-sweep`,
      script: [...session(previews, "apply"), "npx evenkeel previews sweep --auto-approve"],
    },
  };
}
