import type { ValueProblem } from "../problem";
import type { Values, ValuesRule } from "../types/type-values";
import { blocksOf, numberOf, textOf } from "./read";

/** Behaviours send requests to origins of the same distribution. @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CacheBehavior.html */
export const originsByName: ValuesRule = (values) => {
  const names = (name: string) => blocksOf(values, name).map((block) => textOf(block, "origin_id"));
  const origins = names("origin");
  const known = new Set([...origins, ...names("origin_group")]);
  if (origins.length === 0 || known.has(undefined)) return [];
  const wrong = (
    block: Values,
    path: ValueProblem["path"],
    argument: string,
    allowed: ReadonlySet<unknown>,
  ): ValueProblem[] => {
    const received = textOf(block, argument);
    return received === undefined || allowed.has(received)
      ? []
      : [
          {
            path: [...path, argument],
            problem: `is not an origin of the distribution; use one of ${[...allowed].join(", ")}`,
            received,
          },
        ];
  };
  return [
    ...["default_cache_behavior", "ordered_cache_behavior"].flatMap((name) =>
      blocksOf(values, name).flatMap((block, index) => wrong(block, [name, index], "target_origin_id", known)),
    ),
    ...blocksOf(values, "origin_group").flatMap((group, index) =>
      blocksOf(group, "member").flatMap((member, at) =>
        wrong(member, ["origin_group", index, "member", at], "origin_id", new Set(origins)),
      ),
    ),
  ];
};

/** @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CachePolicyConfig.html */
export const ttlOrder: ValuesRule = (values) => {
  const min = numberOf(values, "min_ttl") ?? 0;
  const usual = numberOf(values, "default_ttl");
  const max = numberOf(values, "max_ttl");
  if (max !== undefined && min > max) {
    return [{ path: ["min_ttl"], problem: `is above max_ttl, ${max}; use at most ${max}`, received: min }];
  }
  return usual !== undefined && usual < min
    ? [{ path: ["default_ttl"], problem: `is below min_ttl, ${min}; use at least ${min}`, received: usual }]
    : [];
};
