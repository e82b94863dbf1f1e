import type { ValuesRule } from "../types/type-values";
import { blocksOf, numberOf } from "./read";

/** Capacity of Aurora Serverless goes in halves, from the lower to the higher. @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ServerlessV2ScalingConfiguration.html */
export const capacityRange: ValuesRule = (values) =>
  blocksOf(values, "serverlessv2_scaling_configuration").flatMap((block, index) => {
    const min = numberOf(block, "min_capacity");
    const max = numberOf(block, "max_capacity");
    const at = (name: string) => ["serverlessv2_scaling_configuration", index, name];
    const halves = Object.entries({ min_capacity: min, max_capacity: max })
      .filter(([, value]) => value !== undefined && !Number.isInteger(value * 2))
      .map(([name, value]) => ({
        path: at(name),
        problem: "is not a valid Aurora capacity; use a multiple of 0.5",
        received: value,
      }));
    return min !== undefined && max !== undefined && min > max
      ? [
          ...halves,
          {
            path: at("min_capacity"),
            problem: `is above max_capacity, ${max}; use at most ${max}`,
            received: min,
          },
        ]
      : halves;
  });
