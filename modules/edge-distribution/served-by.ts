import type { BehaviorConfig } from "./behavior";
import type { EdgeDistributionConfig } from "./config";
import { PathPattern, routeParts } from "./path-pattern";

/** A behavior that some requests to a route meet, and where it stands in the distribution's config. */
export interface ServingBehavior {
  readonly behavior: BehaviorConfig;
  readonly at: readonly (string | number)[];
}

type Behaviors = Pick<EdgeDistributionConfig, "behaviors" | "defaultBehavior">;

/**
 * The behaviors that requests to a path meet, the first match winning.
 * @returns a function of the path of a route key, `/orders/{orderId}`; undefined for `$default`, which takes every path
 */
export function behaviorsOf({ behaviors, defaultBehavior }: Behaviors) {
  const patterns = behaviors.map(({ pathPattern }) => new PathPattern(pathPattern));
  return (path: string | undefined): readonly ServingBehavior[] => {
    const route = routeParts(path ?? "{proxy+}");
    const serving: ServingBehavior[] = [];
    for (const [index, behavior] of behaviors.entries()) {
      const pattern = patterns[index];
      if (pattern?.meets(route)) serving.push({ behavior, at: ["behaviors", index] });
      if (pattern?.covers(route)) return serving;
    }
    return [...serving, { behavior: defaultBehavior, at: ["defaultBehavior"] }];
  };
}
