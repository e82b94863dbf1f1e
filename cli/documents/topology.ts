import { z } from "zod";
import { DocumentType } from "../document";
import { environment, stage } from "./parts";

/** What `topology` prints: where the picture is. */
export const topologyDocument = new DocumentType({
  verb: "topology",
  version: 1,
  fields: { environment, stage, file: z.string().describe("The SVG file that was written.") },
  text: ({ file }) => file,
});
