import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { UserError } from "../../errors";
import { type ValueProblem, valueProblems } from "../../values";
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

/** Apps whose values are checked when they are synthesized. */
const checked = new WeakSet<App>();

/**
 * Lets the synthesis of the app fail if resources of any of its stacks have values that AWS does not take: the net below the
 * checks of configuration, which name the user's own field. What is known at synthesis is checked, and no reference.
 * @param rendered the last Terraform JSON of a stack, which costs more to make than to keep
 */
export function checkValuesOf(scope: Construct, rendered: (stack: TerraformStack) => unknown): void {
  const { root } = scope.node;
  if (!App.isApp(root) || checked.has(root)) return;
  checked.add(root);
  root.node.addValidation({
    validate: () => {
      const wrong = root.node
        .findAll()
        .flatMap((construct) =>
          TerraformStack.isStack(construct) ? wrongValuesOf(construct.node.id, rendered(construct)) : [],
        );
      if (wrong.length > 0) throw new ValueError(wrong);
      return [];
    },
  });
}

type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

function wrongValuesOf(stack: string, terraform: unknown): WrongValue[] {
  const { resource = {} } = terraform as { resource?: Resources };
  return Object.entries(resource).flatMap(([type, resources]) =>
    Object.entries(resources).flatMap(([name, values]) =>
      valueProblems(type, values).map((problem) => ({ ...problem, stack, address: `${type}.${name}` })),
    ),
  );
}
