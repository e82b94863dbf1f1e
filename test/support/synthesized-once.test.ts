import { defineEnvironment, type EnvironmentInput } from "../../config";
import { Terms } from "../../config/organisation";
import sandbox from "../../environments/sandbox";
import type { SynthesizedStack } from "../../terraform";
import { synthesizedStacks } from "../frozen/synthesize";
import { outputOf, stacksOf } from "./synthesized-once";
import { temporaryFolder } from "./temporary-folder";

const foundation = { stage: "foundation" } as const;
const input = sandbox.input as EnvironmentInput;
const copy = () => defineEnvironment(structuredClone(input));

describe("An environment that is synthesized once", () => {
  test("has the stacks that it has when it is synthesized by itself", () => {
    // But for where its state is from there.
    const text = (stacks: readonly SynthesizedStack[]) =>
      JSON.stringify(
        stacks.map(({ name, terraform }) => ({ name, terraform })),
        undefined,
        1,
      ).replaceAll(/"(\.\.\/)+[^"]*\.evenkeel\/state/g, '"state');
    const alone = text(synthesizedStacks(copy(), foundation, temporaryFolder()));
    expect(text(stacksOf(copy(), foundation))).toBe(alone);
    expect(alone).toContain('"state/sandbox-keys.tfstate"');
  });

  test("is found again by what it states, and by nothing else", () => {
    const kept = outputOf(copy(), foundation);
    expect(outputOf(copy(), foundation)).toBe(kept);
    const others = [
      outputOf(copy(), { stage: "hardening" }),
      outputOf(defineEnvironment({ ...input, description: "Another one for trying things out" }), foundation),
    ];
    expect(new Set([kept, ...others]).size).toBe(3);
  });

  test("is synthesized each time where it has functions of a team, or terms of another project", () => {
    const withOwn = () => defineEnvironment(input, { stacks: (built) => void built.stack("own") });
    expect(outputOf(withOwn(), foundation)).not.toBe(outputOf(withOwn(), foundation));
    const ofAnotherProject = copy().within(new Terms({}));
    expect(outputOf(ofAnotherProject, foundation)).not.toBe(outputOf(ofAnotherProject, foundation));
  });
});
