import { z } from "zod";
import { stages } from "../../contract/stages";

/** Parts that several documents have. */

export const environment = z.string().describe("Name of the environment.");
export const stage = z.enum(stages).describe("Rollout stage.");
export const homeRegion = z.string().describe("Region of the originals: keys, tables, the writers of databases.");
export const activeRegion = z
  .string()
  .describe("Region that serves first; the home region unless the file names another one.");
export const standbyRegions = z.array(z.string()).describe("Regions that take over.");
export const notes = z.array(z.string()).describe("What is assumed, and what will not stay as it is; a sentence each.");
export const stackName = z.string().describe("Name of the stack.");
export const address = z.string().describe("Terraform address of the resource or output.");
export const files = z.array(z.string()).describe("Files that were written, relative to the project.");
export const next = z.array(z.string()).describe("Commands to run next.");

const count = z.int().nonnegative();
export const counts = {
  added: count.describe("Resources that are created."),
  changed: count.describe("Resources that are updated in place."),
  replaced: count.describe("Resources that are destroyed and created anew."),
  destroyed: count.describe("Resources that are destroyed."),
  forgotten: count.describe("Resources that are dropped from the state and go on existing."),
};

const violation = z.strictObject({
  rule: z.string().describe("Id of the gate."),
  stack: stackName.optional(),
  address,
  message: z.string().describe("What the plan would do."),
  howToFix: z.string().describe("What to do about it."),
  removes: z.string().optional().describe("The address that `acknowledgedRemovals` would have to name."),
  acknowledgedAs: z
    .string()
    .optional()
    .describe("The address that `acknowledgedFindings` would have to name, with the rule, where nothing is removed."),
  tool: z.string().optional().describe("The scanner that found it, where its results were read; left out for gates."),
});

export const violations = z.array(violation).describe("What the gates refuse.");

const acknowledged = z.strictObject({
  rule: z
    .string()
    .optional()
    .describe("The gate that it is about, in `acknowledgedFindings`; left out in `acknowledgedRemovals`."),
  stack: stackName,
  address,
  reason: z.string().describe("Why it may go, or stay as it is."),
  expires: z.string().describe("Last day on which it is accepted, in UTC."),
});

export const accepted = z
  .array(
    z.strictObject({
      violation: violation.describe("What would be refused without it."),
      acknowledged: acknowledged.describe("The entry of the environment's file."),
    }),
  )
  .describe("What the gates would refuse, and the environment acknowledges.");

export const unused = z.array(acknowledged).describe("Acknowledgements about these stacks that no plan needs.");

export const changes = z
  .array(
    z.strictObject({
      region: z.string().describe("Region; `none` for what is in none, and where it is unknown."),
      type: z.string().describe("Type of the resources."),
      ...counts,
    }),
  )
  .describe("What the plans do, by region and type of resource.");

/** Code that somebody else has made, so that nobody can say which packages are in it. */
export const notListed = z
  .array(
    z.strictObject({
      kind: z.enum(["archive", "folder", "image"]).describe("How it comes."),
      code: z.string().describe("Its path in the project, or the repository and the digest of the image."),
      functions: z.int().positive().describe("How many functions have it, in all regions."),
    }),
  )
  .describe("Code that the toolkit has not bundled, so that it does not know which packages are in it.");
