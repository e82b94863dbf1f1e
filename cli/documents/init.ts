import { z } from "zod";
import { DocumentType } from "../document";
import { files, next } from "./parts";

/** Files that were written, and what to do next. */
const written = ({ files: paths, next: commands }: { readonly files: string[]; readonly next: string[] }): string =>
  [...paths.map((path) => `  ${path}`), "", "Next:", ...commands.map((command) => `  ${command}`)].join("\n");

/** What `init` prints: the files of the new project. */
export const initDocument = new DocumentType({
  verb: "init",
  version: 1,
  fields: {
    folder: z.string().describe("Folder of the project."),
    files,
    installed: z.boolean().describe("Whether `npm install` was run, and has worked."),
    next,
  },
  text: written,
});

/** What `add environment`, `add service` and `add table` print: the files that they wrote. */
export const addDocument = new DocumentType({
  verb: "add",
  version: 1,
  fields: {
    added: z.enum(["environment", "service", "table"]).describe("What was added."),
    name: z.string().describe("Its name."),
    environments: z.array(z.string()).describe("Environments that have it now."),
    files,
    next,
  },
  text: written,
});
