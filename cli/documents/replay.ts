import { z } from "zod";
import { type Column, paragraphs, renderTable } from "../../output";
import { DocumentType } from "../document";
import { environment } from "./parts";
import { consumer } from "./redrive";

const count = z.int().nonnegative();

const archive = z.strictObject({
  archive: z.string().describe("Name of the archive."),
  bus: z.string().describe("Name of the bus, which gets the events again."),
  region: z.string().describe("Its region."),
  state: z.string().describe("What EventBridge says of the archive: `ENABLED`."),
  events: count.describe("Events in the whole archive; EventBridge counts them up to a day later."),
  bytes: count.describe("Size of the whole archive, in bytes; as late."),
  reachesBackTo: z.string().describe("The oldest time that it can have events of, in UTC."),
  rules: z
    .array(
      z.strictObject({
        name: z.string().describe("Name of the rule."),
        consumers: z.array(consumer).describe("Functions that handle what it brings."),
      }),
    )
    .describe("Rules that the events come through again."),
  refused: z.string().nullable().describe("Why it is not replayed; null where it may be."),
  slicesDone: count.describe("Parts of the window that were replayed, in all runs."),
  ended: z.enum(["done", "interrupted", "failed", "not started"]).describe("How far it came in this run."),
  failure: z.string().nullable().describe("What EventBridge says of a part that failed; null for nothing."),
});

type Archive = z.output<typeof archive>;

/** What `replay` prints: the archives of an environment, and what became of replaying a window of them. */
export const replayDocument = new DocumentType({
  verb: "replay",
  version: 1,
  fields: {
    environment,
    started: z.boolean().describe("Whether something was replayed; false for a dry run."),
    from: z.string().describe("Begin of the window, in UTC."),
    to: z.string().describe("End of the window, in UTC."),
    sliceMinutes: z.int().positive().describe("Minutes of the archive that are replayed at a time."),
    slices: z.int().positive().describe("How many such parts the window has."),
    speed: z.number().positive().describe("How many times as fast as the events came, at most."),
    minutes: z.number().nonnegative().describe("How long it takes at least, in minutes."),
    archives: z.array(archive).describe("Archives of the environment."),
    runAgain: z.string().nullable().describe("The command that starts it, or goes on; null where nothing is left."),
  },
  text: (
    { environment: name, started, from, to, slices, sliceMinutes, speed, minutes, archives, runAgain },
    screen,
  ) => {
    if (archives.length === 0) return `${name} has no archives: it has no event buses.`;
    const parts = slices === 1 ? "in one part" : `in ${slices} parts of ${sliceMinutes} minutes`;
    const next = started ? "To go on:" : "Nothing was replayed. To replay what is not refused:";
    return [
      paragraphs(
        `From ${from} to ${to}, ${parts}, at most ${speed} times as fast as the events came: ${minutes} minutes or more.`,
        screen,
      ),
      renderTable({ columns, rows: archives.map((each) => row(each, slices)) }, screen),
      ...archives.flatMap(({ archive: of, region, refused, failure }) => [
        ...(refused === null ? [] : [paragraphs(`${of} in ${region}: refused, ${refused}`, screen)]),
        ...(failure === null ? [] : [paragraphs(`${of} in ${region}: failed, ${failure}`, screen)]),
      ]),
      ...(runAgain === null ? [] : [paragraphs(next, screen), `  ${runAgain}`]),
    ].join("\n");
  },
});

const columns: readonly Column[] = [
  { title: "archive", kind: "name", importance: "essential" },
  { title: "region", kind: "name", importance: "essential" },
  { title: "events in all", kind: "number", importance: "useful" },
  { title: "reaches back to", kind: "text", importance: "detail" },
  { title: "rules", kind: "text", importance: "essential" },
  { title: "consumers", kind: "text", importance: "useful" },
  { title: "replayed", kind: "text", importance: "essential" },
];

function row(
  { archive: name, region, events, reachesBackTo, rules, refused, slicesDone, ended }: Archive,
  slices: number,
) {
  const consumers = new Set(rules.flatMap((rule) => rule.consumers.map((each) => each.name)));
  const progress = `${slicesDone} of ${slices}${ended === "done" || ended === "not started" ? "" : `, ${ended}`}`;
  return [
    name,
    region,
    events,
    reachesBackTo,
    rules.map((rule) => rule.name).join(", ") || "-",
    [...consumers].join(", ") || "-",
    refused === null ? progress : "refused",
  ];
}
