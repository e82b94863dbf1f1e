import type { Variable } from "../environment/environment.js";
import type { FailureRule } from "./failure-rule.js";

/** What a function is told of a dependency by its variable `DEPENDENCY_<NAME>`; times in milliseconds. */
export interface Dependency {
  readonly name: string;
  /** Addresses by region, the one to ask first first; without one there is one endpoint, in the function's own region. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly failures: FailureRule;
  readonly openMs: number;
  readonly maxOpenMs: number;
  readonly probeMs: number;
}

/** A dependency of which an environment says nothing, because it is of a stage that has no breakers: the function's own region, and the defaults. */
export const undeclaredDependency = (name: string): Dependency => ({
  name,
  endpoints: {},
  failures: { consecutive: 5 },
  openMs: 30_000,
  maxOpenMs: 300_000,
  probeMs: 15_000,
});

/** A dependency as its variable has it, in JSON. */
export function dependency(name: string): Variable<Dependency> {
  const variable = (fallback?: Dependency): Variable<Dependency> => ({
    expected: "the JSON that the toolkit writes for a dependency",
    fallback,
    parse: (text) => parsed(name, text),
    default: (value) => variable(value),
  });
  return variable();
}

function parsed(name: string, text: string): Dependency | undefined {
  try {
    const value = JSON.parse(text) as Partial<Dependency>;
    const { endpoints = {}, failures, openMs, maxOpenMs, probeMs } = value;
    const numbers = [openMs, maxOpenMs, probeMs].every((number) => typeof number === "number" && number > 0);
    if (!numbers || !failures || typeof endpoints !== "object") return undefined;
    return { ...(value as Dependency), name, endpoints };
  } catch {
    return undefined;
  }
}
