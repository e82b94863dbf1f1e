import { defineEnvironment, defineProject, type EnvironmentDefinition } from "../../config";
import { projectFrom } from "../../config/load-project";
import { rehearsedOptions } from "../../config/rehearsed-options";
import staging from "../../environments/staging";
import { ConfigError, type ConfigIssue } from "../../modules/core";

function issuesOf(run: () => unknown): { readonly subject: string; readonly issues: readonly ConfigIssue[] } {
  try {
    run();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    expect(error.message).not.toMatch(/\n\s+at /);
    return { subject: error.subject, issues: error.issues };
  }
  return { subject: "", issues: [] };
}

describe("A project", () => {
  test("that throws while it is loaded is told with the file that throws", () => {
    const { subject, issues } = issuesOf(() =>
      projectFrom(() => {
        throw new TypeError("prod.regions is not a function\nmore");
      }),
    );
    expect(subject).toBe("test/config/project.test.ts");
    expect(issues).toEqual([
      {
        path: "",
        message: "throws an error while it is loaded; correct it",
        received: '"TypeError: prod.regions is not a function"',
      },
    ]);
  });

  test.each([[{}], [undefined], [null], [{ default: {} }], [{ default: "prod" }]])(
    "that exports %j is refused",
    (loaded) => {
      const { subject, issues } = issuesOf(() => projectFrom(() => loaded));
      expect(subject).toBe("evenkeel.config.ts");
      expect(issues[0]).toMatchObject({ path: "default", message: expect.stringContaining("is not a project; write") });
    },
  );

  test("is loaded from what it exports", () => {
    const project = defineProject({ environments: [staging] });
    expect(projectFrom(() => ({ default: project }))).toBe(project);
  });

  test.each([
    ["no list", "staging", "environments", "names no environments; list what defineEnvironment returns"],
    ["an empty list", [], "environments", "names no environments; list what defineEnvironment returns"],
    ["nothing in it", [undefined], "environments[0]", "is not an environment; use what defineEnvironment returns"],
    [
      "the plain input",
      [staging.input],
      "environments[0]",
      "is not an environment; use what defineEnvironment returns",
    ],
    ["one twice", [staging, staging], "environments[1].name", "is the name of another environment; give each its own"],
  ])("with %s is refused", (_, environments, path, message) => {
    const project = defineProject({ environments: environments as readonly EnvironmentDefinition[] });
    for (const run of [() => project.load(), () => project.find("staging")]) {
      expect(issuesOf(run).issues).toEqual([expect.objectContaining({ path, message })]);
    }
  });

  test.each([null, undefined, "x", 7, {}, { name: 7 }])(
    "with the input %j tells its mistakes when it is used",
    (input) => {
      const project = defineProject({ environments: [defineEnvironment(input as never)] });
      const { subject, issues } = issuesOf(() => project.load()[0]?.resolve());
      expect(subject).toBe('environment "(unnamed)"');
      expect(issues.length).toBeGreaterThan(0);
    },
  );

  const project = defineProject({ environments: [staging] });
  test("is asked for each environment once", () => {
    expect(project.load("staging, staging,staging")).toEqual([staging]);
    expect(project.load("")).toEqual([staging]);
  });

  test.each([",", " ", "stagin", "staging,", "constructor", "x".repeat(100_000), "a\0b"])(
    "says which environments it has when asked for %j",
    (names) => {
      const { subject, issues } = issuesOf(() => project.load(names));
      expect(subject).toBe("ENVIRONMENT");
      expect(issues[0]?.message).toMatch(/^is not an environment of this project; (use one of|did you mean) "?staging/);
      expect(issues[0]?.received.length).toBeLessThan(100);
    },
  );

  test.each([["--foo"], ["--stage"], ["extra"]])("is not synthesized with the argument %s", (argument) => {
    expect(issuesOf(() => rehearsedOptions([argument], true)).issues).toEqual([
      {
        path: "arguments",
        message: "are not the options of the app; use --stage <stage> and --standby <region>[,<region>...]",
        received: JSON.stringify([argument]),
      },
    ]);
  });
});
