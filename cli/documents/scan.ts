import { z } from "zod";
import { type Column, colours, paragraphs, renderTable, type Screen } from "../../output";
import { counted } from "../counts-in-words";
import { DocumentType } from "../document";
import { address, environment, stackName, stage } from "./parts";

const check = z.string().describe("Id of the check.");
const title = z.string().describe("What the check asks for.");
const reason = z.string().describe("Why it stays as it is.");

const finding = z.strictObject({ stack: stackName, address, check, title });
const accepted = finding.extend({ reason });
const unneeded = z.strictObject({ stack: stackName, address, check, reason });

const scanned = z.strictObject({
  environment,
  stage,
  stacks: z.array(stackName).describe("The stacks whose plans were checked."),
  passed: z.int().nonnegative().describe("How many checks passed."),
  failed: z.array(finding).describe("Checks that fail without a reason."),
  accepted: z.array(accepted).describe("Checks that fail with a reason beside the resource."),
  unneeded: z.array(unneeded).describe("Reasons for checks that do not fail."),
});

type Scanned = z.output<typeof scanned>;

/** What `scan` prints: what a public set of rules says of the plans, with the reasons of what stays as it is. */
export const scanDocument = new DocumentType({
  verb: "scan",
  version: 1,
  fields: {
    passed: z.boolean().describe("Whether every check that fails has a reason, and every reason is needed."),
    scanner: z
      .strictObject({
        name: z.literal("checkov").describe("Its name."),
        version: z.string().describe("Its version."),
      })
      .describe("The scanner."),
    environments: z.array(scanned).describe("The environments, one by one."),
    files: z.array(z.string()).describe("SARIF files that were written, relative to the project."),
  },
  text: ({ scanner, environments, files }, screen) =>
    [
      ...environments.flatMap((each) => [...textOf(each, scanner.version, screen), ""]).slice(0, -1),
      ...files.map((file) => paragraphs(`SARIF: ${file}`, screen)),
    ].join("\n"),
});

function textOf({ environment, stage, stacks, ...review }: Scanned, version: string, screen: Screen): string[] {
  const { passed, failed, accepted, unneeded } = review;
  const checks = `${passed} checks pass, ${failWith(accepted.length)} a reason, ${failWith(failed.length)}out one`;
  const result = paragraphs(
    `${environment} at ${stage}, ${counted(stacks.length, "stack")}, Checkov ${version}: ${checks}.`,
    screen,
  );
  return [
    ...(accepted.length > 0
      ? ["Stays as it is, with a reason beside the resource:", acceptedTable(accepted, screen)]
      : []),
    ...(unneeded.length > 0 ? [colours.red("Reasons that nothing needs any more; take them out:")] : []),
    ...(unneeded.length > 0 ? [unneededTable(unneeded, screen)] : []),
    ...(failed.length > 0 ? [colours.red("Without a reason:"), failedTable(failed, screen)] : []),
    failed.length > 0 || unneeded.length > 0 ? colours.red(result) : colours.green(result),
    ...(failed.length > 0
      ? [
          paragraphs(
            "Change the resource, or say acceptFinding(resource, check, reason) beside it in the code that makes it.",
            screen,
          ),
        ]
      : []),
  ];
}

const failWith = (count: number): string => `${count} ${count === 1 ? "fails" : "fail"} with`;

const checkColumn: Column = { title: "check", kind: "name", importance: "essential" };
const stackColumn: Column = { title: "stack", kind: "name", importance: "useful" };
const addressColumn: Column = { title: "address", kind: "name", importance: "essential" };
const titleColumn: Column = { title: "what it asks for", kind: "text", importance: "useful" };
const reasonColumn: Column = { title: "why it stays as it is", kind: "text", importance: "essential" };

/** One row for all resources that have the same reason. */
function acceptedTable(accepted: Scanned["accepted"], screen: Screen): string {
  const kinds = new Map<string, Scanned["accepted"]>();
  for (const each of accepted) {
    const kind = [each.check, each.reason].join("\n");
    kinds.set(kind, [...(kinds.get(kind) ?? []), each]);
  }
  const rows = [...kinds.values()]
    .map((found) => [found[0]?.check ?? "", found[0]?.title ?? "", found.length, found[0]?.reason ?? ""])
    .sort((a, b) => String(a[0]).localeCompare(String(b[0]), "en", { numeric: true }));
  const resources: Column = { title: "resources", kind: "number", importance: "essential" };
  return renderTable({ columns: [checkColumn, titleColumn, resources, reasonColumn], rows }, screen);
}

const failedTable = (failed: Scanned["failed"], screen: Screen): string =>
  renderTable(
    {
      columns: [checkColumn, stackColumn, addressColumn, { ...titleColumn, importance: "essential" }],
      rows: failed.map(({ check, stack, address, title }) => [
        { text: check, paint: colours.red },
        stack,
        address,
        title,
      ]),
    },
    screen,
  );

const unneededTable = (unneeded: Scanned["unneeded"], screen: Screen): string =>
  renderTable(
    {
      columns: [checkColumn, stackColumn, addressColumn, { ...reasonColumn, title: "reason" }],
      rows: unneeded.map(({ check, stack, address, reason }) => [
        { text: check, paint: colours.red },
        stack,
        address,
        reason,
      ]),
    },
    screen,
  );
