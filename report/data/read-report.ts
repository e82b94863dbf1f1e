import { type EnvironmentDefinition, type Stage, stages } from "../../config";
import { dataHoldingTypes } from "../../gates";
import { readResources, type Topology } from "../../topology";
import { differencesTo } from "./differences";
import { pathsOf } from "./paths";
import { recoveryReport } from "./recovery";
import type { CostReport, MigrationCount, Report } from "./report";
import { stackReports, totalsOf } from "./stacks";
import { type AtStage, stagesReport } from "./stages";

/** What a report is made from. */
export interface ReportSources {
  readonly environment: EnvironmentDefinition;
  readonly stage: Stage;
  /** Folder that cdktf wrote the environment to, at that stage. */
  readonly output: string;
  /** What the picture shows, read from that folder. */
  readonly topology: Topology;
  /** The same at the next stage; undefined at the last. */
  readonly nextOutput?: string;
  /** What it costs at that stage; the report leaves it out if left out. */
  readonly costs?: CostReport;
  /** How far the migrations of its databases go; none if left out. */
  readonly migrations?: readonly MigrationCount[];
}

/** The stage after another; undefined after the last. */
export const stageAfter = (stage: Stage): Stage | undefined => stages[stages.indexOf(stage) + 1];

/**
 * Everything that a report says of an environment at a stage: the same for the same input.
 * @throws ConfigError if the environment has mistakes; OutputFolderError if a folder is not an output of cdktf
 */
export function readReport({
  environment,
  stage,
  output,
  topology,
  nextOutput,
  costs,
  migrations = [],
}: ReportSources): Report {
  const { toolkit, input } = environment;
  const at = (when: Stage): AtStage => {
    const { config } = environment.resolve({ stage: when });
    return { config, enabled: toolkit.stages.enabled(when, config.exceptions) };
  };
  const now = at(stage);
  const next = stageAfter(stage);
  const holds = { ...dataHoldingTypes, ...toolkit.dataHoldingTypes };
  const resources = readResources(output);
  const differences =
    next && nextOutput !== undefined ? differencesTo(next, resources, readResources(nextOutput), holds) : undefined;
  const stacks = stackReports(output, resources, holds);
  const { config } = now;
  return {
    environment: config.name,
    description: config.description,
    stage,
    ownStage: input.stage,
    account: config.account,
    homeRegion: config.regions.home,
    activeRegion: config.regions.active ?? config.regions.home,
    standbyRegions: config.regions.standby,
    totals: totalsOf(stacks),
    topology: pathsOf(topology),
    stages: stagesReport(toolkit.stages, now, differences && next && at(next), differences),
    recovery: recoveryReport(config, now.enabled, toolkit.stages.since("standbyServices")),
    migrations: now.enabled.has("schemaMigrations") ? migrations : [],
    costs,
    stacks,
  };
}
