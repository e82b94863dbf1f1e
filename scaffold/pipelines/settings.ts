/** What pipelines are written for. */
export const pipelineSystems = ["github", "gitlab", "atlantis"] as const;
export type PipelineSystem = (typeof pipelineSystems)[number];

/** An environment, as far as a pipeline has to know it. */
export interface PipelineEnvironment {
  readonly name: string;
  /** AWS account, 12 digits: the role of a job has to be in it. */
  readonly account: string;
  /** Region in which a job asks STS and the SDK by default. */
  readonly home: string;
  /** Regions that a job can name in its place, once the first one is lost. */
  readonly standby: readonly string[];
  /** Whether bundles are encrypted, so that an artefact may hold one. */
  readonly encrypted: boolean;
  /** The environment in which the same files must have settled before. */
  readonly promotedFrom?: string;
  /** How long an apply waits for healthy services at most, in minutes, all waves together. */
  readonly waitMinutes: number;
}

/** What a pipeline has to know of the previews of a project. Its roles and variables have the prefix where those of an environment have its name. */
export interface PipelinePreviews extends Pick<PipelineEnvironment, "account" | "home" | "standby"> {
  /** What their names begin with, before `-` and the number. */
  readonly name: string;
  /** How long one stands after its last deployment, in hours. */
  readonly expiresAfterHours: number;
}

/** The label of pull requests that get a preview: most need none, and each costs. */
export const previewLabel = "preview";

/** What a pipeline was asked to be. The first line of each of its files keeps it for the next run. */
export interface PipelineSettings {
  /** Names of the environments, each after the one that it is promoted from. */
  readonly environments: readonly string[];
  /** The branch whose merges are applied. */
  readonly branch: string;
  /** Command that installs the packages of the project. */
  readonly install: string;
  /** Label of the runners of GitHub, or tag of those of GitLab; without one, those that the system has. */
  readonly runner?: string;
  /** When drift is looked for, as cron has it in UTC; none: never. GitLab keeps schedules outside of files. */
  readonly drift: string;
  /** How long a session of the role that applies may last, in minutes; on GitHub alone, as elsewhere it is renewed. */
  readonly sessionMinutes: number;
  /** What `apply` does once services are not healthy: stop, or go the way back. */
  readonly onAlarm: "stop" | "back";
  /** Whether Checkov looks at each change. */
  readonly scan: boolean;
  /** Whether findings go to GitHub's code scanning. */
  readonly codeScanning: boolean;
  /** Environments that are applied without a person; on GitLab alone, as on GitHub its environments say so. */
  readonly automatic: readonly string[];
  /** The repository as Atlantis names it: `github.com/acme/platform`. */
  readonly repository?: string;
}

/** What a pipeline is where nothing else is asked for. */
export const defaultSettings: Omit<PipelineSettings, "environments"> = {
  branch: "main",
  install: "npm ci --ignore-scripts",
  drift: "17 4 * * *",
  sessionMinutes: 60,
  onAlarm: "stop",
  scan: false,
  codeScanning: false,
  automatic: [],
};

/** A value of the code host's settings that the pipeline reads. None of them is a secret. */
export interface PipelineVariable {
  readonly name: string;
  /** What it holds. */
  readonly holds: string;
  /** Whether the pipeline works without it. */
  readonly optional: boolean;
}

const upper = (name: string): string => name.toUpperCase().replaceAll("-", "_");

/** Name of the variable with the ARN of the role that plans an environment, and looks for drift in it. */
export const planRole = (environment: string): string => `EVENKEEL_PLAN_ROLE_${upper(environment)}`;
/** Name of the variable with the ARN of the role that applies an environment. */
export const applyRole = (environment: string): string => `EVENKEEL_APPLY_ROLE_${upper(environment)}`;
/** Name of the variable with the region of the sessions of these roles; without it, the home region. */
export const sessionRegion = (environment: string): string => `EVENKEEL_REGION_${upper(environment)}`;

/** The variables that a pipeline of these environments reads. */
export const variablesOf = (
  environments: readonly PipelineEnvironment[],
  system: PipelineSystem,
  previews?: PipelinePreviews,
): readonly PipelineVariable[] => [
  ...environments.flatMap((environment) => [
    ...(system === "atlantis"
      ? []
      : [
          {
            name: planRole(environment.name),
            holds: `ARN of the role in ${environment.account} that plans ${environment.name}`,
            optional: false,
          },
          applyRoleVariable(environment, environment.name),
        ]),
    regionVariable(environment),
  ]),
  ...(previews && system !== "atlantis"
    ? [applyRoleVariable(previews, `the previews ${previews.name}-*, and destroys them`), regionVariable(previews)]
    : []),
  ...(system === "gitlab"
    ? [
        {
          name: "GITLAB_TOKEN",
          holds:
            "access token of the project, scope api, masked: comments and reports of drift; without it there are none",
          optional: true,
        },
      ]
    : []),
];

const applyRoleVariable = (
  { name, account }: Pick<PipelineEnvironment, "name" | "account">,
  what: string,
): PipelineVariable => ({
  name: applyRole(name),
  holds: `ARN of the role in ${account} that applies ${what}`,
  optional: false,
});

const regionVariable = ({
  name,
  home,
  standby,
}: Pick<PipelineEnvironment, "name" | "home" | "standby">): PipelineVariable => ({
  name: sessionRegion(name),
  holds: `region that its jobs ask in place of ${home}, once that is lost${standby.length > 0 ? `: ${standby.join(", ")}` : ""}`,
  optional: true,
});

/**
 * Environments, each after the one that it is promoted from; otherwise as they are listed.
 * @param all without a circle, which the project refuses
 */
export function inOrderOfPromotion<One extends Pick<PipelineEnvironment, "name" | "promotedFrom">>(
  all: readonly One[],
): readonly One[] {
  const sorted = new Set<One>();
  const add = (one: One): void => {
    const before = all.find(({ name }) => name === one.promotedFrom);
    if (before && before !== one && !sorted.has(before)) add(before);
    sorted.add(one);
  };
  for (const one of all) add(one);
  return [...sorted];
}

/** Whether another environment of the pipeline is promoted from this one. */
export const isPromoted = ({ name }: PipelineEnvironment, all: readonly PipelineEnvironment[]): boolean =>
  all.some(({ promotedFrom }) => promotedFrom === name);

/** How long a job that applies may run, in minutes: an hour, and what the rollout waits. GitHub's own runners end at 360. */
export const applyMinutes = ({ waitMinutes }: PipelineEnvironment): number => Math.min(360, 60 + waitMinutes);
