import { ConfigError } from "../../modules/core";
import { suggestion } from "../../modules/core/messages";
import { defaultRememberMs } from "../../runtime/events/remembered";

/** Options that verbs share that handle something again. */
export interface AgainOptions {
  /** Comma-separated regions. */
  readonly regions?: readonly string[];
  /** Names of consumers that the user says may handle a message twice. */
  readonly repeatable?: readonly string[];
  /** How long consumers remember what they have handled, in days. */
  readonly rememberDays?: string;
  /** Does it; without it there is only a table of what would be done. */
  readonly start?: boolean;
  /** Starts without a question. */
  readonly autoApprove?: boolean;
}

export const dayMs = 86_400_000;
export const defaultRememberDays = defaultRememberMs / dayMs;

/** A number of an option. @throws ConfigError if it is none, or out of range */
export function numberOption(
  verb: string,
  option: string,
  given: string | undefined,
  { standard, min, max, whole = true }: { standard: number; min: number; max: number; whole?: boolean },
): number {
  if (given === undefined) return standard;
  const value = Number(given);
  if (given.trim() !== "" && value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
  throw new ConfigError(`evenkeel ${verb}`, [
    { path: option, message: `is not a ${whole ? "whole " : ""}number from ${min} to ${max}`, received: given },
  ]);
}

/** Names of an option that are among those that there are; all of them where none are given. @throws ConfigError */
export function namesOption(
  verb: string,
  option: string,
  given: readonly string[] | undefined,
  known: readonly string[],
): ReadonlySet<string> {
  if (given === undefined) return new Set(known);
  const unknown = given.filter((name) => !known.includes(name));
  if (unknown.length > 0 || given.length === 0) {
    const issues = (given.length === 0 ? [""] : unknown).map((name) => ({
      path: option,
      message:
        known.length === 0 ? "is not there: the environment has none" : `is not there; ${suggestion(name, known)}`,
      received: name,
    }));
    throw new ConfigError(`evenkeel ${verb}`, issues);
  }
  return new Set(given);
}
