import type { Report } from "../modules/core";
import type { RecoveryRow } from "../modules/recovery-objectives";
import type { BaseEnvironment, Database, Service } from "./environment";
import type { NetworkCall } from "./network-call";

/** What an environment has at its stage, exceptions included. */
export interface EnabledCapabilities {
  /** Whether a capability is enabled, by its name. */
  has(name: string): boolean;
  /** Whether the environment has a capability at its stage or will at a later one, exceptions included. */
  comes(name: string): boolean;
  /** What the enabled capabilities add that calls AWS from the network of a database. */
  networkCalls(database: Database): readonly NetworkCall[];
  /** The recovery paths that capabilities add to a service, those of later stages included. */
  recoveryRows(service: Service, environment: BaseEnvironment): readonly RecoveryRow[];
}

/** Something that must hold between several fields of an environment; checked at synth. */
export interface Rule<E = BaseEnvironment> {
  /** Kebab-case, unique; how people and the reference name it. */
  readonly id: string;
  /** What must hold for every environment, as a sentence. */
  readonly statement: string;
  /** Whether it looks at every region itself, so that it is not asked again for each region that differs. */
  readonly knowsRegions?: true;
  /**
   * Reports each mistake at its path: `<what is wrong>; <what to do>`. It also runs while single fields are invalid.
   * @param enabled what the environment has at its stage; a rule applies before its capability comes unless it asks
   */
  check(environment: E, report: Report, enabled: EnabledCapabilities): void;
}

/** A rule that no service has a name which the toolkit builds something of its own by, and what that is. */
export function reservedServiceName(
  id: string,
  builds: string,
): Rule<{
  readonly services: readonly { readonly name: string }[];
  readonly containers: readonly { readonly name: string }[];
}> {
  return {
    id: `no-service-is-called-${id}`,
    statement: `No service is called ${id}: ${builds} is.`,
    check({ services, containers }, report) {
      for (const [list, entries] of Object.entries({ services, containers })) {
        entries.forEach(({ name }, index) => {
          if (name === id) report([list, index, "name"], `is the name of ${builds}; give the service another name`);
        });
      }
    },
  };
}
