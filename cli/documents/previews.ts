import { z } from "zod";
import { type Column, paragraphs, renderTable, type Screen } from "../../output";
import { DocumentType } from "../document";
import { stackName } from "./parts";

const preview = {
  name: z.string().describe("Name of its environment."),
  who: z.string().describe("Who deployed it last, `user@host`."),
  commit: z.string().nullable().describe("The commit that was deployed last; null outside of a repository."),
  deployed: z.string().describe("When its last deployment began, ISO 8601."),
  expires: z.string().describe("When it may be destroyed, ISO 8601."),
  stacks: z.array(stackName).describe("Everything that was deployed of it."),
};

const columns: readonly Column[] = [
  { title: "preview", kind: "name", importance: "essential" },
  { title: "expires", kind: "text", importance: "essential" },
  { title: "deployed by", kind: "text", importance: "useful" },
  { title: "commit", kind: "text", importance: "useful" },
];

const rowOf = ({
  name,
  expires,
  who,
  commit,
}: {
  name: string;
  expires: string;
  who: string;
  commit: string | null;
}) => [name, expires, who, commit?.slice(0, 12) ?? ""];

const table = (rows: readonly (readonly string[])[], screen: Screen): string => renderTable({ columns, rows }, screen);

/** What `previews list` prints: the previews that stand. */
export const previewsListDocument = new DocumentType({
  verb: "previews list",
  version: 1,
  fields: {
    atMost: z.int().describe("How many may stand at once."),
    previews: z
      .array(z.strictObject({ ...preview, expired: z.boolean().describe("Whether the next sweep destroys it.") }))
      .describe("The previews that stand, by their numbers."),
  },
  text: ({ atMost, previews }, screen) =>
    previews.length === 0
      ? paragraphs(`No preview stands; ${atMost} may at once.`, screen)
      : [
          paragraphs(`${previews.length} of ${atMost} previews stand.`, screen),
          table(
            previews.map((one) => rowOf({ ...one, expires: one.expired ? `${one.expires}, expired` : one.expires })),
            screen,
          ),
        ].join("\n"),
});

/** What `previews sweep` prints: what had expired, and what is left. */
export const previewsSweepDocument = new DocumentType({
  verb: "previews sweep",
  version: 1,
  fields: {
    swept: z
      .array(
        z.strictObject({
          name: preview.name,
          destroyed: z.boolean().describe("Whether nothing of it stands any more."),
          failure: z.string().nullable().describe("Why it still stands; null where it does not."),
        }),
      )
      .describe("The previews that had expired."),
    left: z.array(z.strictObject(preview)).describe("The previews that still stand."),
  },
  text: ({ swept, left }, screen) =>
    [
      ...(swept.length === 0 ? ["No preview has expired."] : []),
      ...swept.map(({ name, destroyed, failure }) =>
        destroyed ? `${name} is destroyed.` : `${name} still stands: ${failure}`,
      ),
    ]
      .map((line) => paragraphs(line, screen))
      .concat(left.length > 0 ? [table(left.map(rowOf), screen)] : [])
      .join("\n"),
});
