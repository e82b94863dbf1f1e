import { join } from "node:path";
import { stages } from "../../config";
import project from "../../evenkeel.config";
import { temporaryFolder } from "../support/temporary-folder";
import { describeStacks } from "./describe-stacks";
import { expectFrozen } from "./frozen-file";
import { synthesizedStacks } from "./synthesize";

const outdir = temporaryFolder();

describe("Every resource of", () => {
  test.each(project.environments.map((environment) => [environment.name, environment] as const))(
    "%s keeps its address, region, account, names and references, at every stage",
    (name, environment) => {
      const stagesOf = new Map<string, string[]>();
      for (const stage of stages) {
        for (const line of describeStacks(synthesizedStacks(environment, { stage }, join(outdir, name)))) {
          stagesOf.set(line, [...(stagesOf.get(line) ?? []), stage]);
        }
      }
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
