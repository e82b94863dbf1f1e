import { z } from "zod";
import { type Column, colours, paragraphs, renderTable, type Screen } from "../../output";
import { DocumentType } from "../document";

const finding = z.strictObject({
  check: z.string().describe("What was looked at: Terraform, Locks."),
  state: z.enum(["fine", "note", "wrong"]).describe("Whether something is to be done: `wrong` yes, `note` perhaps."),
  says: z.string().describe("How it is."),
  remedy: z.string().nullable().describe("What to do about it; null for nothing."),
});

type Finding = z.output<typeof finding>;

/** What `doctor` prints: what a machine or a project lacks. */
export const doctorDocument = new DocumentType({
  verb: "doctor",
  version: 1,
  fields: {
    findings: z.array(finding).describe("What was found."),
    wrong: z.int().describe("How many of them are wrong."),
  },
  text: ({ findings, wrong }, screen) =>
    [
      screen.columns === undefined ? table(findings, screen) : findings.map((each) => lines(each, screen)).join("\n"),
      "",
      wrong === 0 ? "Nothing is wrong." : `${wrong} to mend.`,
    ].join("\n"),
});

const words = { fine: "ok", note: "note", wrong: "wrong" };
const paints = { fine: colours.green, note: colours.yellow, wrong: colours.red };

const columns: readonly Column[] = [
  { title: "state", kind: "name", importance: "essential" },
  { title: "check", kind: "name", importance: "essential" },
  { title: "says", kind: "text", importance: "essential" },
  { title: "what to do", kind: "text", importance: "essential" },
];

/** One line for each finding: what they say is too long for columns of a terminal. */
const table = (findings: readonly Finding[], screen: Screen): string =>
  renderTable(
    { columns, rows: findings.map(({ state, check, says, remedy }) => [words[state], check, says, remedy ?? ""]) },
    screen,
  );

function lines({ check, state, says, remedy }: Finding, screen: Screen): string {
  const indent = " ".repeat(6);
  const text = paragraphs(`${indent}${check}: ${says.replaceAll("\n", `\n${indent}`)}`, screen);
  const first = paints[state](words[state]) + text.slice(words[state].length);
  return remedy === null ? first : `${first}\n${paragraphs(`${indent}-> ${remedy}`, screen)}`;
}
