import { z } from "zod";
import { renderRefused } from "../../gates";
import { type Column, renderTable, type Screen } from "../../output";
import { countsInWords } from "../counts-in-words";
import { DocumentType } from "../document";
import { outputs, outputTable } from "./outputs";
import { accepted, counts, environment, stackName, violations } from "./parts";

const stack = z.strictObject({
  stack: stackName,
  progress: z
    .enum(["done", "failed", "interrupted", "not applied", "not started"])
    .describe(
      "How far it came. `not applied`: its plan was refused, or not applied because another one was. `interrupted`: some of its resources may be done.",
    ),
  planned: z.strictObject(counts).nullable().describe("What its plan does; null where none was made."),
  begun: z.int().describe("How many resources were begun."),
});

const fields = {
  environment,
  complete: z.boolean().describe("Whether every stack is done."),
  stacks: z.array(stack).describe("Every stack that was worked on, in the order of the work."),
  failure: z.string().nullable().describe("What failed, in Terraform's words; null for nothing."),
  runAgain: z
    .string()
    .nullable()
    .describe("The command that goes on where this run ended; null where everything is done."),
};

const columns: readonly Column[] = [
  { title: "stack", kind: "name", importance: "essential" },
  { title: "progress", kind: "text", importance: "essential" },
  { title: "planned", kind: "text", importance: "essential" },
  { title: "resources begun", kind: "number", importance: "useful" },
];

function stackTable(stacks: readonly z.output<typeof stack>[], screen: Screen): string {
  const rows = stacks.map(({ stack: name, progress, planned, begun }) => [
    name,
    progress,
    planned ? countsInWords(planned) : "-",
    begun,
  ]);
  return renderTable({ columns, rows }, screen);
}

/** What `deploy` prints: how far each stack came, what the gates refuse, and the outputs of what is deployed. */
export const deployDocument = new DocumentType({
  verb: "deploy",
  version: 1,
  fields: { ...fields, outputs, violations, accepted },
  text: (data, screen) =>
    [
      stackTable(data.stacks, screen),
      ...(data.outputs.length > 0 ? [outputTable(data.outputs, screen)] : []),
      ...(data.violations.length > 0 ? [renderRefused(data.violations, screen)] : []),
    ].join("\n"),
});

/** What `destroy` prints: how far each stack came. */
export const destroyDocument = new DocumentType({
  verb: "destroy",
  version: 1,
  fields,
  text: (data, screen) => stackTable(data.stacks, screen),
});
