/** What is wrong with a value and what to do, `is not a valid time zone; use an IANA name such as Europe/Dublin`. */
export type Problem = string;

/** Looks at one value. @returns what is wrong with it and what to do; undefined when AWS takes it */
export type Check<T = unknown> = (value: T) => Problem | undefined;

/** A value of a resource that AWS would refuse, or take for something else. */
export interface ValueProblem {
  /** Where it is in the arguments of the resource: `["retry_policy", 0, "maximum_retry_attempts"]`. */
  readonly path: readonly (string | number)[];
  readonly problem: Problem;
  readonly received: unknown;
}
