import { z } from "zod";
import { type Column, paragraphs, renderTable, type Screen } from "../../output";
import { DocumentType } from "../document";
import { environment } from "./parts";

const count = z.int().nonnegative();

const counted = z.strictObject({
  why: z.string().describe("A code, or a few words; nothing of a message."),
  messages: count.describe("How many."),
});

export const consumer = z.strictObject({
  name: z.string().describe("Name of the function."),
  region: z.string().describe("Its region."),
  idempotent: z.boolean().describe("Whether the environment gives it a table of what it has handled."),
});

const place = z.strictObject({
  queue: z.string().describe("Name of the queue of dead letters."),
  region: z.string().describe("Its region."),
  origin: z
    .enum(["rule", "schedule", "bus", "function", "queue", "stream"])
    .describe("What could not deliver or handle them."),
  of: z.string().describe("Name of that rule, schedule, bus, function or queue."),
  destination: z
    .string()
    .nullable()
    .describe("Where they go when they are sent again; null where there is no way back."),
  consumers: z.array(consumer).describe("Functions that handle them then."),
  messages: count.describe("How many wait in the queue, as SQS counts: approximately."),
  inFlight: count.describe("How many more somebody has received a moment ago."),
  lookedAt: count.describe("How many were looked at, for the next two fields."),
  oldest: z.string().nullable().describe("When the oldest of them became a dead letter, in UTC; null for none."),
  reasons: z.array(counted).describe("Why they are dead letters, the most frequent first."),
  refused: z.string().nullable().describe("Why they are not sent again; null where they may be."),
  sent: count.describe("How many were taken by the destination and deleted in this run."),
  finished: count.describe("How many an earlier run had sent, and were deleted now."),
  uncertain: count.describe("How many of `sent` an earlier run may have sent as well: it ended while it did."),
  left: z.array(counted).describe("What was left in the queue."),
  stopped: z
    .enum(["interrupted", "failing", "limit"])
    .nullable()
    .describe("Why it ended early: an interrupt, a destination that takes nothing, or `--limit`."),
});

type Place = z.output<typeof place>;

/** What `redrive` prints: the dead letters of an environment, and what became of them. */
export const redriveDocument = new DocumentType({
  verb: "redrive",
  version: 1,
  fields: {
    environment,
    started: z.boolean().describe("Whether letters were sent; false for a dry run."),
    places: z.array(place).describe("Queues of dead letters."),
    elsewhere: z
      .array(
        z.strictObject({
          of: z.string().describe("Name of the function."),
          region: z.string().describe("Its region."),
          where: z.string().describe("What has the records of what it failed on, in words."),
        }),
      )
      .describe("Functions whose failed events go where nothing is taken back from."),
    runAgain: z.string().nullable().describe("The command that sends what is left; null where nothing is."),
  },
  text: ({ environment: name, started, places, elsewhere, runAgain }, screen) => {
    const kept = elsewhere.map(({ of, region, where }) =>
      paragraphs(
        `What ${of} failed on in ${region} is in ${where}: nothing is taken back from there, read it yourself.`,
        screen,
      ),
    );
    if (places.length === 0) {
      if (kept.length > 0) return kept.join("\n");
      return `${name} has no queues of dead letters: its stage has no deadLetters.`;
    }
    return [
      renderTable({ columns: found, rows: places.map(foundRow) }, screen),
      ...(places.some(isTouched)
        ? ["", renderTable({ columns: done, rows: places.filter(isTouched).map(doneRow) }, screen)]
        : []),
      ...places.flatMap((each) =>
        each.refused === null || each.messages + each.inFlight === 0
          ? []
          : [paragraphs(`${each.queue} in ${each.region}: refused, ${each.refused}`, screen)],
      ),
      ...kept,
      ...ending(started, places, runAgain, screen),
    ].join("\n");
  },
});

const found: readonly Column[] = [
  { title: "queue", kind: "name", importance: "essential" },
  { title: "region", kind: "name", importance: "essential" },
  { title: "messages", kind: "number", importance: "essential" },
  { title: "oldest", kind: "text", importance: "essential" },
  { title: "why", kind: "text", importance: "essential" },
  { title: "goes to", kind: "text", importance: "useful" },
  { title: "sent again", kind: "text", importance: "useful" },
  { title: "in flight", kind: "number", importance: "detail" },
];

const foundRow = (each: Place) => [
  each.queue,
  each.region,
  each.messages,
  each.oldest ?? "-",
  whys(each.reasons) + (each.lookedAt > 0 && each.lookedAt < each.messages ? ` (of ${each.lookedAt} looked at)` : ""),
  each.destination ?? "-",
  each.refused === null ? "yes" : "refused",
  each.inFlight,
];

const done: readonly Column[] = [
  { title: "queue", kind: "name", importance: "essential" },
  { title: "region", kind: "name", importance: "essential" },
  { title: "sent", kind: "number", importance: "essential" },
  { title: "only deleted", kind: "number", importance: "useful" },
  { title: "left", kind: "text", importance: "essential" },
  { title: "ended", kind: "text", importance: "useful" },
];

const isTouched = ({ sent, finished, left, stopped }: Place): boolean =>
  sent + finished + left.length > 0 || stopped !== null;

const words = {
  interrupted: "interrupted",
  failing: "the destination takes nothing",
  limit: "at the limit",
} as const;

const doneRow = ({ queue, region, sent, finished, uncertain, left, stopped }: Place) => [
  queue,
  region,
  uncertain > 0 ? `${sent} (${uncertain} perhaps twice)` : sent,
  finished,
  whys(left),
  stopped === null ? "all seen" : words[stopped],
];

const whys = (all: readonly z.output<typeof counted>[]): string =>
  all.map(({ why, messages }) => `${why}: ${messages}`).join(", ") || "-";

function ending(started: boolean, places: readonly Place[], runAgain: string | null, screen: Screen): string[] {
  if (!started && places.every(({ messages }) => messages === 0)) return ["No dead letters."];
  if (runAgain === null) return [];
  const next = started ? "To go on:" : "Nothing was sent. To send what is not refused, once the cause is mended:";
  return [paragraphs(next, screen), `  ${runAgain}`];
}
