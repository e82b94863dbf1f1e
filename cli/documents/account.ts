import { z } from "zod";
import { type Column, paragraphs, renderTable, type Screen } from "../../output";
import { DocumentType } from "../document";
import { environment, notes, stage } from "./parts";

const need = z.strictObject({
  region: z.string().nullable().describe("Region that needs it; null for the whole account."),
  what: z.string().describe("What the account has to have."),
  check: z.string().describe("The command of AWS's command line that shows whether it is there."),
  make: z.string().nullable().describe("The command that makes it; null where none does."),
  certain: z
    .boolean()
    .describe("Whether it follows from AWS's documentation or lists; false where it was not verified."),
});

type Need = z.output<typeof need>;

/** What `account` prints: what an account has to have before the first deployment. */
export const accountDocument = new DocumentType({
  verb: "account",
  version: 1,
  fields: {
    environment,
    stage,
    account: z.string().describe("AWS account."),
    notes,
    needs: z.array(need).describe("What it has to have."),
  },
  text: (data, screen) =>
    [
      paragraphs(
        `What account ${data.account} has to have before ${data.environment} is deployed, at stage ${data.stage}.`,
        screen,
      ),
      paragraphs("Nothing of this was asked of AWS; the commands do. (?) marks what was not verified.", screen),
      ...data.notes.flatMap((note) => ["", paragraphs(`to know: ${note}`, screen)]),
      "",
      screen.columns === undefined ? table(data.needs, screen) : blocks(data.needs, screen),
    ].join("\n"),
});

const columns: readonly Column[] = [
  { title: "region", kind: "name", importance: "essential" },
  { title: "what", kind: "text", importance: "essential" },
  { title: "check", kind: "name", importance: "essential" },
  { title: "make", kind: "name", importance: "essential" },
];

const wholeAccount = "whole account";

/** One line for each need: its commands are too long for columns of a terminal. */
const table = (needs: readonly Need[], screen: Screen): string =>
  renderTable(
    { columns, rows: needs.map((each) => [each.region ?? wholeAccount, inWords(each), each.check, each.make ?? ""]) },
    screen,
  );

const blocks = (needs: readonly Need[], screen: Screen): string =>
  needs
    .map((each) =>
      [
        paragraphs(`${each.region ?? wholeAccount}: ${inWords(each)}`, screen),
        "  check:",
        `    ${each.check}`,
        ...(each.make === null ? [] : ["  make:", `    ${each.make}`]),
      ].join("\n"),
    )
    .join("\n\n");

const inWords = ({ what, certain }: Need): string => (certain ? what : `${what} (?)`);
