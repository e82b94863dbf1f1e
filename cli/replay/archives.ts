import { literalOf, type Resource } from "../../topology";
import { type Consumer, consumersOfTarget, referred, targetsOn } from "../aws/consumers";

/** A rule on a bus, and who handles what it brings. */
export interface ReplayRule {
  readonly name: string;
  readonly consumers: readonly Consumer[];
}

/** An archive of a bus in one region. */
export interface Archive {
  readonly name: string;
  readonly bus: string;
  readonly region: string;
  /** In days; 0 for as long as it exists. */
  readonly retentionDays: number;
  /** Rules that events of the archive can come through again. */
  readonly rules: readonly ReplayRule[];
}

/** The archives of an environment's synthesized resources, in the order of their stacks. */
export function archivesOf(resources: readonly Resource[]): Archive[] {
  return resources.flatMap((resource) => {
    if (resource.type !== "aws_cloudwatch_event_archive") return [];
    const bus = referred(resource, "event_source_arn");
    const name = literalOf(resource.body.name);
    const busName = literalOf(bus?.body.name);
    if (!bus || name === undefined || busName === undefined || bus.region === undefined) return [];
    const pattern = String(resource.body.event_pattern ?? "");
    const rules = targetsOn(bus, resources).flatMap((target) => {
      const rule = referred(target, "rule");
      const ruleName = literalOf(rule?.body.name);
      if (!rule || ruleName === undefined || rule.body.state === "DISABLED") return [];
      // What an archive leaves out, its replay does not bring: heartbeats.
      if (isLeftOut(pattern, String(rule.body.event_pattern ?? ""))) return [];
      return [{ name: ruleName, consumers: consumersOfTarget(referred(target, "arn"), resources) }];
    });
    return [
      { name, bus: busName, region: bus.region, retentionDays: Number(resource.body.retention_days ?? 0), rules },
    ];
  });
}

/** Whether a rule is about nothing but sources that an archive leaves out. */
function isLeftOut(archivePattern: string, rulePattern: string): boolean {
  const without = sources(archivePattern).flatMap((source) => anythingBut(source));
  const wanted = sources(rulePattern);
  return wanted.length > 0 && wanted.every((source) => without.includes(source));
}

function anythingBut(source: unknown): readonly unknown[] {
  if (typeof source !== "object" || source === null) return [];
  return [(source as { readonly "anything-but"?: unknown })["anything-but"]].flat();
}

function sources(pattern: string): unknown[] {
  try {
    const { source } = JSON.parse(pattern) as { readonly source?: unknown };
    return Array.isArray(source) ? source : [];
  } catch {
    return [];
  }
}
