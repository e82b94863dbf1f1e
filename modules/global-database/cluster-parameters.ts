import type { GlobalDatabaseConfig } from "./config";
import { type ClusterParameter, type DatabaseEngine, engineOf } from "./engines";

/**
 * RDS does not count a parameter as changed whose value is the family's own, and says `pending-reboot` of it whatever was
 * asked; `immediate` would be planned again and again.
 */
function applyMethod(
  { familyDefaults }: DatabaseEngine,
  name: string,
  value: string,
  engineVersion: string,
): ClusterParameter["applyMethod"] {
  const known = familyDefaults[name];
  const unchanged = known?.value === value && Number.parseInt(engineVersion, 10) >= known.from;
  return unchanged ? "pending-reboot" : "immediate";
}

/**
 * The cluster parameters. They must be the same in all regions, because any region may become the primary.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_WorkingWithDBClusterParamGroups.html
 */
export function clusterParameters(config: GlobalDatabaseConfig): ClusterParameter[] {
  const engine = engineOf(config.engine);
  // RDS compares names without regard to case.
  const own = new Set(Object.keys(config.parameters).map((name) => name.toLowerCase()));
  return [
    ...Object.entries(engine.parametersOf(config)).flatMap(([name, value]) =>
      value === undefined || own.has(name)
        ? []
        : [{ name, value, applyMethod: applyMethod(engine, name, value, config.engineVersion) }],
    ),
    ...Object.entries(config.parameters).map(([name, value]) => ({
      name,
      value,
      applyMethod: "pending-reboot" as const,
    })),
  ];
}
