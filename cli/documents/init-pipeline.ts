import { z } from "zod";
import { type Column, paragraphs, renderTable } from "../../output";
import { pipelineSystems } from "../../scaffold/pipelines";
import { DocumentType } from "../document";
import { fileStates } from "../pipeline/files";
import { next } from "./parts";

const fileColumns: readonly Column[] = [
  { title: "file", kind: "name", importance: "essential" },
  { title: "was", kind: "text", importance: "essential" },
];
const variableColumns: readonly Column[] = [
  { title: "variable", kind: "name", importance: "essential" },
  { title: "holds", kind: "text", importance: "essential" },
  { title: "needed", kind: "text", importance: "useful" },
];

/** What `init pipeline` prints: its files, and what the code host has to be told. */
export const initPipelineDocument = new DocumentType({
  verb: "init pipeline",
  version: 1,
  fields: {
    system: z.enum(pipelineSystems).describe("What runs the pipeline."),
    environments: z.array(z.string()).describe("Its environments, each after the one that it is promoted from."),
    checked: z.boolean().describe("Whether files were only compared, with `--check`, and nothing was written."),
    files: z
      .array(
        z.strictObject({
          path: z.string().describe("Path from the folder of the project."),
          state: z
            .enum(fileStates)
            .describe(
              "How it was before: `new`; `current`, as it would be written; `outdated` or `obsolete`, as an earlier run has written it; `edited` since then; `foreign`, written by somebody else.",
            ),
        }),
      )
      .describe("Files of the pipeline."),
    variables: z
      .array(
        z.strictObject({
          name: z.string().describe("Name of the variable."),
          holds: z.string().describe("What it holds."),
          optional: z.boolean().describe("Whether the pipeline works without it."),
        }),
      )
      .describe("Variables that the pipeline reads from the settings of its system. None of them is a key of AWS."),
    next,
  },
  text: ({ files, variables, next: commands }, screen) =>
    [
      renderTable({ columns: fileColumns, rows: files.map(({ path, state }) => [path, state]) }, screen),
      renderTable(
        {
          columns: variableColumns,
          rows: variables.map(({ name, holds, optional }) => [name, holds, optional ? "if wanted" : "yes"]),
        },
        screen,
      ),
      ...(commands.length > 0
        ? [[paragraphs("Next:", screen), ...commands.map((command) => `  ${command}`)].join("\n")]
        : []),
    ].join("\n\n"),
});
