import { App, type TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { EnvironmentStack } from "./environment-stack";
import { LeavingStack } from "./leaving-stack";

/** How far a stack is from the data, and so how early it has to let go: readers go before what they read. */
const ranks: readonly (readonly [name: RegExp, rank: number])[] = [
  [/^(routing|edge|vault|operations)$/, 0],
  [/^services-/, 1],
  [/^(events|database|data)$/, 3],
  [/^keys$/, 4],
];

/** A team's own stack reads what is there, unless services read of it. */
const rankOfOwn = 2;

/**
 * The stacks of an environment in the order in which they have to be applied when something leaves: each before those that it
 * reads, which lose what it has let go.
 */
export function inOrderOfRemoval(stacks: readonly EnvironmentStack[]): readonly EnvironmentStack[] {
  const ranked = [...stacks].reverse().map((stack) => [rankOf(stack), stack] as const);
  return ranked.sort(([one], [other]) => one - other).map(([, stack]) => stack);
}

function rankOf(stack: EnvironmentStack): number {
  const name = stack.node.id.slice(stack.deployment.environment.length + 1);
  const known = ranks.find(([pattern]) => pattern.test(name));
  if (known) return known[1];
  // Directly or through others.
  const readsServices = stack.dependencies.some((other) => other instanceof EnvironmentStack && rankOf(other) <= 1);
  return readsServices ? 0 : rankOfOwn;
}

/**
 * Writes the order of removal into the manifest, which says what every way of deploying goes by; what a stack reads stands beside
 * it, for a destruction.
 */
export function reverseOrder(scope: Construct, stacks: readonly EnvironmentStack[]): void {
  const app = App.of(scope);
  app.node.addValidation({
    validate: () => {
      const manifest = app.manifest.stacks as Record<string, ManifestStack | undefined>;
      const names = new Map(stacks.map((stack) => [stack, stack.dependencies.map(({ node }) => node.id)]));
      for (const stack of stacks) {
        const entry = manifest[stack.node.id];
        if (!entry) continue;
        entry.reads = [...entry.dependencies];
        const readers = stacks.filter((other) => names.get(other)?.includes(stack.node.id));
        entry.dependencies = [...new Set([...readers, ...aroundLeaving(stack, stacks)])].map(({ node }) => node.path);
      }
      return [];
    },
  });
}

interface ManifestStack {
  dependencies: string[];
  reads?: string[];
}

/** What has let go before a stack that leaves, and the stacks that leave before another one. */
function aroundLeaving(stack: EnvironmentStack, stacks: readonly EnvironmentStack[]): readonly TerraformStack[] {
  const earlier = stacks.filter((other) => rankOf(other) < rankOf(stack));
  return stack instanceof LeavingStack ? earlier : earlier.filter((other) => other instanceof LeavingStack);
}
