import { readSynthesizedStacks, resourcesOf } from "../../terraform";

/** The region of each resource in a cdktf output folder, by `<stack> <address>`: its provider's alias, else `-`. */
export function resourceRegions(output: string): Map<string, string> {
  return new Map(
    readSynthesizedStacks(output).flatMap((stack) =>
      [...resourcesOf(stack)].map(
        ([address, { provider }]) => [`${stack.name} ${address}`, provider?.split(".")[1] ?? "-"] as const,
      ),
    ),
  );
}
