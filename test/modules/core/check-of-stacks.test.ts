import { App } from "cdktf";
import { PassedChecks } from "../../../loader";
import { DeploymentStack } from "../../../modules/core";
import { checkOfStacks } from "../../../modules/core/check-of-stacks";
import { keepRendered } from "../../../modules/core/rendered";
import { temporaryFolder } from "../../support/temporary-folder";

let mockPassed: PassedChecks | undefined;

jest.mock("../../../loader", () => ({
  ...jest.requireActual("../../../loader"),
  passedChecks: () => mockPassed,
  writtenDigest: (value: unknown) => JSON.stringify(value),
}));

/** Runs a check on stacks with these contents. @returns the names of the stacks that it looked at */
function looked(together: boolean, contents: Readonly<Record<string, string>>): string[] {
  const names: string[] = [];
  const add = checkOfStacks({
    name: "wrong",
    together,
    check(stacks) {
      names.push(...(stacks.length > 0 ? stacks.map(({ name }) => name) : ["nothing"]));
      if (stacks.some(({ terraform }) => JSON.stringify(terraform).includes("wrong"))) throw new Error("is wrong");
    },
  });
  const app = new App({ outdir: temporaryFolder("stacks-") });
  for (const [name, content] of Object.entries(contents)) {
    const stack = new DeploymentStack(app, name, { regions: ["eu-west-1"], account: "111122223333", tags: {} });
    keepRendered(stack, { content });
    add(stack);
  }
  const [, , validation] = [...(app.node as unknown as { _validations: { validate(): string[] }[] })._validations];
  try {
    validation?.validate();
  } catch {
    names.push("refused");
  }
  return names;
}

beforeEach(() => {
  const folder = temporaryFolder("passed-");
  mockPassed = new PassedChecks(
    () => folder,
    () => "a".repeat(64),
  );
  const { store } = PassedChecks.prototype;
  // The next app is another process.
  jest.spyOn(PassedChecks.prototype, "store").mockImplementation(function (this: PassedChecks) {
    store.call(this);
    mockPassed = new PassedChecks(
      () => folder,
      () => "a".repeat(64),
    );
  });
});

afterEach(() => jest.restoreAllMocks());

test("Only stacks that have changed are checked again", () => {
  expect(looked(false, { one: "1", two: "2" })).toEqual(["one", "two"]);
  expect(looked(false, { one: "1", two: "2" })).toEqual([]);
  expect(looked(false, { one: "1", two: "3" })).toEqual(["two"]);
  expect(looked(false, { other: "1" })).toEqual(["other"]);
});

test("Stacks that are looked at together are checked again if any has changed", () => {
  expect(looked(true, { one: "1", two: "2" })).toEqual(["one", "two"]);
  expect(looked(true, { one: "1", two: "2" })).toEqual([]);
  expect(looked(true, { one: "1", two: "3" })).toEqual(["one", "two"]);
  expect(looked(true, { one: "1" })).toEqual(["one"]);
});

test("What is refused is refused each time", () => {
  for (const together of [true, false]) {
    expect(looked(together, { one: "1", two: "wrong" })).toEqual(["one", "two", "refused"]);
    expect(looked(together, { one: "1", two: "wrong" })).toEqual(["one", "two", "refused"]);
  }
});

test("Without anything kept, all is checked", () => {
  mockPassed = undefined;
  expect(looked(false, { one: "1" })).toEqual(["one"]);
  expect(looked(false, { one: "1" })).toEqual(["one"]);
});
