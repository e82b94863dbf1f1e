import { z } from "zod";
import { type Column, paragraphs, renderTable } from "../../output";
import { DocumentType } from "../document";
import { environment, files } from "./parts";

const columns: readonly Column[] = [
  { title: "provider", kind: "name", importance: "essential" },
  { title: "version", kind: "text", importance: "essential" },
];

/** What `locks` prints: the lock files of an environment's stacks. */
export const locksDocument = new DocumentType({
  verb: "locks",
  version: 1,
  fields: {
    environment,
    files,
    platforms: z.array(z.string()).describe("Platforms that they have checksums for: `linux_amd64`."),
    complete: z.boolean().describe("Whether these are all platforms that were asked for."),
    reason: z.string().nullable().describe("Why they are not; null if they are."),
    providers: z
      .array(
        z.strictObject({
          source: z.string().describe("Address of the provider, with its registry."),
          version: z.string().describe("The version that is locked."),
        }),
      )
      .describe("Providers of all stacks."),
  },
  text: ({ environment: name, files: written, platforms, complete, reason, providers }, screen) =>
    [
      renderTable({ columns, rows: providers.map(({ source, version }) => [source, version]) }, screen),
      ...(complete
        ? [paragraphs(`Locked for ${platforms.join(", ")}.`, screen)]
        : [
            paragraphs(
              `Locked for ${platforms.join(", ")} alone: the registry could not be reached. On other platforms Terraform refuses these files; run evenkeel locks ${name} where the registry can be reached, or with --mirror.`,
              screen,
            ),
            ...(reason === null ? [] : [paragraphs(reason, screen)]),
          ]),
      "Commit:",
      ...written.map((file) => `  ${file}`),
    ].join("\n"),
});
