import type { ValuesRule } from "../types/type-values";
import { textOf } from "./read";

/** Standard parameters hold 4 KB. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
export const parameterTier: ValuesRule = (values) => {
  if ((textOf(values, "tier") ?? "Standard") !== "Standard") return [];
  return ["insecure_value", "value", "value_wo"].flatMap((name) => {
    const value = textOf(values, name);
    const size = Buffer.byteLength(value ?? "");
    return size > 4096 && size <= 8192
      ? [
          {
            path: [name],
            problem: `is ${size} bytes long; use at most 4096 bytes, or set tier to Advanced`,
            received: value,
          },
        ]
      : [];
  });
};
