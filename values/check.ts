import { evaluated } from "./known";
import { problemWith, problemWithCount } from "./limit-problems";
import { rulesOf } from "./limits-of";
import { limitsTree, type Node } from "./limits-tree";
import type { ValueProblem } from "./problem";

type Path = ValueProblem["path"];

export interface ValueProblemsOptions {
  /** The values are Terraform's own, so that `${` is text; by default they are a configuration, where it is an expression. */
  readonly evaluated?: boolean;
}

/**
 * Everything that AWS would not take of a resource's arguments, as far as they are known: what has an expression is not.
 * @param type Terraform's name of the resource type
 * @param values as in Terraform's JSON, in a plan or in a state
 */
export function valueProblems(
  type: string,
  values: Readonly<Record<string, unknown>>,
  options: ValueProblemsOptions = {},
): ValueProblem[] {
  const tree = limitsTree(type);
  const rules = rulesOf(type);
  if (!tree && rules.length === 0) return [];
  const known = (options.evaluated ? values : evaluated(values)) as Readonly<Record<string, unknown>>;
  const problems: ValueProblem[] = [];
  if (tree) checkBlock(tree, known, [], problems);
  const wrong = new Set(problems.map(({ path }) => path.join(" ")));
  for (const rule of rules) {
    for (const problem of rule(known)) {
      const path = asWritten(problem.path, known);
      // What is wrong by itself is told once.
      if (!wrong.has(path.join(" "))) problems.push({ ...problem, path });
    }
  }
  return problems;
}

/** Rules give each block an index; one that stands without a list has none. */
function asWritten(path: Path, values: unknown): Path {
  let at: unknown = values;
  return path.filter((part) => {
    const inner: unknown = (at as Record<string | number, unknown> | undefined)?.[part];
    if (typeof part === "number" && !Array.isArray(at)) return false;
    at = inner;
    return true;
  });
}

function checkBlock(node: Node, values: Readonly<Record<string, unknown>>, path: Path, problems: ValueProblem[]): void {
  for (const [name, value] of Object.entries(values)) {
    const child = node.children.get(name);
    if (child) checkNode(child, value, [...path, name], problems);
  }
}

function checkNode(node: Node, value: unknown, path: Path, problems: ValueProblem[]): void {
  if (value === null || value === undefined) return;
  const report = (problem: string | undefined) => problem && problems.push({ path, problem, received: value });
  const { each } = node;
  if (Array.isArray(value)) {
    // An empty list of blocks is one that is not written.
    if (value.length > 0 || each) report(problemWithCount(node.limits, value.length));
    value.forEach((entry, index) => {
      if (each) checkNode(each, entry, [...path, index], problems);
      else if (isObject(entry)) checkBlock(node, entry, [...path, index], problems);
    });
  } else if (isObject(value)) {
    if (!each) {
      checkBlock(node, value, path, problems);
      return;
    }
    const entries = Object.entries(value);
    report(problemWithCount(node.limits, entries.length));
    for (const [key, entry] of entries) {
      const wrong = node.keys && problemWith(node.keys, key);
      if (wrong) problems.push({ path: [...path, key], problem: `has a name that ${wrong}`, received: key });
      checkNode(each, entry, [...path, key], problems);
    }
  } else report(problemWith(node.limits, value));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
