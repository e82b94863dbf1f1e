import { z } from "zod";
import { type Column, paragraphs, renderTable } from "../../output";
import { DocumentType } from "../document";
import { environment, stackName } from "./parts";

const columns: readonly Column[] = [
  { title: "stack", kind: "name", importance: "essential" },
  { title: "serial", kind: "number", importance: "essential" },
  { title: "so", kind: "text", importance: "essential" },
];

const words = { moved: "moved into the bucket", there: "was there already", none: "has no state yet" } as const;

/** What `state migrate` prints: which local states are in the bucket now. */
export const stateMigrateDocument = new DocumentType({
  verb: "state migrate",
  version: 1,
  fields: {
    environment,
    bucket: z.string().describe("Bucket that they are in."),
    region: z.string().describe("Region of the bucket."),
    stacks: z
      .array(
        z.strictObject({
          stack: stackName,
          serial: z.int().describe("Serial of the state; 0 where there is none."),
          was: z
            .enum(["moved", "there", "none"])
            .describe("Whether it was moved, was there already, or there is none."),
        }),
      )
      .describe("Every stack."),
  },
  text: ({ bucket, region, stacks }, screen) =>
    [
      renderTable(
        { columns, rows: stacks.map(({ stack, serial, was }) => [stack, String(serial), words[was]]) },
        screen,
      ),
      paragraphs(
        `The states are in ${bucket} in ${region}. The local files are called .tfstate.migrated now; delete them once nobody needs them.`,
        screen,
      ),
    ].join("\n"),
});
