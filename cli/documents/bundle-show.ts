import { z } from "zod";
import { type Column, renderTable, type Screen } from "../../output";
import { countsInWords } from "../counts-in-words";
import { DocumentType } from "../document";
import { address, counts, environment, stackName } from "./parts";
import { waveFields, wavesText } from "./plan";

const stack = z.strictObject({
  stack: stackName,
  hasChanges: z.boolean().describe("Whether there is something to apply, outputs included."),
  counts: z.strictObject(counts).describe("What its plan does."),
  serial: z
    .int()
    .nullable()
    .describe("Serial of the state that it was planned against; null for a state that was not there."),
  predictedFrom: z
    .array(stackName)
    .describe("Stacks whose outputs it was planned on before they are there: it is planned again at its apply."),
  predicted: z.array(address).describe("Resources with values that only the apply of those stacks will tell."),
});

const stackColumns: readonly Column[] = [
  { title: "stack", kind: "name", importance: "essential" },
  { title: "plan", kind: "text", importance: "essential" },
  { title: "state", kind: "number", importance: "detail" },
  { title: "planned on what these will put out", kind: "text", importance: "useful" },
  { title: "resources with predicted values", kind: "number", importance: "detail" },
];

const fields = {
  file: z.string().describe("The bundle, as it was given."),
  digest: z.string().describe("SHA-256 of the file, which is also in its name."),
  environment,
  stage: z.string().describe("Rollout stage."),
  createdAt: z.string().describe("When it was planned, as ISO 8601."),
  commit: z.string().nullable().describe("Commit that it was planned at; null outside of a repository."),
  tree: z.string().nullable().describe("Tree of that commit: equal for commits with the same files."),
  dirty: z.boolean().describe("Whether files differed from that commit."),
  encrypted: z
    .boolean()
    .describe("Whether the file is encrypted; a file that is not holds what plans hold, secrets too."),
  versions: z
    .array(
      z.strictObject({ name: z.string().describe("Program."), version: z.string().describe("Version that planned.") }),
    )
    .describe("What has planned."),
  stacks: z.array(stack).describe("Every stack that was planned, in the order of its apply."),
  ...waveFields,
  untouched: z
    .array(
      z.strictObject({
        stack: stackName,
        because: z.enum(["unchanged", "left out"]).describe("Since the base, or by `--stacks`."),
        serial: z
          .int()
          .nullable()
          .describe("Serial that its state has to have still, as a planned stack reads it; null where none does."),
      }),
    )
    .describe("Stacks that it does not touch."),
  files: z.int().nonnegative().describe("Files in it, each of which was compared with its checksum."),
};

/** What `bundle show` prints: what a bundle holds, without values of its plans. */
export const bundleShowDocument = new DocumentType({
  verb: "bundle show",
  version: 1,
  fields,
  text: (data, screen) =>
    [
      ...headOf(data),
      stackTable(data.stacks, screen),
      ...wavesText(data, screen),
      ...untouchedOf(data),
      checked(data.files),
    ].join("\n"),
});

const headOf = (data: z.output<z.ZodObject<typeof fields>>): string[] => [
  `${data.environment} (${data.stage}), planned ${data.createdAt}`,
  `SHA-256: ${data.digest}`,
  ...(data.encrypted ? ["Encrypted"] : []),
  `Commit: ${data.commit ?? "none"}${data.dirty ? ", with files that differ from it" : ""}`,
  ...(data.tree === null ? [] : [`Tree: ${data.tree}`]),
  `Made by ${data.versions.map(({ name, version }) => `${name} ${version}`).join(", ")}`,
];

const untouchedOf = ({ untouched }: z.output<z.ZodObject<typeof fields>>): string[] =>
  untouched.length === 0
    ? []
    : [`Not touched: ${untouched.map(({ stack: name, because }) => `${name} (${because})`).join(", ")}`];

const checked = (files: number): string =>
  `${files} file${files === 1 ? "" : "s"} in it ${files === 1 ? "is as it was" : "are as they were"} planned.`;

const stackTable = (stacks: readonly z.output<typeof stack>[], screen: Screen): string =>
  renderTable(
    {
      columns: stackColumns,
      rows: stacks.map((one) => [
        one.stack,
        one.hasChanges ? countsInWords(one.counts) : "unchanged",
        one.serial ?? "none",
        one.predictedFrom.join(", "),
        one.predicted.length,
      ]),
    },
    screen,
  );
