import type { Values, ValuesRule } from "../types/type-values";
import { blocksOf, numberOf } from "./read";

const leastColdDays = 90;

/**
 * What is moved to cold storage stays there for at least 90 days.
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html
 */
export const coldStorage: ValuesRule = (plan) =>
  blocksOf(plan, "rule").flatMap((rule, at) => [
    ...tooShort(rule, ["rule", at]),
    ...blocksOf(rule, "copy_action").flatMap((copy, index) => tooShort(copy, ["rule", at, "copy_action", index])),
  ]);

function tooShort(holder: Values, path: readonly (string | number)[]): ReturnType<ValuesRule> {
  return blocksOf(holder, "lifecycle").flatMap((lifecycle, at) => {
    const cold = numberOf(lifecycle, "cold_storage_after") ?? 0;
    const end = numberOf(lifecycle, "delete_after") ?? 0;
    // Zero stands for never.
    if (cold === 0 || end === 0 || end >= cold + leastColdDays) return [];
    const problem = `is less than ${leastColdDays} after cold_storage_after; use at least ${cold + leastColdDays}`;
    return [{ path: [...path, "lifecycle", at, "delete_after"], problem, received: end }];
  });
}
