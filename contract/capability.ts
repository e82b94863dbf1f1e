import type { Construct } from "constructs";
import type { EdgeSite } from "../blueprints/edge-site";
import type { PooledDatabase } from "../blueprints/pooled-database";
import type { RegionalContainer } from "../blueprints/regional-container";
import type { RegionalService } from "../blueprints/regional-service";
import type { AlarmTarget, RegionalKey } from "../modules/core";
import type { EventBus, EventRule, UsableBus } from "../modules/event-bus";
import type { RotatedKey } from "../modules/key-rotation";
import type { MessageQueue } from "../modules/message-queue";
import type { RecoveryRow } from "../modules/recovery-objectives";
import type { ReplicatedTable } from "../modules/replicated-table";
import type { ServiceFunction } from "../modules/service-function";
import type { ServiceNetwork } from "../modules/service-network";
import type { BuildOwnStacks } from "./built-environment";
import type { DeploymentFacts } from "./facts";
import type { CapabilityFields, Extended, ExtendedEnvironment } from "./fields";
import type { Gate } from "./gate";
import type { NetworkCall } from "./network-call";
import type { Pricings } from "./pricing";
import type { Rule } from "./rule";

/** What is known wherever a capability builds. */
export interface BuildContext {
  /** The environment at its stage: its names, its account, what is in which region. */
  readonly deployment: DeploymentFacts;
  /** Encrypts tables, databases and events. */
  readonly dataKey: RegionalKey;
  /** Encrypts logs, alerts and dead letters. */
  readonly operationsKey: RegionalKey;
  /** Where alarms report to; undefined if the environment has no alarms. */
  readonly alarmTarget?: AlarmTarget;
  /** The alert topics, for what is reported without an alarm. */
  readonly alertTopics: AlarmTarget;
}

/** As `BuildContext`, with the part of the environment that it is about: base fields and those of the capability. */
export interface PartContext<C> extends BuildContext {
  /** The part with every default filled in. */
  readonly config: C;
}

/** What is known where a capability builds beside the services of a region. */
export interface RegionContext<C> extends PartContext<C> {
  readonly region: string;
  /** A service in this region. */
  service(name: string): RegionalService;
  /** The network of containers in this region; undefined where the environment has no containers. */
  readonly containerNetwork?: ServiceNetwork;
  /** A queue of the environment in this region; undefined if it has none of that name. */
  queue(name: string): MessageQueue | undefined;
  /** A bus of the environment in this region, or one that is there already; undefined where there is none. */
  bus(name: string): UsableBus | undefined;
}

/** What is known where a capability builds for the environment's operations. */
export interface EnvironmentContext<C> extends PartContext<C> {
  /** A service in each of its regions, the home region first. */
  service(name: string): readonly RegionalService[];
  /** A service in a container in each of its regions, the home region first. */
  container(name: string): readonly RegionalContainer[];
  /** The tables that the environment makes, by their names within it. */
  readonly tables: ReadonlyMap<string, ReplicatedTable>;
  /** The databases that the environment makes, by their names within it. */
  readonly databases: ReadonlyMap<string, PooledDatabase>;
  /** The keys of the environment, by their primaries. */
  readonly rotatedKeys: readonly RotatedKey[];
}

/**
 * What a capability adds, once for each construct of a kind. What it creates below the given construct belongs to the
 * capability: its addresses begin with that construct's, and must not change, like all others.
 */
