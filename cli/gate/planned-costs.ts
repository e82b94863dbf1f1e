import type { EnvironmentDefinition } from "../../config";
import type { PlannedCosts } from "../../contract";
import { stageCosts } from "../../costs";
import { managedChanges, type Plan } from "../../terraform";

/**
 * What a plan adds to the costs of a month: what it creates, by the estimate of the environment that the stack is of, as
 * `evenkeel cost` has it. What is replaced costs what it did.
 */
export function plannedCosts(
  environments: readonly EnvironmentDefinition[],
): (stack: string | undefined, plan: Plan) => PlannedCosts | undefined {
  const estimates = new Map<string, ReadonlyMap<string, number>>();
  return (stack, plan) => {
    const environment = environments.find(({ name }) => stack?.startsWith(`${name}-`));
    if (environment === undefined) return undefined;
    const known = estimates.get(environment.name) ?? estimateOf(environment);
    estimates.set(environment.name, known);
    let usd = 0;
    const counts = { unpriced: 0, changed: 0, deleted: 0 };
    for (const { address, change } of managedChanges(plan)) {
      const { actions } = change;
      if (actions.includes("create") && !actions.includes("delete")) {
        const price = known.get(`${stack} ${address.replace(/\[[^\]]*\]$/, "")}`);
        if (price === undefined) counts.unpriced++;
        usd += price ?? 0;
      } else if (actions.includes("update")) counts.changed++;
      else if (actions.includes("delete") && !actions.includes("create")) counts.deleted++;
    }
    return {
      usd,
      notCounted: [
        ...phrase(
          counts.unpriced,
          "of what is created is free, or in no estimate",
          "that are created are free, or in no estimate",
        ),
        ...phrase(counts.changed, "is changed in place", "are changed in place"),
        ...phrase(counts.deleted, "is deleted", "are deleted"),
      ],
    };
  };
}

const phrase = (count: number, one: string, several: string): string[] =>
  count === 0 ? [] : [count === 1 ? `1 resource ${one}` : `${count} resources ${several}`];

/** US dollars a month by `<stack> <address>`, at the stage of the environment's file. */
function estimateOf(environment: EnvironmentDefinition): ReadonlyMap<string, number> {
  const usd = new Map<string, number>();
  for (const line of stageCosts(environment, environment.input.stage).quiet.lines) {
    usd.set(line.resource, (usd.get(line.resource) ?? 0) + line.usd);
  }
  return usd;
}
