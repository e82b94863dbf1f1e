import { UserError } from "../../errors";
import { type ValueProblem, valueProblems } from "../../values";
import { checkOfStacks } from "./check-of-stacks";
import { showPath, showReceived } from "./received";

/** A value of a resource that AWS would not take. */
export interface WrongValue extends ValueProblem {
  readonly stack: string;
  /** `aws_lambda_function.orders_function` */
  readonly address: string;
}

/** Resources of an app have values that AWS would not take. */
export class ValueError extends UserError {
  override readonly name = "ValueError";

  constructor(readonly wrong: readonly WrongValue[]) {
    const count = wrong.length === 1 ? "1 value is" : `${wrong.length} values are`;
    super([`${count} not what AWS takes`, ...wrong.map(show)].join("\n"));
  }
}

function show({ stack, address, path, problem, received }: WrongValue): string {
  return `  ${stack}: ${address}: ${showPath(path)}: ${problem} (received ${receivedBy(address, path, received)})`;
}

/** Variables of functions and texts of secrets may be anything, and so may what is inside of lists and maps. */
function receivedBy(address: string, path: ValueProblem["path"], received: unknown): string {
  if (received !== null && typeof received === "object") {
    const { length } = Object.keys(received);
    return length === 1 ? "1 entry" : `${length} entries`;
  }
  return path.includes("variables") ? "(hidden)" : showReceived(received, [address.split(".")[0] ?? "", ...path]);
}

/**
 * Lets the synthesis of the app fail if resources of any of its stacks have values that AWS does not take: the net below the
 * checks of configuration, which name the user's own field. What is known at synthesis is checked, and no reference.
 */
export const checkValuesOf = checkOfStacks({
  name: "values",
  together: false,
  check(stacks) {
    const wrong = stacks.flatMap(({ name, terraform }) => wrongValuesOf(name, terraform));
    if (wrong.length > 0) throw new ValueError(wrong);
  },
});

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

function wrongValuesOf(stack: string, terraform: unknown): WrongValue[] {
  const { resource = {} } = terraform as { resource?: Resources };
  return Object.entries(resource).flatMap(([type, resources]) =>
    Object.entries(resources).flatMap(([name, values]) =>
      valueProblems(type, values).map((problem) => ({ ...problem, stack, address: `${type}.${name}` })),
    ),
  );
}
