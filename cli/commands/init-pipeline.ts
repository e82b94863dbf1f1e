import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { EnvironmentDefinition } from "../../config";
import { healthyForMinutes } from "../../contract";
import { ConfigError, suggestion } from "../../modules/core";
import { ScaffoldError } from "../../scaffold";
import {
  defaultSettings,
  filesOfPipeline,
  gitlabJobs,
  gitlabMain,
  inOrderOfPromotion,
  type PipelineEnvironment,
  type PipelinePreviews,
  type PipelineSettings,
  type PipelineSystem,
  variablesOf,
} from "../../scaffold/pipelines";
import type { Outcome } from "../document";
import { initPipelineDocument } from "../documents/init-pipeline";
import { bringUpToDate, comparedFiles, refuseEdited, settingsInUse } from "../pipeline/files";
import { includeJobs } from "../pipeline/gitlab-main";
import { checkPipelineOptions } from "../pipeline/options";
import project from "../project";

export interface InitPipelineOptions {
  readonly environments?: readonly string[];
  readonly branch?: string;
  readonly install?: string;
  readonly runner?: string;
  readonly drift?: string;
  readonly sessionMinutes?: number;
  readonly onAlarm?: "stop" | "back";
  readonly scan?: boolean;
  readonly codeScanning?: boolean;
  readonly automatic?: readonly string[];
  readonly repository?: string;
  /** Writes nothing. */
  readonly check?: boolean;
  /** Overwrites what somebody has edited. */
  readonly force?: boolean;
}

/**
 * Writes the pipeline of a project, or brings it up to date.
 * @param folder of the project
 * @returns with `check` exit code 1 if a file is not up to date
 * @throws ScaffoldError with the difference if somebody has edited a file; ConfigError for an option that does not fit
 */
export function initPipeline(system: PipelineSystem, options: InitPipelineOptions, folder = process.cwd()): Outcome {
  const { check, force, ...asked } = options;
  checkPipelineOptions(system, asked);
  const before = settingsInUse(folder, system);
  const environments = chosen(asked.environments ?? before?.environments);
  const previews = previewsOfProject();
  const names = environments.map(({ name }) => name);
  const settings: PipelineSettings = { ...defaultSettings, ...before, ...asked, environments: names };
  if (system === "github") checkSessions(settings, environments);
  const automatic = settings.automatic.filter((name) => asked.automatic !== undefined || names.includes(name));
  for (const name of automatic) if (!names.includes(name)) unknown("--automatic", name, names);
  const files = comparedFiles(
    folder,
    system,
    filesOfPipeline(system, { ...settings, automatic }, environments, previews),
  );
  if (!check) {
    if (!force) refuseEdited(files);
    bringUpToDate(folder, files);
  }
  const include = system === "gitlab" ? includeJobs(folder, !check) : "there";
  const outdated = files.some(({ state }) => state !== "current") || include !== "there";
  const data = {
    system,
    environments: names,
    checked: check === true,
    files: [
      ...files.map(({ path, state }) => ({ path, state })),
      ...(include === "new" ? [{ path: gitlabMain, state: "new" as const }] : []),
    ],
    variables: variablesOf(environments, system, previews).map((variable) => ({ ...variable })),
    next: [
      ...(include === "missing" ? [`add to ${gitlabMain}, under include:  - local: ${gitlabJobs}`] : []),
      ...(check && outdated ? [`npx evenkeel init pipeline ${system}`] : []),
      ...environments.flatMap(({ name }) => (isLocked(folder, name) ? [] : [`npx evenkeel locks ${name}`])),
    ],
  };
  return initPipelineDocument.outcome(data, check && outdated ? 1 : 0);
}

/** The environments of the pipeline. @throws ConfigError for one that no pipeline can deploy */
function chosen(names: readonly string[] | undefined): readonly PipelineEnvironment[] {
  const all = names === undefined ? project.load() : names.map((name) => project.find(name));
  const remote = all.filter((environment) => environment.parse().state.backend === "s3");
  const local = all.filter((environment) => !remote.includes(environment));
  if (names !== undefined && local.length > 0) {
    throw new ConfigError(
      "--environments",
      local.map(({ name }) => ({
        path: name,
        message: "has its states in one checkout, which the jobs of a pipeline do not have; give it `state` in S3",
        received: '"local"',
      })),
    );
  }
  if (remote.length === 0) {
    throw new ScaffoldError(
      "no environment of this project has its states in S3, and the jobs of a pipeline have no other place in common; give one `state` with the backend s3",
    );
  }
  return inOrderOfPromotion(remote.map(pipelineEnvironment));
}

function pipelineEnvironment(environment: EnvironmentDefinition): PipelineEnvironment {
  const { name, account, regions, rollout, disposable } = environment.parse();
  const all = [regions.home, ...regions.standby];
  return {
    name,
    account,
    home: regions.home,
    standby: regions.standby,
    encrypted: (rollout.bundles.encryptWith ?? []).length > 0,
    ...(rollout.promotion ? { promotedFrom: rollout.promotion.from } : {}),
    waitMinutes: healthyForMinutes(rollout, disposable) * all.length,
  };
}

/** The previews of the project, as a pipeline sees them. @throws ConfigError with every mistake of the first of them */
function previewsOfProject(): PipelinePreviews | undefined {
  const { previews } = project;
  if (!previews) return undefined;
  const { account, regions } = project.find(`${previews.prefix}-1`).parse();
  const { prefix: name, expiresAfterHours } = previews;
  return { name, account, home: regions.home, standby: regions.standby, expiresAfterHours };
}

/** Whether the providers of an environment are locked, so that a pipeline uses those that were tried. */
function isLocked(folder: string, environment: string): boolean {
  const locks = join(folder, "locks");
  return existsSync(locks) && readdirSync(locks).some((file) => file.startsWith(`${environment}-`));
}

/** @throws ConfigError where the session of a role would end while a rollout waits for healthy services */
function checkSessions({ sessionMinutes }: PipelineSettings, environments: readonly PipelineEnvironment[]): void {
  const short = environments.filter(({ waitMinutes }) => waitMinutes >= sessionMinutes);
  if (short.length === 0) return;
  throw new ConfigError(
    "evenkeel init pipeline",
    short.map(({ name, waitMinutes }) => ({
      path: "--session-minutes",
      message: `is not longer than the ${waitMinutes} minutes that a rollout of ${name} may wait for healthy services; name more, and let its role allow them`,
      received: String(sessionMinutes),
    })),
  );
}

function unknown(option: string, name: string, names: readonly string[]): never {
  throw new ConfigError(option, [
    { path: name, message: `is not an environment of the pipeline; ${suggestion(name, names)}`, received: name },
  ]);
}
