import type { RegionalContainer } from "../blueprints/regional-container";
import type { RegionalDatabases, RegionalEventBuses, RegionalService } from "../blueprints/regional-service";
import type { AlarmTarget, DeploymentStack } from "../modules/core";
import type { GrantingKey } from "../modules/encryption-key";
import type { UsableTable } from "../modules/replicated-table";
import type { DeploymentFacts } from "./facts";

/** What a team's own stack is to have. */
export interface OwnStackProps {
  /** The regions that it creates resources in; the home region if left out. */
  readonly regions?: readonly string[];
}

/** An environment with all stacks of the toolkit, for what a team builds beside them. */
export interface BuiltEnvironment extends RegionalEventBuses, RegionalDatabases {
  /** The environment at its stage: its names, its account, what is in which region. */
  readonly deployment: DeploymentFacts;
  /** The KMS keys, by what they encrypt; `application` where services encrypt themselves by KMS. */
  readonly keys: {
    /** Encrypts tables, databases and events. */
    readonly data: GrantingKey;
    /** Encrypts logs, alerts and dead letters. */
    readonly operations: GrantingKey;
    /** What services themselves encrypt with. */
    readonly application?: GrantingKey;
  };
  /** Where alarms report to; undefined if the environment has no alarms. */
  readonly alarmTarget?: AlarmTarget;
  /** The alert topics, for what is reported without an alarm. */
  readonly alertTopics: AlarmTarget;
  /** A table that services use, with its replicas. @throws ConstructError for an unknown one */
  table(name: string): UsableTable;
  /** A service in each of its regions, the home region first. @throws ConstructError for an unknown one */
  service(name: string): readonly RegionalService[];
  /** A service in a container in each of its regions, the home region first. @throws ConstructError for an unknown one */
  container(name: string): readonly RegionalContainer[];
  /**
   * A stack of the team's own, `<environment>-<name>`, with the state, the tags, the providers and the checks of all others.
   * What it reads of other stacks is deployed before it, what reads of it after it. Capabilities are offered its functions and
   * rules.
   * @param name kebab-case; its own, and never changes
   * @throws ConstructError for a name that the toolkit uses or that is taken
   */
  stack(name: string, props?: OwnStackProps): DeploymentStack;
}

/** Builds what a team has beside the toolkit's stacks; called once for each environment, and once more for the stage that it is lowered from, of which nothing is written. */
export type BuildOwnStacks = (environment: BuiltEnvironment) => void;
