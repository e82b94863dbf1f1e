import { z } from "zod";
import { type Column, renderTable } from "../../output";
import { DocumentType } from "../document";
import { environment, stackName } from "./parts";

const lock = z.strictObject({
  stack: stackName,
  who: z.string().describe("Who holds it: `user@host`."),
  created: z.string().describe("When it was taken, as Terraform writes it."),
  operation: z.string().describe("What for: apply, plan."),
  id: z.string().describe("Id of the lock."),
});

/** What `unlock` prints: the locks of an environment's states. */
export const unlockDocument = new DocumentType({
  verb: "unlock",
  version: 1,
  fields: {
    environment,
    stack: z.string().nullable().describe("The stack that was asked for; null for all."),
    locks: z.array(lock).describe("Locks that were held."),
    rollout: z
      .strictObject({
        who: z.string().describe("Who holds it: `user@host`."),
        pid: z.int().describe("Process on that host."),
        since: z.string().describe("When it was taken, as ISO 8601."),
        operation: z.string().describe("What for: `evenkeel deploy`, or `evenkeel apply` with the bundle."),
        id: z.string().describe("Id of the lock."),
      })
      .nullable()
      .describe(
        "The lock of the environment's rollout, beside its states in S3; null if nobody holds it, and for a single stack.",
      ),
    released: z.boolean().describe("Whether they were released."),
  },
  text: ({ environment: name, stack, locks, rollout, released }, screen) => {
    if (locks.length === 0 && !rollout) return `No state of ${stack ?? name} is locked.`;
    const held = rollout ? [["rollout", rollout.who, rollout.since, rollout.operation, rollout.id]] : [];
    const rows = [...held, ...locks.map((each) => [each.stack, each.who, each.created, each.operation, each.id])];
    return [
      renderTable({ columns, rows }, screen),
      ...(released && rollout ? ["The lock of the rollout: released."] : []),
      ...(released ? locks.map((each) => `${each.stack}: released.`) : []),
    ].join("\n");
  },
});

const columns: readonly Column[] = [
  { title: "stack", kind: "name", importance: "essential" },
  { title: "held by", kind: "text", importance: "essential" },
  { title: "since", kind: "text", importance: "essential" },
  { title: "for", kind: "text", importance: "useful" },
  { title: "lock", kind: "name", importance: "useful" },
];
