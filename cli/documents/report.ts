import { z } from "zod";
import { DocumentType } from "../document";
import { environment, stage } from "./parts";

const count = z.int().nonnegative();

/** What `report` prints: where the report is, and how much it shows. */
export const reportDocument = new DocumentType({
  verb: "report",
  version: 1,
  fields: {
    environment,
    stage,
    file: z.string().describe("The HTML file that was written."),
    stacks: count.describe("How many stacks it shows."),
    resources: count.describe("How many resources they have."),
    holding: count.describe("How many of the resources hold data or keys."),
    picture: z.boolean().describe("Whether it has the picture of the topology, which needs the package elkjs."),
  },
  text: ({ file }) => file,
});
