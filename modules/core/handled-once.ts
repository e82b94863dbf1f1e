import { z } from "zod";
import { withRule } from "./config";
import { kebabName } from "./fields";
import { strictObject } from "./strict-object";

/** Of what a source delivers, and why it may come twice. */
export interface DeliveredTwice {
  /** `a message`. */
  readonly what: string;
  /** A clause: `SQS delivers at least once`. */
  readonly why: string;
  /** The part of the runtime that remembers what was handled. */
  readonly handler: string;
}

/** What makes it safe that something is delivered twice: a table that remembers, or a reason why none is needed. */
export const handledOnceConfig = ({ what, why, handler }: DeliveredTwice) =>
  withRule(
    strictObject(() => ({
      table: kebabName(100)
        .optional()
        .describe(`One of the service's tables, in which ${handler} remembers what was handled.`),
      reason: z
        .string()
        .trim()
        .min(15)
        .max(300)
        .optional()
        .describe(`In place of a table: why it does no harm to handle ${what} twice, a sentence.`),
    })),
    ({ table, reason }, report) => {
      if (table === undefined && reason === undefined) {
        report(["table"], `is required, as ${why}; name a table, or say in reason why none is needed`);
      }
      if (table !== undefined && reason !== undefined) report(["reason"], "has no effect beside table; leave one out");
    },
  );
