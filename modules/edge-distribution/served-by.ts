import type { BehaviorConfig } from "./behavior";
import type { EdgeDistributionConfig } from "./config";
import { covers, overlap, patternParts, routeParts } from "./path-pattern";

/** A behavior that some requests to a route meet, and where it stands in the distribution's config. */
export interface ServingBehavior {
  readonly behavior: BehaviorConfig;
  readonly at: readonly (string | number)[];
}

/**
 * The behaviors that requests to a path meet, the first match winning.
 * @param path the path of a route key, `/orders/{orderId}`; undefined for `$default`, which takes every path
 */
export function behaviorsOf(
  path: string | undefined,
  { behaviors, defaultBehavior }: Pick<EdgeDistributionConfig, "behaviors" | "defaultBehavior">,
): readonly ServingBehavior[] {
  const route = routeParts(path ?? "{proxy+}");
  const serving: ServingBehavior[] = [];
  for (const [index, behavior] of behaviors.entries()) {
    const pattern = patternParts(behavior.pathPattern);
    if (overlap(pattern, route)) serving.push({ behavior, at: ["behaviors", index] });
    if (covers(pattern, route)) return serving;
  }
  return [...serving, { behavior: defaultBehavior, at: ["defaultBehavior"] }];
}
