import { z } from "zod";
import { type Column, paragraphs, renderTable, type Screen } from "../../output";
import { DocumentType } from "../document";

const thing = z.strictObject({
  region: z.string().nullable().describe("Its region; null for what is in none."),
  type: z.string().describe("Terraform's type of it."),
  id: z.string().describe("Terraform's id of it; its ARN where it has no id."),
  stack: z
    .string()
    .nullable()
    .describe("Folder of the Terraform that made it; null for what was taken in from a copy."),
  name: z.string().nullable().describe("Its name in the configuration that made it; null where that is not known."),
});

const held = thing.extend({
  heldUntil: z.string().nullable().describe("When its name is free again, in UTC; null for never."),
});

type Thing = z.output<typeof thing>;

/** What `inventory` prints: what exists in the simulated cloud. */
export const inventoryDocument = new DocumentType({
  verb: "inventory",
  version: 1,
  fields: {
    directory: z.string().describe("Folder of the simulated cloud."),
    seeded: z
      .array(
        z.strictObject({
          file: z.string().describe("As it was given."),
          takenIn: z.int().describe("How many resources."),
        }),
      )
      .describe("Copies of states, and how much was taken in from each."),
    deleted: z.array(thing).describe("What was deleted, because no state knew it."),
    existing: z.array(thing).nullable().describe("What exists; null where only orphans were asked for."),
    held: z.array(held).nullable().describe("What was deleted and keeps its name for a while; null with `existing`."),
    orphans: z.array(thing).describe("What exists, and no state knows."),
    missing: z.array(z.string()).describe("What states know, and does not exist: `aws_sqs_queue.orders`."),
  },
  text: (data, screen) =>
    [
      ...data.seeded.map(({ file, takenIn }) => `${file}: ${takenIn} taken in`),
      ...data.deleted.map((each) => `${row(each).slice(0, 3).join(" ")}: deleted`),
      ...(data.existing ? [standing(data.existing, data.held ?? [], data.directory, screen)] : []),
      differences(data.orphans, data.missing, screen),
    ].join("\n"),
});

const columns: readonly Column[] = [
  { title: "where", kind: "name", importance: "useful" },
  { title: "type", kind: "name", importance: "essential" },
  { title: "id", kind: "name", importance: "essential" },
  { title: "made by", kind: "text", importance: "detail" },
];

function standing(
  existing: readonly Thing[],
  gone: readonly z.output<typeof held>[],
  directory: string,
  screen: Screen,
): string {
  const names = gone.map(({ heldUntil, ...each }) => [
    ...row(each).slice(0, 3),
    heldUntil === null ? "deleted; the name is never free again" : `deleted; free ${heldUntil}`,
  ]);
  if (existing.length + names.length === 0) {
    return paragraphs(`Nothing exists in the simulated cloud in ${directory}.`, screen);
  }
  return renderTable({ columns, rows: [...existing.map(row).sort(byText), ...names] }, screen);
}

const byText = (a: readonly string[], b: readonly string[]): number => (a.join(" ") < b.join(" ") ? -1 : 1);

function row({ region, type, id, stack, name }: Thing): string[] {
  return [region ?? "global", type, shortened(id), [stack, name].filter((part) => part !== null).join(": ")];
}

/** Without the beginning that every ARN and queue URL of a region shares. */
const shortened = (id: string): string =>
  id.replace(/^arn:[^:]+:[^:]+:[^:]*:\d*:/, "").replace(/^https:\/\/[^/]+\/\d+\//, "");

function differences(orphans: readonly Thing[], missing: readonly string[], screen: Screen): string {
  if (orphans.length + missing.length === 0) return "The states know everything that exists, and nothing else.";
  return [
    ...(orphans.length > 0 ? ["No state knows:", renderTable({ columns, rows: orphans.map(row) }, screen)] : []),
    ...(missing.length > 0 ? ["States know, but it does not exist:", ...missing.map((each) => `  ${each}`)] : []),
  ].join("\n");
}
