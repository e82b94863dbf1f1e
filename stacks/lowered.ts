import { App, TerraformResource, type TerraformStack } from "cdktf";
import type { EnvironmentStack } from "./environment-stack";
import { LeavingStack } from "./leaving-stack";

/**
 * Has each stack tell what it would have at the stage that its environment is lowered from, so that gates know what went with the
 * stage, and what did for another reason: a service that is taken out, or an id that is another one, is at neither stage.
 * @param build makes the stacks of that stage
 */
export function tellLowered(
  stacks: readonly EnvironmentStack[],
  build: (app: App) => readonly EnvironmentStack[],
): void {
  // Nothing of it is written.
  const before = new Map(build(new App({ stackTraces: false })).map((stack) => [stack.node.id, stack]));
  for (const stack of stacks) {
    const same = before.get(stack.node.id);
    // Of a stack that leaves, everything goes.
    if (same && !(stack instanceof LeavingStack)) stack.tellLoweredFrom(addressesIn(same));
  }
}

const addressesIn = (stack: TerraformStack): readonly string[] =>
  stack.node
    .findAll()
    .filter(TerraformResource.isTerraformResource)
    .map(({ terraformResourceType, friendlyUniqueId }) => `${terraformResourceType}.${friendlyUniqueId}`);
