import { z } from "zod";
import { DocumentType } from "../document";

const count = z.int().nonnegative();

/** What `simulate` prints with `--json`, in place of the output of its command: what the command did in the simulated cloud. */
export const simulateDocument = new DocumentType({
  verb: "simulate",
  version: 1,
  fields: {
    command: z.array(z.string()).describe("The command and its arguments."),
    exitCode: z.int().describe("What it ended with; 128 + the signal's number after a signal."),
    created: count.describe("Resources that were created in the simulated cloud."),
    changed: count.describe("Resources that were changed there."),
    destroyed: count.describe("Resources that were destroyed there."),
    warnings: z.array(z.string()).describe("What AWS accepts and will not work; a sentence each."),
    interrupted: z.string().nullable().describe("Why nothing new began in the cloud; null if nothing was interrupted."),
  },
  // What people read of it is on standard error: standard output belongs to the command.
  text: () => "",
});
