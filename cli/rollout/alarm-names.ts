import { regionOfProvider } from "../../rollout";
import { resourcesOf, type SynthesizedStack } from "../../terraform";

/** Names of the alarms of an environment in a region, composite ones included, as its stacks define them. */
export const alarmNames = (stacks: readonly SynthesizedStack[], region: string): string[] => [
  ...new Set(
    stacks.flatMap((stack) =>
      [...resourcesOf(stack)].flatMap(([address, { alarm_name: name, provider = "" }]) =>
        /^aws_cloudwatch_(metric|composite)_alarm\./.test(address) &&
        typeof name === "string" &&
        !name.includes("${") &&
        regionOfProvider(stack, provider) === region
          ? [name]
          : [],
      ),
    ),
  ),
];
