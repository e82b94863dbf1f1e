import { App, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

/** A stack as it is synthesized. */
export interface RenderedStack {
  readonly name: string;
  /** Its Terraform JSON, as an object. */
  readonly terraform: unknown;
}

/** The last Terraform JSON of a stack, which costs more to make than to keep. */
export type Rendered = (stack: TerraformStack) => unknown;

/**
 * Makes a check of all stacks of an app, which runs once when the app is synthesized.
 * @param check throws what the synthesis fails with
 * @returns adds the check to the app of a construct, if it is not there yet
 */
export function checkOfStacks(check: (stacks: readonly RenderedStack[]) => void) {
  const checked = new WeakSet<App>();
  return (scope: Construct, rendered: Rendered): void => {
    const { root } = scope.node;
    if (!App.isApp(root) || checked.has(root)) return;
    checked.add(root);
    root.node.addValidation({
      validate: () => {
        const stacks = root.node.findAll().filter((construct) => TerraformStack.isStack(construct));
        check(stacks.map((stack) => ({ name: stack.node.id, terraform: rendered(stack) })));
        return [];
      },
    });
  };
}
