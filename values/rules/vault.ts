import type { ValuesRule } from "../types/type-values";
import { numberOf } from "./read";

/** @see https://developer.hashicorp.com/vault/api-docs/secret/transit#auto_rotate_period */
export const rotationOfKey: ValuesRule = (values) => {
  const period = numberOf(values, "auto_rotate_period");
  return period !== undefined && period !== 0 && period < 3600
    ? [
        {
          path: ["auto_rotate_period"],
          problem: "is shorter than an hour; use at least 3600 s, or 0 for no rotation",
          received: period,
        },
      ]
    : [];
};
