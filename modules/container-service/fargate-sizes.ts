const gibibyte = 1024;
const steps = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, at) => (from + at * step) * gibibyte);

/**
 * The memory sizes, in MiB, that Fargate supports for each number of CPU units.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
 */
const memoryOfCpu: Readonly<Record<number, readonly number[]>> = {
  256: [512, 1024, 2048],
  512: steps(1, 4, 1),
  1024: steps(2, 8, 1),
  2048: steps(4, 16, 1),
  4096: steps(8, 30, 1),
  8192: steps(16, 60, 4),
  16384: steps(32, 120, 8),
};

/** What is wrong with the size of a task, and in which field; undefined if Fargate supports the combination. */
export function memoryProblem(
  cpu: number,
  memory: number,
): { readonly field: "cpu" | "memoryMebibytes"; readonly message: string } | undefined {
  const taken = memoryOfCpu[cpu];
  if (!taken) {
    return {
      field: "cpu",
      message: `is not a CPU size that Fargate supports; use one of ${Object.keys(memoryOfCpu).join(", ")}`,
    };
  }
  if (taken.includes(memory)) return undefined;
  const nearest = taken.find((size) => size >= memory) ?? taken.at(-1);
  return {
    field: "memoryMebibytes",
    message: `is not a memory size that Fargate supports with cpu ${cpu}; use ${nearest}, or another size from ${taken[0]} to ${taken.at(-1)} MiB`,
  };
}
