import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/**
 * Keeps the stack of each construct, which never changes: the engine asks for it with each attribute, and goes up through the tree
 * for it.
 */
export function keepStacks(): void {
  const { of } = TerraformStack;
  const stacks = new WeakMap<IConstruct, TerraformStack>();
  TerraformStack.of = (construct) => {
    const known = stacks.get(construct);
    if (known) return known;
    const stack = of.call(TerraformStack, construct);
    stacks.set(construct, stack);
    return stack;
  };
}
