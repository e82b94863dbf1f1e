import { type BaseEnvironment, type EnabledCapabilities, type StageTable, stages } from "../../config";
import type { CapabilityReport, NextStage, StagesReport } from "./report";

/** What the environment is at a stage. */
export interface AtStage {
  readonly config: BaseEnvironment;
  readonly enabled: EnabledCapabilities;
}

/** The stages with their capabilities, and what the next one brings. */
export function stagesReport(
  table: StageTable,
  now: AtStage,
  next: AtStage | undefined,
  differences: NextStage | undefined,
): StagesReport {
  const exceptions: Readonly<Record<string, { readonly reason: string } | undefined>> = now.config.exceptions ?? {};
  return {
    all: stages,
    capabilities: table.names.map(
      (name): CapabilityReport => ({
        name,
        brings: table.get(name).brings,
        since: table.since(name),
        enabled: now.enabled.has(name),
        comesNext: !now.enabled.has(name) && (next?.enabled.has(name) ?? false),
        reason: exceptions[name]?.reason,
      }),
    ),
    next: differences,
  };
}
