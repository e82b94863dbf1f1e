import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { errorDocument } from "../../cli/document";
import { documents } from "../../cli/documents";
import { toldError } from "../../cli/told-error";
import { fieldsOf, type JsonSchema } from "../../config/json-schema";
import { UserError } from "../../errors";
import { ConfigError } from "../../modules/core";
import { jsonPage } from "../../scripts/verbs/json-page";

const schemas = [...documents.map(({ verb, schema }) => [verb, schema] as const), ["error", errorDocument] as const];

describe("The documents of verbs", () => {
  test("are in the reference, as `npm run docs` writes them", () => {
    expect(readFileSync(join("docs", "reference", "json.md"), "utf8")).toBe(jsonPage());
  });

  test.each(schemas)("of %s say what each field is, and allow no other", (_verb, schema) => {
    const root = z.toJSONSchema(schema, { io: "output" }) as JsonSchema;
    const fields = fieldsOf(root).filter(({ path }) => !path.endsWith("[]"));
    expect(fields.filter(({ schema: { description } }) => !description).map(({ path }) => path)).toEqual([]);
    const objects = [{ path: "", schema: root }, ...fieldsOf(root)].filter(({ schema: { properties } }) => properties);
    expect(objects.filter(({ schema: { additionalProperties } }) => additionalProperties !== false)).toEqual([]);
  });
});

describe("An error", () => {
  test("that lists mistakes has each with its path, what was received, and what to do", () => {
    const issues = [{ path: "stage", message: "is not a stage; use one", received: '"x"' }];
    expect(toldError(new ConfigError("environment", issues))).toEqual({
      message: expect.stringContaining("environment: 1 mistake"),
      exitCode: 1,
      problems: issues,
    });
  });

  test("has the exit code of its class, 1 by default, and 1 from a copy of this package that knows none", () => {
    class NothingChecked extends UserError {
      override readonly exitCode = 2;
    }
    expect(toldError(new NothingChecked("x"))).toEqual({ message: "x", exitCode: 2, problems: [] });
    expect(toldError(new UserError("x"))?.exitCode).toBe(1);
    const older = Object.assign(new Error("x"), { isEvenkeelUserError: true });
    expect(toldError(older)?.exitCode).toBe(1);
  });

  test("that is a defect is told by nobody but Node.js", () => expect(toldError(new TypeError("x"))).toBeUndefined());
});
