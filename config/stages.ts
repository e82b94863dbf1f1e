import { rollout } from "../capabilities";
import {
  type Capability,
  type EnabledCapabilities,
  type Rollout,
  type Stage,
  type StageExceptions,
  stages,
} from "../contract";
import { ConfigError } from "../modules/core";

/** A capability in the table of stages. */
interface Entry {
  /** The stage that brings it; every later stage keeps it. */
  readonly since: Stage;
  readonly capability: Capability;
}

/** Which stage brings which capability: the toolkit's own table, and what a team adds to it. */
export class StageTable {
  private readonly entries = new Map<string, Entry>();

  /** @throws ConfigError for two capabilities of one name, or for one that needs another that is missing or comes later */
  constructor(...rollouts: readonly Rollout[]) {
    for (const added of rollouts) {
      for (const since of stages) for (const capability of added[since] ?? []) this.add({ since, capability });
    }
    for (const { since, capability } of this.entries.values()) this.checkNeeds(since, capability);
  }

  /** Names in the order of the table. */
  get names(): string[] {
    return [...this.entries.keys()];
  }

  get capabilities(): Capability[] {
    return [...this.entries.values()].map(({ capability }) => capability);
  }

  /** @throws Error for an unknown name, which the schema rejects first */
  get(name: string): Capability {
    return this.entry(name).capability;
  }

  /** The stage that brings a capability. */
  since(name: string): Stage {
    return this.entry(name).since;
  }

  /** Whether a stage brings a capability, leaving exceptions aside. */
  brings(stage: Stage, name: string): boolean {
    return stages.indexOf(this.since(name)) <= stages.indexOf(stage);
  }

  /** The capabilities of a stage, with an environment's exceptions applied. */
  enabled(stage: Stage, exceptions: StageExceptions = {}): EnabledAtStage {
    const at = (when: Stage) =>
      this.names.filter((name) => exceptions[name]?.enabled ?? this.brings(when, name)).map((name) => this.get(name));
    return new EnabledAtStage(at(stage), at(stages[stages.length - 1] ?? stage));
  }

  private entry(name: string): Entry {
    const found = this.entries.get(name);
    if (found) return found;
    throw new Error(`no capability "${name}"`);
  }

  private add(entry: Entry): void {
    const { name } = entry.capability;
    if (this.entries.has(name)) {
      throw new ConfigError("capabilities", [
        { path: name, message: "is already the name of another capability; give each its own name", received: name },
      ]);
    }
    this.entries.set(name, entry);
  }

  private checkNeeds(since: Stage, { name, needs = [] }: Capability): void {
    for (const needed of needs) {
      const found = this.entries.get(needed);
      if (found && stages.indexOf(found.since) <= stages.indexOf(since)) continue;
      const problem = found ? `comes with ${found.since}, later than ${since}` : "is not a capability";
      throw new ConfigError("capabilities", [
        {
          path: `${name}.needs`,
          message: `${problem}; name a capability that comes with the same stage or before`,
          received: needed,
        },
      ]);
    }
  }
}

/** The capabilities that an environment has, in the order of the table. */
export class EnabledAtStage implements EnabledCapabilities {
  /** @param eventually those of the last stage, exceptions included */
  constructor(
    readonly capabilities: readonly Capability[],
    private readonly eventually: readonly Capability[],
  ) {}

  has(name: string): boolean {
    return this.capabilities.some((capability) => capability.name === name);
  }

  comes: EnabledCapabilities["comes"] = (name) => this.eventually.some((capability) => capability.name === name);

  networkCalls: EnabledCapabilities["networkCalls"] = (database) =>
    this.capabilities.flatMap((capability) => capability.networkCalls?.(database) ?? []);

  recoveryRows: EnabledCapabilities["recoveryRows"] = (service, environment) =>
    this.eventually.flatMap((capability) => capability.recovery?.(service, environment) ?? []);
}

/** The toolkit's own table. */
export const stageTable = new StageTable(rollout);

type Own = (typeof rollout)[Stage][number];

/** The names of the toolkit's own capabilities. */
export type OwnCapability = Own["name"];
