import type { Plan, TerraformStack } from "../../terraform";

/**
 * Deploys a stack, or what it has become: nothing of it is removed, and the plan after that is empty.
 * @param revised types of which each change is a new revision, which Terraform calls a replacement
 * @returns the plan that was applied
 */
export async function expectGrowth(stack: TerraformStack, revised: readonly string[] = []): Promise<Plan> {
  const plan = await stack.plan();
  const { resource_changes: changes = [] } = plan;
  const removed = changes.filter(
    ({ type, change: { actions } }) =>
      actions.includes("delete") && !(revised.includes(type) && actions.includes("create")),
  );
  expect([stack.name, removed.map(({ address }) => address)]).toEqual([stack.name, []]);
  await stack.apply();
  expect([stack.name, await stack.isSettled()]).toEqual([stack.name, true]);
  return plan;
}

/** Destroys stacks, each before those that it reads of. @param unprotected in the order of deployment, without protection against deletion */
export async function expectDestroyed(unprotected: readonly TerraformStack[]): Promise<void> {
  for (const stack of unprotected) await stack.deploy();
  for (const stack of [...unprotected].reverse()) {
    await stack.destroy();
    expect([stack.name, await stack.addresses()]).toEqual([stack.name, []]);
  }
}
