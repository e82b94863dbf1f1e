import { type Graph, type Resource, share, textAt } from "../graph";
import { nameOf } from "../names";

/** Resources that must be there before others, although these name them nowhere. */
export interface Companion {
  /** A clause after "Terraform creates". */
  readonly statement: string;
  /** The types that come later, and what comes before each. */
  readonly of: readonly string[] | RegExp;
  needed(later: Resource, graph: Graph): readonly Resource[];
}

/** The resources of some types that refer to a target in an argument. */
export const attachedTo = (
  graph: Graph,
  target: Resource,
  types: readonly string[],
  path: string | RegExp,
): Resource[] => graph.ofType(...types).filter((one) => graph.referredTo(one, path).includes(target));

/** The function that an argument names, by reference or by its name. */
export function functionsOf(later: Resource, graph: Graph): Resource[] {
  const referred = graph.referredTo(later, "function_name").filter(({ type }) => type === "aws_lambda_function");
  const name = textAt(later, "function_name");
  const named = graph.ofType("aws_lambda_function").filter((one) => nameOf(one) === name && share(one, later));
  return [...new Set([...referred, ...named])];
}

/** Others of the same type for the same target, but for those that come later: each pair must have an order. */
export function othersBefore(later: Resource, graph: Graph, key: (one: Resource) => readonly Resource[]): Resource[] {
  const mine = key(later);
  return graph
    .ofType(later.type)
    .filter((one) => one !== later && key(one).some((target) => mine.includes(target)))
    .filter((one) => !graph.comesBefore(later, one));
}
