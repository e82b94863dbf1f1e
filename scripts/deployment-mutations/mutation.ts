import type { EnvironmentInput, Stage } from "../../config";
import type { StackJson } from "../../terraform";

/** Where a change is caught, if it is. */
export type Caught =
  /** Synthesis refuses the file. */
  | { readonly by: "synthesis"; readonly says: RegExp }
  /** Terraform refuses to plan, or the driver does before. */
  | { readonly by: "the plan"; readonly says: RegExp }
  /** A gate, by its id. */
  | { readonly by: string; readonly at?: RegExp }
  /** Nothing is lost by it. */
  | { readonly harmless: string };

interface Change {
  /** What is changed, for the table. */
  readonly what: string;
  readonly caught: Caught;
}

/** A change of the environment's file. */
export interface ConfigMutation extends Change {
  readonly config: Partial<EnvironmentInput>;
  readonly stage?: Stage;
  /** The stack in whose plan it shows; without it every stack that changes is planned, until one is refused. */
  readonly stack?: string;
  /** Whether the state is looked for in another place. */
  readonly moved?: boolean;
}

/** A change of what is synthesized, as another version of the toolkit, an override or a stack of a team could make it. */
export interface OutputMutation extends Change {
  readonly stack: string;
  /** Changes the configuration of the stack. `at` gives the arguments of a resource. */
  readonly edit: (at: (address: string) => Arguments, configuration: StackJson) => void;
  /** The argument that is changed alone: then other arguments of the resource may be changed in the same plan. */
  readonly argument?: string;
  /** Whether it has effects on other resources, and so cannot be planned together with other changes. */
  readonly alone?: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: arguments of any resource, in the shape that cdktf writes
export type Arguments = Record<string, any>;

export type Mutation = ConfigMutation | OutputMutation;

/** Changes of one kind, under a title of the page. */
export interface MutationsOfKind {
  readonly title: string;
  readonly mutations: readonly Mutation[];
}
