import type { ValuesRule } from "../types/type-values";
import { numberOf } from "./read";

const range = (from: number, to: number, step: number): number[] =>
  Array.from({ length: (to - from) / step + 1 }, (_, index) => (from + index * step) * 1024);

/** Memory in MiB by CPU units. @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size */
const sizes: ReadonlyMap<number, readonly number[]> = new Map([
  [256, [512, 1024, 2048]],
  [512, range(1, 4, 1)],
  [1024, range(2, 8, 1)],
  [2048, range(4, 16, 1)],
  [4096, range(8, 30, 1)],
  [8192, range(16, 60, 4)],
  [16_384, range(32, 120, 8)],
]);

/** Tasks on Fargate have one of a few sizes. */
export const fargateSizes: ValuesRule = (values) => {
  const kinds = values.requires_compatibilities;
  const cpu = numberOf(values, "cpu");
  const memory = numberOf(values, "memory");
  if (!Array.isArray(kinds) || !kinds.includes("FARGATE") || cpu === undefined) return [];
  const memories = sizes.get(cpu);
  if (!memories) {
    return [
      {
        path: ["cpu"],
        problem: `is not a CPU size that Fargate supports; use one of ${[...sizes.keys()].join(", ")} CPU units`,
        received: cpu,
      },
    ];
  }
  return memory === undefined || memories.includes(memory)
    ? []
    : [
        {
          path: ["memory"],
          problem: `is not a memory size that Fargate supports with ${cpu} CPU units; use one of ${memories.join(", ")} MiB`,
          received: memory,
        },
      ];
};
