import type { Problem, ValueProblem } from "../problem";
import { type Comparisons, comparisons } from "./comparison";
import { isObject } from "./object";
import { withShortReferences } from "./references";

/** How a service reads patterns of this kind. */
export interface PatternDialect {
  readonly comparisons: Comparisons;
  /** The most characters of the pattern as JSON. */
  readonly longest: number;
  /** Whether `$or` joins patterns. */
  readonly or: boolean;
}

/** `$or` may not lead to more combinations of its alternatives. */
const mostCombinations = 1000;

/** Names that are comparisons, or kept for them, so fields within `$or` cannot have them. */
const reserved = new Set(
  (
    "exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr = < <= > >= regex not-wildcard " +
    "not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before in-date-range ip-address-in-range " +
    "ip-address-not-in-range"
  ).split(" "),
);

const { plainPrefix: _, plainSuffix: __, ...ofEventBuses } = comparisons;

const eventBus: PatternDialect = { comparisons: ofEventBuses, longest: 2048, or: true };

/**
 * What EventBridge would refuse in the pattern of a rule, each with its place in the pattern; 2,048 characters is the
 * default quota.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export const eventPatternProblems = (pattern: unknown): readonly ValueProblem[] => patternProblems(pattern, eventBus);

/** The pattern of a rule of EventBridge, as JSON. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html */
export const eventPattern = (text: string): Problem | undefined => patternText(text, eventBus);

/** The first problem of a pattern as JSON, with its place. */
export function patternText(text: string, dialect: PatternDialect): Problem | undefined {
  let pattern: unknown;
  try {
    pattern = JSON.parse(withShortReferences(text));
  } catch {
    return 'is not valid JSON; write it like {"source": ["orders"]}';
  }
  const [first] = patternProblems(pattern, dialect);
  if (!first) return undefined;
  return first.path.length === 0 ? first.problem : `its ${showPath(first.path)} ${first.problem}`;
}

/** Everything that is wrong in a pattern, in the order of its fields. */
export function patternProblems(pattern: unknown, dialect: PatternDialect): readonly ValueProblem[] {
  if (!isObject(pattern)) {
    return [
      {
        path: [],
        problem: "is not an event pattern; write an object whose fields have lists of values",
        received: pattern,
      },
    ];
  }
  const problems: ValueProblem[] = [];
  const walk = new Walk(dialect, (path, problem, received) => problems.push({ path, problem, received }));
  if (Object.keys(pattern).length === 0) {
    problems.push({ path: [], problem: "is empty; add a field that the events have", received: pattern });
  }
  const combinations = walk.object(pattern, [], false);
  if (combinations > mostCombinations) {
    const problem = `has more than ${mostCombinations} combinations of $or alternatives, which AWS does not allow; use fewer alternatives, or several rules`;
    problems.push({ path: [], problem, received: pattern });
  }
  // Writing it as JSON would end in an overflow of the stack.
  if (walk.isTooDeep) return problems;
  const { length } = JSON.stringify(pattern);
  if (length > dialect.longest) {
    const problem = `has ${length} characters as JSON, but AWS allows ${dialect.longest}; match fewer values, or use prefixes`;
    problems.push({ path: [], problem, received: pattern });
  }
  return problems;
}

type Path = readonly (string | number)[];

/** No event is nested deeper, by far. */
const deepest = 100;

/** Goes through a pattern once. */
class Walk {
  isTooDeep = false;

  constructor(
    private readonly dialect: PatternDialect,
    private readonly report: (path: Path, problem: Problem, received: unknown) => void,
  ) {}

  /** @returns into how many patterns without `$or` the object unfolds */
  object(value: Readonly<Record<string, unknown>>, path: Path, withinOr: boolean): number {
    if (path.length > deepest) {
      if (!this.isTooDeep) this.report(path.slice(0, 3), "is nested too deeply; match fields nearer to the top", value);
      this.isTooDeep = true;
      return 1;
    }
    let combinations = 1;
    for (const [name, expected] of Object.entries(value)) {
      const at = [...path, name];
      if (name === "$or" && this.dialect.or) {
        combinations *= this.alternatives(expected, at);
        continue;
      }
      if (withinOr && reserved.has(name))
        this.report(at, "is the name of a comparison, not of a field; write the field with a list of values", expected);
      else if (Array.isArray(expected)) this.values(expected, at);
      else if (!isObject(expected)) this.report(at, listMissing(name, this.dialect), expected);
      else if (Object.keys(expected).length === 0) {
        this.report(at, "is empty and would match nothing; add a field", expected);
      } else combinations *= this.object(expected, at, withinOr);
    }
    return combinations;
  }

  private alternatives(value: unknown, path: Path): number {
    if (!Array.isArray(value) || value.length < 2) {
      this.report(path, "must be a list of at least two patterns; list objects under $or", value);
      return 1;
    }
    return value.reduce<number>((sum, option, index) => {
      const at = [...path, index];
      if (isObject(option) && Object.keys(option).length > 0) return sum + this.object(option, at, true);
      this.report(at, "is not a pattern; list objects with fields under $or", option);
      return sum;
    }, 0);
  }

  private values(values: readonly unknown[], path: Path): void {
    if (values.length === 0) {
      this.report(path, "is an empty list and would match nothing; add a value or remove the field", values);
    }
    values.forEach((value, index) => {
      const at = [...path, index];
      if (Array.isArray(value)) this.report(at, "is a list within a list; use one list of values", value);
      else if (isObject(value)) this.comparison(value, at);
    });
  }

  private comparison(value: Readonly<Record<string, unknown>>, path: Path): void {
    const { comparisons: known } = this.dialect;
    const [name = "", ...more] = Object.keys(value);
    if (!Object.hasOwn(known, name) || more.length > 0) {
      this.report(
        path,
        `is not a comparison; use an object with one of ${Object.keys(known).sort().join(", ")}`,
        value,
      );
      return;
    }
    const problem = known[name]?.(value[name]);
    if (problem) this.report([...path, name], problem, value[name]);
  }
}

function listMissing(name: string, { comparisons: known }: PatternDialect): Problem {
  return Object.hasOwn(known, name)
    ? `is a comparison outside of a list; write [{ "${name}": ... }]`
    : "must be a list, even for one value; put it in square brackets";
}

const showPath = (path: Path): string =>
  path.reduce<string>(
    (text, part) => (typeof part === "number" ? `${text}[${part}]` : text ? `${text}.${part}` : part),
    "",
  );
