import { defineEnvironment, defineProject, type EnvironmentInput } from "../../config";
import prod from "../../environments/prod";

const like = (name: string, changes: Partial<EnvironmentInput>) =>
  defineEnvironment({ ...prod.input, name, services: [], containers: [], ...changes } as never);
const from = (name: string, more: object = {}) => ({ rollout: { promotion: { from: name, ...more } } }) as never;

describe("An environment that is promoted from another one", () => {
  test.each([
    ["itself", [like("live", from("live"))], "is live itself"],
    ["one that is not there", [like("live", from("stagin")), like("staging", {})], 'did you mean "staging"'],
    ["a circle", [like("a", from("b")), like("b", from("a"))], "goes in a circle: a, b, a"],
    [
      "one that tries less without a reason",
      [like("live", from("early")), like("early", { stage: "foundation" } as never)],
      "is at stage foundation, and live is at optimization, so that it tries less",
    ],
  ] as const)("is refused with %s", (_, environments, message) => {
    expect(() => defineProject({ environments: [...environments] }).load()).toThrow(message);
  });

  test("may be promoted from one that tries less, if it says why, and from one at its stage", () => {
    const early = like("early", { stage: "foundation" } as never);
    const reason = { lesser: "what the later stages bring is tried by rehearsals" };
    const project = defineProject({
      environments: [like("live", from("early", reason)), early, like("same", {}), like("other", from("same"))],
    });
    expect(project.load()).toHaveLength(4);
  });

  test.each([
    [{ withinDays: 0 }, "withinDays"],
    [{ onlyHere: [{ address: "orders", reason: "only here for a good reason" }] }, "is not the address of a function"],
    [{ readBy: { roleArn: "arn:aws:iam::444444444444:user/a" } }, "is not the ARN of an IAM role"],
    [{ readBy: { roleArn: "arn:aws:iam::444444444444:role/a", profile: "b" } }, "names a role and a profile"],
    [{ lesser: "short" }, "lesser"],
  ])("is refused with %j", (changes, message) => {
    expect(() => like("live", from("staging", changes)).parse()).toThrow(message);
  });

  test("is refused with what is no key of KMS", () => {
    const encryptWith = ["alias/rollouts"];
    expect(() => like("live", { rollout: { bundles: { encryptWith } } } as never).parse()).toThrow(
      "rollout.bundles.encryptWith[0]: is not the ARN of a KMS key or alias",
    );
  });
});
