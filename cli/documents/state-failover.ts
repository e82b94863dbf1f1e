import { z } from "zod";
import { type Column, paragraphs, renderTable } from "../../output";
import { DocumentType } from "../document";
import { environment, stackName } from "./parts";

const place = z.strictObject({
  bucket: z.string().describe("Name of the bucket."),
  region: z.string().describe("Region of the bucket."),
});
const serial = z.int().nullable();

/** What `state failover` prints: how each state stands in both buckets, and what was done. */
export const stateFailoverDocument = new DocumentType({
  verb: "state failover",
  version: 1,
  fields: {
    environment,
    from: place.describe("The bucket to leave."),
    to: place.describe("The bucket to go to."),
    done: z.boolean().describe("Whether the bucket to go to can be worked with; false where something is in the way."),
    lost: z.string().nullable().describe("Why the bucket to leave cannot be reached; null if it can."),
    fenced: z.boolean().describe("Whether the bucket to leave denies to write the states now."),
    stacks: z
      .array(
        z.strictObject({
          stack: stackName,
          standing: z
            .enum(["same", "arrived", "behind", "ahead", "forked", "contested", "unknown"])
            .describe("How the state stands in the bucket to go to, against the one to leave."),
          from: serial.describe("Serial in the bucket to leave; null where it has none, or is lost."),
          to: serial.describe("Serial in the bucket to go to; null where it has none."),
          known: serial.describe("The highest serial that was written down; null where none was, or nothing is lost."),
          says: z.string().describe("What is so."),
          refused: z.boolean().describe("Whether it is in the way."),
        }),
      )
      .describe("Every state that lies in one of the buckets, or was written down."),
    locks: z
      .array(
        z.strictObject({
          of: z.string().describe("Name of the stack; `rollout` for the lock of a rollout."),
          region: z.string().describe("Region of the bucket that it is in."),
          id: z.string().describe("Id of the lock."),
          who: z.string().describe("Who holds it: `user@host`."),
          since: z.string().describe("When it was taken."),
        }),
      )
      .describe("Locks that are held, and in the way."),
    field: z
      .strictObject({
        file: z.string().describe("File of the environment, relative to the project."),
        name: z.string().describe("The field."),
        value: z.enum(["primary", "secondary"]).describe("What it has to be."),
        written: z.boolean().describe("Whether it is so already, or was written."),
        byHand: z
          .string()
          .nullable()
          .describe("Why it could not be written, and what to write; null where nothing was tried."),
      })
      .describe("The one field that says which bucket is worked with."),
    fences: z
      .strictObject({
        region: z.string().describe("Region of the fenced bucket."),
        keyPrefix: z.string().describe("Prefix of the states that are fenced there."),
      })
      .describe(
        "The entry for `stateBuckets.fences` of the account that has the buckets, so that its deployment keeps the fence.",
      ),
  },
  text: (data, screen) => {
    const { environment: name, from, to, done, lost, fenced, stacks, locks, field, fences } = data;
    const columns: readonly Column[] = [
      { title: "stack", kind: "name", importance: "essential" },
      { title: `serial in ${from.region}`, kind: "number", importance: "essential" },
      { title: `serial in ${to.region}`, kind: "number", importance: "essential" },
      { title: "so", kind: "text", importance: "essential" },
    ];
    const rows = stacks.map((one) => [
      one.stack,
      lost ? "lost" : String(one.from ?? "none"),
      String(one.to ?? "none"),
      one.says,
    ]);
    const refused = stacks.filter((one) => one.refused);
    const lag = refused.filter(({ to: there }) => lost !== null && there !== null);
    const told = [
      ...(lost ? [lost, "What was written there last and has not arrived cannot be seen from here."] : []),
      ...locks.flatMap(({ of, region, who, since, id }) => [
        `${of} is locked in ${region} by ${who} since ${since} (lock ${id}):`,
        `  evenkeel state doctor ${name}`,
      ]),
      ...refused.map(({ stack, says }) => `${stack} is in the way: ${says}.`),
      ...(done ? doneText(name, data, fenced, fences) : [`Nothing was changed; ${name} does not go to ${to.region}.`]),
      ...(lag.length > 0
        ? [
            "What those serials made would be in no state, and has to be imported. To go on without them:",
            `  evenkeel state failover ${name} --to ${to.region} ${lag.map((one) => `--accept-lag ${one.stack}=${one.to}`).join(" ")}`,
          ]
        : []),
      ...(done && field.byHand ? [field.byHand] : []),
    ];
    return [
      ...(rows.length > 0 ? [renderTable({ columns, rows }, screen)] : []),
      ...told.map((line) => paragraphs(line, screen)),
    ].join("\n");
  },
});

function doneText(
  name: string,
  {
    from,
    to,
    field,
    lost,
  }: {
    from: { region: string };
    to: { region: string };
    field: { file: string; name: string; value: string; written: boolean };
    lost: string | null;
  },
  fenced: boolean,
  fences: { region: string; keyPrefix: string },
): string[] {
  return [
    fenced
      ? `${from.region} denies to write the states of ${name}; ${to.region} takes them.`
      : `${from.region} ${lost ? "could not be fenced: run the same command again once it is back" : "is not fenced"}; ${to.region} takes the states.`,
    field.written
      ? `${field.name} of ${field.file} is "${field.value}".`
      : `Now set ${field.name} to "${field.value}" in ${field.file}, and commit it.`,
    `Keep the fence when the buckets are deployed: stateBuckets.fences: [{ region: "${fences.region}", keyPrefix: "${fences.keyPrefix}" }].`,
  ];
}
