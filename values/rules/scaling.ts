import type { ValuesRule } from "../types/type-values";
import { numberOf } from "./read";

/** @see https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html */
export const targetRange: ValuesRule = (values) => {
  const min = numberOf(values, "min_capacity");
  const max = numberOf(values, "max_capacity");
  return min !== undefined && max !== undefined && min > max
    ? [{ path: ["min_capacity"], problem: `is above max_capacity, ${max}; use at most ${max}`, received: min }]
    : [];
};