export interface Builds<F extends CapabilityFields = CapabilityFields> {
  /** Once, in the stack `operations`, which nothing depends on. */
  environment?(scope: Construct, at: EnvironmentContext<ExtendedEnvironment<F>>): void;
  /** In the stack of services of each region, after them. */
  region?(scope: Construct, at: RegionContext<ExtendedEnvironment<F>>): void;
  /** Each service in each of its regions. */
  service?(service: RegionalService, at: PartContext<Extended<F>["service"]>): void;
  /** Each service in a container, in each of its regions. */
  container?(service: RegionalContainer, at: PartContext<Extended<F>["container"]>): void;
  /** Each table, with its replicas. */
  table?(table: ReplicatedTable, at: PartContext<Extended<F>["table"]>): void;
  /** Each event bus in each of its regions. */
  bus?(bus: EventBus, at: PartContext<Extended<F>["bus"]>): void;
  /** Each database, with its networks and clusters in all regions. */
  database?(database: PooledDatabase, at: PartContext<Extended<F>["database"]>): void;
  /** The edge in front of a service, before its distribution is created. */
  edge?(site: EdgeSite, at: PartContext<Extended<F>["edge"]> & { readonly name: string }): void;
  /** Each function of a stack, the toolkit's own included, after everything else of the stack. */
  function?(fn: ServiceFunction, at: BuildContext): void;
  /** Each rule of an event bus that has a target, after everything else of the stack. */
  rule?(rule: EventRule, at: BuildContext): void;
}

/**
 * Something that comes with a stage: the toolkit's own capabilities and those of a team are values of this type. A
 * structural capability has no `builds`: it decides what is in which regions, which the stacks read from the deployment.
 */
export interface Capability<F extends CapabilityFields = CapabilityFields, N extends string = string> {
  /** camelCase, unique; what `exceptions` of an environment name. */
  readonly name: N;
  /** What it adds to the environment, for the table of stages. */
  readonly brings: string;
  /** Capabilities that it cannot work without. */
  readonly needs?: readonly string[];
  /** Fields that it adds to environments and their parts, as zod schemas. */
  readonly fields?: F;
  /** Rules that environments are checked against at synth, before the capability comes as well. */
  readonly rules?: readonly Rule<ExtendedEnvironment<F>>[];
  /** What it creates; left out if it only decides what is in which regions. */
  readonly builds?: Builds<F>;
  /** Regions besides the home region that `builds.environment` creates something in. */
  regions?(environment: ExtendedEnvironment<F>): readonly string[];
  /** What it adds that calls AWS from the network of a database. */
  networkCalls?(database: Extended<F>["database"]): readonly NetworkCall[];
  /** What a month of resources costs whose type the toolkit does not know, or that it should price otherwise. */
  readonly pricings?: Pricings;
  /** The recovery paths that it adds to a service, and how fast they are. */
  recovery?(service: Extended<F>["service"], environment: ExtendedEnvironment<F>): readonly RecoveryRow[];
  /** Gates that plans are checked with, in addition to the toolkit's. */
  readonly gates?: readonly Gate[];
  /** Resource types that hold data, with what they hold; gates protect them from being lost. */
  readonly dataHoldingTypes?: Readonly<Record<string, string>>;
}

/** Declares a capability, so that its rules and builds know the types of its fields. */
export function defineCapability<const F extends CapabilityFields, const N extends string>(
  capability: Capability<F, N>,
): Capability<F, N> {
  return capability;
}

/** Capabilities by the stage that brings them; every later stage keeps them. */
export interface Rollout {
  /** What environments have from their first stage on. */
  readonly foundation?: readonly Capability[];
  /** What comes with the second stage. */
  readonly hardening?: readonly Capability[];
  /** What comes with the third stage. */
  readonly optimization?: readonly Capability[];
}

/** What a team adds to the toolkit: passed to `defineEnvironment` with the environment. */
export interface Extension<R extends Rollout = Rollout> {
  /** Capabilities by the stage that brings them, in addition to the toolkit's. */
  readonly capabilities?: R;
  /** Rules that environments are checked against at synth. */
  readonly rules?: readonly Rule[];
  /** Gates that plans are checked with. */
  readonly gates?: readonly Gate[];
  /** Builds stacks beside the toolkit's, in each environment. */
  readonly stacks?: BuildOwnStacks;
  /** What a month of resources costs whose type the toolkit does not know, or that it should price otherwise. */
  readonly pricings?: Pricings;
}
