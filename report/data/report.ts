/** Everything that a report says of an environment at a stage, as data. It holds no arguments of resources but names. */
export interface Report {
  readonly environment: string;
  readonly description: string;
  /** The stage that it shows. */
  readonly stage: string;
  /** The stage that the environment's file names. */
  readonly ownStage: string;
  readonly account: string;
  readonly homeRegion: string;
  /** The region that serves first. */
  readonly activeRegion: string;
  readonly standbyRegions: readonly string[];
  readonly totals: Totals;
  readonly topology: Paths;
  readonly stages: StagesReport;
  readonly recovery: RecoveryReport;
  /** How far the migrations of databases go; none at a stage without them. */
  readonly migrations: readonly MigrationCount[];
  /** Undefined where nobody has estimated them. */
  readonly costs?: CostReport;
  /** In the order of deployment. */
  readonly stacks: readonly StackReport[];
}

/** What there is in all stacks together. */
export interface Totals {
  readonly stacks: number;
  readonly resources: number;
  /** How many of the resources hold data or keys. */
  readonly holding: number;
  /** Regions that hold resources, most resources first. */
  readonly regions: readonly { readonly region: string; readonly resources: number }[];
}

/** What the picture shows, in words. */
export interface Paths {
  readonly failovers: readonly Failover[];
  readonly replicated: readonly Replicated[];
  readonly withoutClient: readonly WithoutClient[];
}

/** Something as people think of it, such as a function or a DNS name. */
export interface Thing {
  readonly kind: string;
  readonly name: string;
  /** Undefined for what is in no single region. */
  readonly region?: string;
}

/** Where something that clients or publishers reach sends them, and where to if that fails. */
export interface Failover {
  readonly from: Thing;
  /** Empty where a choice by caller, such as that of an edge router, has no first target. */
  readonly primary: readonly Thing[];
  readonly secondary: readonly Thing[];
  /** Whether each of the targets is the other's secondary; they are all in `secondary`. */
  readonly mutual: boolean;
}

/** Something that exists in several regions with one content. */
export interface Replicated {
  readonly kind: string;
  readonly name: string;
  readonly regions: readonly string[];
}

/** Something that computes without a client that calls it. */
export interface WithoutClient extends Thing {
  /** What starts it: `events`, `a schedule`. */
  readonly startedBy: readonly string[];
}

/** The stages, what they bring, and what the next one changes. */
export interface StagesReport {
  /** All stages, lowest first. */
  readonly all: readonly string[];
  readonly capabilities: readonly CapabilityReport[];
  /** Undefined at the last stage. */
  readonly next?: NextStage;
}

export interface CapabilityReport {
  readonly name: string;
  /** One sentence. */
  readonly brings: string;
  readonly since: string;
  readonly enabled: boolean;
  /** Whether the next stage brings it to this environment. */
  readonly comesNext: boolean;
  /** Why the environment differs from its stage, where it does. */
  readonly reason?: string;
}

/** How the synthesized resources of the next stage differ. */
export interface NextStage {
  readonly stage: string;
  readonly resources: number;
  readonly kinds: readonly KindDifference[];
  /** What goes, as `<stack> <address>`. */
  readonly removed: readonly string[];
  /** What holds data or keys and is configured otherwise, as `<stack> <address>`. */
  readonly changedHolding: readonly string[];
}

/** What becomes of the resources of one Terraform type. */
export interface KindDifference {
  readonly type: string;
  readonly now: number;
  readonly next: number;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
}

/** How far the migrations of a database go. */
export interface MigrationCount {
  /** Name of the database within the environment. */
  readonly database: string;
  /** How many files there are. */
  readonly count: number;
  /** Name of the last one; null where there is none. */
  readonly last: string | null;
}

export interface RecoveryReport {
  /** Whether standby regions serve at this stage; else the numbers are those of the stage that brings them. */
  readonly inForce: boolean;
  /** The stage that brings standby services. */
  readonly since: string;
  readonly services: readonly ServiceRecovery[];
}

export interface ServiceRecovery {
  readonly service: string;
  /** Undefined if the environment's file promises nothing. */
  readonly objective?: { readonly recoveryTimeSeconds: number; readonly recoveryPointSeconds: number };
  readonly paths: readonly RecoveryPath[];
  /** Whether each path is within the objective; undefined without an objective or a path. */
  readonly met?: boolean;
}

export interface RecoveryPath {
  readonly path: string;
  /** The table or database. */
  readonly subject?: string;
  readonly recoveryTimeSeconds: number;
  /** What the time is calculated from. */
  readonly recoveryTimeFrom: string;
  readonly recoveryPointSeconds: number;
  readonly recoveryPointFrom: string;
  /** The page of AWS that documents the constants. */
  readonly documentation: string;
}

/** What the environment costs, in US dollars a month. */
export interface CostReport {
  readonly usd: number;
  /** With the traffic in the region that takes over; undefined where none could. */
  readonly failover?: { readonly region: string; readonly usd: number };
  /** By the capability that made the resources, the dearest first. */
  readonly capabilities: readonly { readonly name: string; readonly usd: number; readonly failoverUsd?: number }[];
  /** What each stage adds to the one before it; undefined for the first one, and where a stage cannot be estimated. */
  readonly stages: readonly { readonly stage: string; readonly usd?: number; readonly addsUsd?: number }[];
  /** Days of the oldest and the newest price. */
  readonly prices: { readonly oldest: string; readonly newest: string };
  /** Services whose traffic is not stated, so that only what stands is counted. */
  readonly withoutTraffic: readonly string[];
}

/** One Terraform state. */
export interface StackReport {
  readonly name: string;
  /** Stacks that are deployed before it. */
  readonly dependsOn: readonly string[];
  /** Those that hold data or keys first, then by address. */
  readonly resources: readonly ResourceReport[];
}

export interface ResourceReport {
  /** `<type>.<name>` */
  readonly address: string;
  readonly type: string;
  /** Its name in AWS; undefined where AWS or Terraform makes one. */
  readonly name?: string;
  /** Region of its provider; undefined for other providers. */
  readonly region?: string;
  /** What would be lost with it; undefined if it holds neither data nor keys. */
  readonly holds?: string;
}
