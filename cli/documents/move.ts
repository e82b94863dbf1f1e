import { z } from "zod";
import { type Column, paragraphs, renderTable } from "../../output";
import { DocumentType } from "../document";
import { address, environment, stackName } from "./parts";

const place = z.strictObject({ stack: stackName, address });
const kind = z.enum(["moved", "removed", "import"]).describe("List of the file that has it.");

/** What `move` prints: what states rename, let go and take in, and whether nothing is left to change then. */
export const moveDocument = new DocumentType({
  verb: "move",
  version: 1,
  fields: {
    environment,
    file: z.string().nullable().describe("File of the moves, relative to the project; null if there is none."),
    written: z.boolean().describe("Whether the file was written."),
    moves: z
      .array(
        z.strictObject({
          kind,
          stack: stackName,
          address,
          from: z.string().nullable().describe("Address before, or id of the object; null for what leaves its state."),
          because: z.string().describe("Why it is the same, or why it leaves; empty for what was in the file."),
        }),
      )
      .describe("Everything that the file has, or would have."),
    undecided: z
      .array(z.strictObject({ ...place.shape, candidates: z.array(place).describe("What it may be now.") }))
      .describe("What has lost its address and could be several others: decide with `--rename`."),
    destroyed: z.array(place).describe("What the next apply destroys, as nothing keeps it."),
    differences: z
      .array(
        z.strictObject({
          ...place.shape,
          arguments: z.array(z.string()).describe("Arguments that are other than configured."),
        }),
      )
      .describe("What the first apply changes in place, of what is moved or taken in."),
    refused: z
      .array(z.strictObject({ ...place.shape, message: z.string().describe("What is wrong, and what to do.") }))
      .describe("What must not be done so; nothing is written then."),
    settled: z
      .array(
        z.strictObject({
          stack: stackName,
          settled: z.boolean().describe("Whether a second plan is empty."),
          because: z
            .string()
            .nullable()
            .describe("What it would still change, or why nobody can say; null if settled."),
        }),
      )
      .describe("Stacks with moves, applied to copies of their states in a simulated cloud and planned again."),
    done: z.array(z.strictObject({ kind, ...place.shape })).describe("With `--clean`: what was taken out of the file."),
    open: z
      .array(z.strictObject({ kind, ...place.shape, because: z.string().describe("Why it has to stay.") }))
      .describe("With `--clean`: what is still needed."),
  },
  text: (data, screen) => {
    const table = (columns: readonly Column[], rows: readonly (readonly string[])[]): string[] =>
      rows.length > 0 ? [renderTable({ columns, rows }, screen)] : [];
    const say = (words: string): string => paragraphs(words, screen);
    const at = (one: { stack: string; address: string }) => `${one.stack}:${one.address}`;
    if (data.done.length + data.open.length > 0) {
      return [
        ...table(openColumns, [
          ...data.done.map((one) => [one.kind, one.stack, one.address, "done, taken out of the file"]),
          ...data.open.map((one) => [one.kind, one.stack, one.address, one.because]),
        ]),
        say(data.open.length > 0 ? "Apply what is still needed, then run this again." : "Nothing is left to do."),
      ].join("\n");
    }
    return [
      ...table(
        moveColumns,
        data.moves.map((one) => [one.kind, one.stack, one.address, one.from ?? "", one.because]),
      ),
      ...(data.moves.length === 0 ? [say(`Nothing of ${data.environment} moves.`)] : []),
      ...data.undecided.map((one) =>
        say(
          `${at(one)} may be ${one.candidates.map(at).join(" or ")}; decide with --rename ${at(one)}=${one.candidates[0] ? at(one.candidates[0]) : ""}`,
        ),
      ),
      ...data.destroyed.map((one) => say(`${at(one)} would be destroyed; keep it with --rename or --forget.`)),
      ...data.differences.map((one) => say(`${at(one)}: the first apply changes ${one.arguments.join(", ")}.`)),
      ...data.refused.map((one) => say(`Refused: ${at(one)}: ${one.message}`)),
      ...data.settled.map((one) =>
        say(
          one.settled
            ? `${one.stack}: the plan after it is empty, on the simulated cloud.`
            : `${one.stack}: the plan after it is not empty: ${one.because ?? ""}`,
        ),
      ),
      ...(data.moves.length > 0
        ? [say(data.written ? `Written: ${data.file}. Commit it, plan and apply.` : "Nothing was written.")]
        : []),
    ].join("\n");
  },
});

const moveColumns: readonly Column[] = [
  { title: "what", kind: "text", importance: "essential" },
  { title: "stack", kind: "name", importance: "useful" },
  { title: "resource", kind: "name", importance: "essential" },
  { title: "from", kind: "name", importance: "essential" },
  { title: "because", kind: "text", importance: "useful" },
];

const openColumns: readonly Column[] = [
  { title: "what", kind: "text", importance: "essential" },
  { title: "stack", kind: "name", importance: "useful" },
  { title: "resource", kind: "name", importance: "essential" },
  { title: "stands", kind: "text", importance: "essential" },
];
