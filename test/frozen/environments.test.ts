import { stages } from "../../config";
import project from "../../evenkeel.config";
import { stacksOf } from "../support/synthesized-once";
import { describeStacks } from "./describe-stacks";
import { expectFrozen } from "./frozen-file";

/** Addresses that a stage has and a later one has not, whatever else is said of them. */
function lostAddresses(stagesOf: ReadonlyMap<string, readonly string[]>): string[] {
  const addresses = new Map<string, Set<string>>();
  for (const [line, of] of stagesOf) {
    const [stack = "", what = ""] = line.split(" ");
    if (what.startsWith("(")) continue;
    const address = `${stack} ${what}`;
    addresses.set(address, new Set([...(addresses.get(address) ?? []), ...of]));
  }
  return [...addresses]
    .filter(([, of]) => stages.slice(stages.findIndex((stage) => of.has(stage))).some((stage) => !of.has(stage)))
    .map(([address]) => address);
}

describe("Every resource of", () => {
  test.each(project.environments.map((environment) => [environment.name, environment] as const))(
    "%s keeps its address, region, account, names and references, at every stage",
    (name, environment) => {
      const stagesOf = new Map<string, string[]>();
      for (const stage of stages) {
        for (const line of describeStacks(stacksOf(environment, { stage }))) {
          stagesOf.set(line, [...(stagesOf.get(line) ?? []), stage]);
        }
      }
      expect(lostAddresses(stagesOf)).toEqual([]);
      // The stages in front: a line for all of them, or for those whose resource reads so.
      const lines = [...stagesOf].sort(([left], [right]) => (left < right ? -1 : 1));
      expectFrozen(
        `${name}.txt`,
        lines.map(
          ([line, of]) =>
            `${of
              .map((stage) => stage[0])
              .join("")
              .padEnd(3)} ${line}`,
        ),
      );
    },
  );
});
