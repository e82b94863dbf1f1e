import type { DatabaseConnection } from "../blueprints/pooled-database";
import type { RegionalContainer } from "../blueprints/regional-container";
import type { RegionalService } from "../blueprints/regional-service";
import type { BuiltEnvironment, Deployment, OwnStackProps } from "../contract";
import { type AlarmTarget, ConstructError } from "../modules/core";
import type { UsableBus } from "../modules/event-bus";
import type { EventEndpoint } from "../modules/event-endpoint";
import type { UsableTable } from "../modules/replicated-table";
import type { DataStack } from "./data-stack";
import type { DatabaseStack } from "./database-stack";
import type { EventsStack } from "./events-stack";
import { withExistingBuses, withExistingTables } from "./existing";
import type { KeysStack } from "./keys-stack";
import { OwnStack } from "./own-stack";
import type { ServicesStack } from "./services-stack";

/** The stacks that hold what a team's own stacks use. */
export interface SharedStacks {
  readonly keys: KeysStack;
  readonly data: DataStack;
  readonly databases?: DatabaseStack;
  readonly events?: EventsStack;
  readonly regional: readonly ServicesStack[];
}

/** What the stacks of an environment hold, and the stacks that a team builds beside them. */
export class EnvironmentStacks implements BuiltEnvironment {
  readonly own: OwnStack[] = [];

  constructor(
    readonly deployment: Deployment,
    private readonly shared: SharedStacks,
  ) {}

  get keys() {
    return this.shared.keys;
  }

  get alertTopics(): AlarmTarget {
    return this.keys.alerts;
  }

  get alarmTarget(): AlarmTarget | undefined {
    return this.deployment.alarms ? this.keys.alerts : undefined;
  }

  table(name: string): UsableTable {
    return this.known("table", name, withExistingTables(this.shared.data.tables, this.deployment));
  }

  bus(name: string, region: string): UsableBus | undefined {
    return this.holder("event bus", name, withExistingBuses(this.shared.events, this.deployment)).bus(name, region);
  }

  endpoint(name: string): EventEndpoint | undefined {
    return this.holder("event bus", name, this.shared.events).endpoint(name);
  }

  connection(name: string, region: string): DatabaseConnection {
    return this.holder("database", name, this.shared.databases).connection(name, region);
  }

  service(name: string): readonly RegionalService[] {
    return this.shared.regional.map((stack) => stack.service(name));
  }

  container(name: string): readonly RegionalContainer[] {
    return this.shared.regional.map((stack) => stack.container(name));
  }

  stack(name: string, { regions = [this.deployment.homeRegion] }: OwnStackProps = {}): OwnStack {
    const stack = new OwnStack(this.keys, name, regions);
    this.own.push(stack);
    return stack;
  }

  private known<T>(what: string, name: string, found: ReadonlyMap<string, T>): T {
    return found.get(name) ?? this.refuse(what, name, [...found.keys()]);
  }

  private holder<T>(what: string, name: string, stack: T | undefined): T {
    return stack ?? this.refuse(what, name, []);
  }

  private refuse(what: string, name: string, known: readonly string[]): never {
    throw new ConstructError(
      this.keys,
      `a stack of yours uses the ${what} "${name}", but the environment has: ${known.join(", ") || "none"}`,
      "declare it in the environment, or use one that is",
    );
  }
}
