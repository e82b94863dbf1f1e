import type { ObjectValue, Value } from "../protocol/values";
import type { Scope } from "../provider/configuration";
import type { Contributions } from "./forms";
import type { Neighbours } from "./neighbours";

/**
 * What resources of one type contribute to the one that is read.
 * @param where In the same region, or anywhere in the account.
 * @param belongs True for those that say that they belong to it.
 */
export function contributions<T>(
  { neighbours }: ReadSubject,
  typeName: string,
  where: "here" | "everywhere",
  belongs: (resource: ObjectValue) => boolean,
  made: (resource: ObjectValue) => T,
): Contributions<T> {
  const present = where === "here" ? neighbours.of(typeName) : neighbours.everywhere(typeName);
  return {
    present: present.filter(belongs).map(made),
    deleted: neighbours.deleted(typeName).filter(belongs).map(made),
  };
}

/** A resource that is read. */
export interface ReadSubject extends Scope {
  typeName: string;
  state: ObjectValue;
  neighbours: Neighbours;
  /** A top-level string; "" when there is none. */
  text(name: string): string;
  /** A top-level list, set or block; empty when there is none. */
  list(name: string): Value[];
  /** The only block of this name; empty when there is none. */
  block(name: string): ObjectValue;
}

/** What the provider's Read makes of one type's state. */
export interface ReadRule {
  /**
   * Attributes that Read leaves as they are in the state, whatever AWS has: a change outside of Terraform is never seen,
   * and an absent value stays absent.
   */
  untouched?: readonly string[];
  /** Attributes that Read sets in some configurations only: an absent value stays absent. */
  absent?: readonly string[];
  /** The top-level values that AWS answers otherwise than they were written. The same question has the same answer. */
  answers?: (resource: ReadSubject) => ObjectValue;
}

/** Rules by resource type, for one AWS service. */
export type ServiceReads = { [typeName: string]: ReadRule };

/** Attributes that Read leaves alone. */
export const untouched = (...names: string[]): ReadRule => ({ untouched: names });
