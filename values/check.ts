import { evaluated, evaluatedText } from "./known";
import { isObject } from "./languages/object";
import { problemWith, problemWithCount } from "./limit-problems";
import { rulesOf } from "./limits-of";
import { limitsTree, type Node } from "./limits-tree";
import type { Problem, ValueProblem } from "./problem";

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
  const problems: ValueProblem[] = [];
  const read = options.evaluated ? (text: string) => text : evaluatedText;
  if (tree) new Walk(read, problems).block(tree, values);
  if (rules.length === 0) return problems;

  const known = (options.evaluated ? values : evaluated(values)) as Readonly<Record<string, unknown>>;
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

/** Goes through the arguments of one resource once. */
class Walk {
  /** Where it is. Most values have no problem that a copy would be needed for. */
  private readonly path: (string | number)[] = [];

  constructor(
    /** A text as it is sent; undefined if only Terraform knows. */
    private readonly read: (text: string) => string | undefined,
    private readonly problems: ValueProblem[],
  ) {}

  block({ children }: Node, values: Readonly<Record<string, unknown>>): void {
    if (!children) return;
    for (const name of Object.keys(values)) {
      const child = children.get(name);
      const value = values[name];
      if (child && value !== null && value !== undefined) this.at(name, child, value);
    }
  }

  private at(part: string | number, node: Node, value: unknown): void {
    this.path.push(part);
    this.value(node, value);
    this.path.pop();
  }

  private value(node: Node, value: unknown): void {
    if (Array.isArray(value)) this.list(node, value);
    else if (!isObject(value)) this.scalar(node, value);
    else if (node.each) this.map(node, node.each, value);
    else this.block(node, value);
  }

  private list(node: Node, values: readonly unknown[]): void {
    const { each } = node;
    // An empty list of blocks is one that is not written.
    if (values.length > 0 || each) this.report(problemWithCount(node.limits, values.length), values);
    values.forEach((entry, index) => {
      if (each || isObject(entry)) this.at(index, each ?? node, entry);
    });
  }

  private map(node: Node, each: Node, values: Readonly<Record<string, unknown>>): void {
    const entries = Object.entries(values);
    this.report(problemWithCount(node.limits, entries.length), values);
    for (const [written, entry] of entries) {
      const key = this.read(written) ?? written;
      const wrong = node.keys && problemWith(node.keys, key);
      this.path.push(key);
      this.report(wrong && `has a name that ${wrong}`, key);
      this.value(each, entry);
      this.path.pop();
    }
  }

  private scalar(node: Node, value: unknown): void {
    const known = typeof value === "string" ? this.read(value) : value;
    if (known !== undefined && known !== null) this.report(problemWith(node.limits, known), known);
  }

  private report(problem: Problem | undefined, received: unknown): void {
    if (problem) this.problems.push({ path: [...this.path], problem, received });
  }
}
