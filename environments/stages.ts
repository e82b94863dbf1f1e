/** The rollout stages, lowest first. Promotion goes up one or more of them and never destroys what holds data or keys. */
export const stages = ["foundation", "hardening", "optimization"] as const;

export type Stage = (typeof stages)[number];

interface CapabilityEntry {
  /** The stage that brings the capability; every later stage keeps it. */
  readonly since: Stage;
  /** What it adds to the environment. */
  readonly brings: string;
  /** Capabilities that it cannot work without. */
  readonly needs?: readonly string[];
}

/** The one table of what each stage brings; nothing else in the toolkit knows it. */
const table = {
  alarms: {
    since: "foundation",
    brings: "CloudWatch alarms on keys, tables, functions and APIs, sent to the alert topics",
  },
  tracing: { since: "foundation", brings: "X-Ray traces of functions" },
  dashboards: { since: "foundation", brings: "one CloudWatch dashboard per service" },
  savedQueries: { since: "foundation", brings: "Logs Insights queries, among them one that follows a correlation id" },
  spendGuard: { since: "foundation", brings: "a budget with notifications" },
  deadLetters: { since: "hardening", brings: "a queue for events that a function failed on, with alarms" },
  contributorInsights: { since: "hardening", brings: "the most used keys of each table, to find hot partitions" },
  databaseProxy: { since: "hardening", brings: "a pool of connections in front of each database" },
  firewall: { since: "hardening", brings: "a web ACL in front of each distribution" },
  keyRotationEvidence: {
    since: "hardening",
    brings: "rotation of keys on demand, a log of every rotation, alarms on overdue ones",
  },
  secretRotation: {
    since: "optimization",
    brings: "new passwords for database users, made and rotated by a function",
    // Without a pool functions log in as members of rds_iam, to whom the database is open by IAM alone.
    needs: ["databaseProxy"],
  },
  provisionedConcurrency: { since: "optimization", brings: "warm function environments, scaled by use and schedule" },
  replicatedKeys: { since: "optimization", brings: "a replica of each KMS key in the standby regions" },
  replicatedTables: {
    since: "optimization",
    brings: "a replica of each table in the standby regions",
    needs: ["replicatedKeys"],
  },
  globalDatabase: {
    since: "optimization",
    brings: "a secondary cluster of each database in the standby regions",
    needs: ["replicatedKeys"],
  },
  replicatedEvents: {
    since: "optimization",
    brings: "each event bus in the first standby region as well, behind an endpoint that fails over",
    needs: ["replicatedKeys", "standbyServices"],
  },
  dnsFailover: {
    since: "optimization",
    brings: "health checks, and DNS names that move to a standby region",
    needs: ["standbyServices"],
  },
  edgeFunctions: {
    since: "optimization",
    brings: "a function at the edge that sends each viewer to the region that suits",
    needs: ["standbyServices"],
  },
  standbyServices: {
    since: "optimization",
    brings: "every service in the standby regions as well",
    needs: ["replicatedKeys", "replicatedTables", "globalDatabase"],
  },
} as const satisfies Record<string, CapabilityEntry>;

export type Capability = keyof typeof table;

export const capabilities: Readonly<Record<Capability, CapabilityEntry>> = table;

export const capabilityNames = Object.keys(table) as Capability[];

/** Whether a stage brings a capability, exceptions left aside. */
export function stageBrings(stage: Stage, capability: Capability): boolean {
  return stages.indexOf(capabilities[capability].since) <= stages.indexOf(stage);
}

/** A single capability switched on before its stage or off after it. */
export interface StageException {
  readonly enabled: boolean;
  /** Why this environment differs, for the next reader. */
  readonly reason: string;
}

export type StageExceptions = Readonly<Partial<Record<Capability, StageException>>>;

/** The capabilities of a stage, with an environment's exceptions applied. */
export function capabilitiesOf(stage: Stage, exceptions: StageExceptions = {}): ReadonlySet<Capability> {
  return new Set(capabilityNames.filter((name) => exceptions[name]?.enabled ?? stageBrings(stage, name)));
}

/** Whether a text is the name of a stage. */
export function isStage(text: string): text is Stage {
  return (stages as readonly string[]).includes(text);
}
