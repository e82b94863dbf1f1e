/** Arguments or attributes of a resource by Terraform name, as in a configuration or in a state. */
export type Values = Readonly<Record<string, unknown>>;

/** Where a name can be taken once: in one region of an account, in an account, or by anybody in the partition. */
export type Scope = "region" | "account" | "partition";

/** What makes a resource one with another of its type. */
export interface Rule {
  readonly scope: Scope;
  /** In words, with the arguments that make the identity in braces: `rule {name} on event bus {event_bus_name}`. */
  readonly name: string;
  /** How the forms of an argument become one; arguments without one here are compared as they are. */
  readonly read?: Readonly<Record<string, Read>>;
  /** The type whose names these are as well; its own unless said otherwise. */
  readonly namesOf?: string;
}

/**
 * One form for everything that AWS takes for the same value.
 * @param value the argument itself, undefined or null where there is none
 * @param values all arguments, for what is written in two of them
 * @returns undefined if nothing is said, so that AWS makes the name
 */
export type Read = (value: unknown, values: Values) => string | undefined;

/** Rules by resource type. */
export type Rules = Readonly<Record<string, Rule>>;
