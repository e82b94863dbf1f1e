import { z } from "zod";
import { type Column, paragraphs, renderTable } from "../../output";
import { DocumentType } from "../document";
import { environment, stackName } from "./parts";

const state = z
  .strictObject({
    serial: z.int().describe("Serial of the state."),
    lineage: z.string().describe("Lineage of the state."),
    replication: z.string().nullable().describe("How far S3 is with its replication; null where it did not say."),
  })
  .nullable();

const finding = z.strictObject({
  kind: z
    .enum([
      "lost",
      "lock",
      "behind",
      "ahead",
      "forked",
      "contested",
      "orphan",
      "unreplicated",
      "open",
      "fenced",
      "unfinished",
    ])
    .describe("What it is about."),
  serious: z.boolean().describe("Whether something has to be done; the exit code is 1 then."),
  stack: stackName.nullable().describe("Name of the stack; null where it is about a bucket or the rollout."),
  region: z.string().describe("Region of the bucket."),
  says: z.string().describe("What is so."),
  todo: z.string().describe("What to do."),
});

/** What `state doctor` prints: the states of an environment in both buckets, and what is not as it should be. */
export const stateDoctorDocument = new DocumentType({
  verb: "state doctor",
  version: 1,
  fields: {
    environment,
    active: z.string().describe("Region of the bucket that is worked with."),
    other: z.string().describe("Region of the other bucket."),
    states: z
      .array(
        z.strictObject({
          stack: stackName,
          active: state.describe("The state in the bucket that is worked with; null for none, or where it is lost."),
          other: state.describe("The state in the other bucket; null for none, or where it is lost."),
        }),
      )
      .describe("Every state that lies in one of the buckets."),
    findings: z.array(finding).describe("What is not as it should be, what matters most first."),
  },
  text: ({ environment: name, active, other, states, findings }, screen) => {
    const columns: readonly Column[] = [
      { title: "stack", kind: "name", importance: "essential" },
      { title: `serial in ${active}`, kind: "number", importance: "essential" },
      { title: `serial in ${other}`, kind: "number", importance: "essential" },
      { title: "replication", kind: "text", importance: "useful" },
    ];
    const rows = states.map((each) => [
      each.stack,
      String(each.active?.serial ?? "none"),
      String(each.other?.serial ?? "none"),
      each.active?.replication ?? "",
    ]);
    const told = findings.flatMap(({ stack, region, says, todo }) => [
      `${stack ?? name} in ${region}: ${says.replace(/\.$/, "")}.`,
      // A command has a line of its own, so that it can be copied.
      ...todo
        .replace(/: (evenkeel .*)$/, ":\n    $1")
        .split("\n")
        .map((line, index) => (index === 0 ? `  ${line}` : line)),
    ]);
    return [
      paragraphs(`${name} works with the states in ${active}.`, screen),
      ...(rows.length > 0 ? [renderTable({ columns, rows }, screen)] : ["There are no states."]),
      ...(told.length > 0 ? told.map((line) => paragraphs(line, screen)) : ["Nothing is wrong with them."]),
    ].join("\n");
  },
});
