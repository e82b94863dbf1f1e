import { z } from "zod";
import { advisorySeverities } from "../../config/audit";
import { type Column, colours, paragraphs, renderTable, type Screen } from "../../output";
import { DocumentType } from "../document";
import { notListed } from "./parts";

const name = z.string().describe("Name of the package.");
const version = z.string().describe("Its version.");
const bundles = z.array(z.string()).describe("Source files of the handlers whose bundles have it.");
const reason = z.string().describe("Why it may be there.");

const licence = z.strictObject({
  package: name,
  version,
  licence: z.string().nullable().describe("Licence as the package states it; null where it states none."),
  bundles,
});

const severity = z.enum(advisorySeverities);

const vulnerability = z.strictObject({
  advisory: z.string().describe("Id of the advisory."),
  package: name,
  version,
  severity: severity.describe("How bad it is."),
  title: z.string().describe("What it is."),
  url: z.string().describe("Where it is described."),
  bundles,
});

/** What `audit` prints: what the licences and the known vulnerabilities of packages in bundles are. */
export const auditDocument = new DocumentType({
  verb: "audit",
  version: 1,
  fields: {
    passed: z.boolean().describe("Whether everything was checked, nothing fails, and every reason is needed."),
    environments: z.array(z.string()).describe("The environments whose bundles were looked at."),
    bundles: z.int().nonnegative().describe("How many handlers have bundles."),
    packages: z.int().nonnegative().describe("How many packages have code in them."),
    licences: z
      .strictObject({
        fitting: z.int().nonnegative().describe("How many packages have a licence of the list."),
        refused: z.array(licence).describe("Packages whose licence is not on the list."),
        accepted: z.array(licence.extend({ reason })).describe("Those that have a reason."),
      })
      .describe("Licences."),
    vulnerabilities: z
      .strictObject({
        failing: z.array(vulnerability).describe("Advisories that fail."),
        accepted: z
          .array(
            vulnerability.extend({
              reason,
              expires: z.string().describe("Day from which it fails again: YYYY-MM-DD."),
            }),
          )
          .describe("Those that have a reason."),
        below: z.int().nonnegative().describe("How many are less severe than those that fail."),
        failOn: severity.describe("The least severity that fails."),
      })
      .nullable()
      .describe("Known vulnerabilities; null where they were not checked."),
    notChecked: z
      .string()
      .nullable()
      .describe(
        "Why vulnerabilities were not checked although they should have been; null where they were, or were not asked for.",
      ),
    notListed,
    unneeded: z
      .array(
        z.strictObject({
          of: z.string().describe("The package or the advisory that it is about."),
          reason: z.string().describe("The reason."),
        }),
      )
      .describe("Reasons that nothing needs."),
    files: z.array(z.string()).describe("SARIF files that were written, relative to the project."),
  },
  text: (data, screen) => {
    const { licences, vulnerabilities, notChecked, unneeded, files } = data;
    return [
      ...section(
        "Licences that stay, with a reason:",
        licences.accepted.map((each) => [idOf(each), each.licence ?? "none", each.reason]),
        acceptedLicences,
        screen,
      ),
      ...section(
        colours.red("Licences that are not on the list:"),
        licences.refused.map((each) => [
          { text: idOf(each), paint: colours.red },
          each.licence ?? "none",
          each.bundles.join(", "),
        ]),
        refusedLicences,
        screen,
      ),
      ...section(
        "Vulnerabilities that stay, with a reason:",
        (vulnerabilities?.accepted ?? []).map((each) => [each.advisory, idOf(each), each.expires, each.reason]),
        acceptedAdvisories,
        screen,
      ),
      ...section(
        colours.red("Known vulnerabilities:"),
        (vulnerabilities?.failing ?? []).map((each) => [
          { text: each.severity, paint: colours.red },
          each.advisory,
          idOf(each),
          each.title,
          each.bundles.join(", "),
        ]),
        failingAdvisories,
        screen,
      ),
      ...section(
        colours.red("Reasons that nothing needs any more; take them out:"),
        unneeded.map((each) => [each.of, each.reason]),
        unneededReasons,
        screen,
      ),
      ...paragraphs(summaryOf(data), screen)
        .split("\n")
        .map(data.passed ? colours.green : colours.red),
      ...(notChecked === null
        ? []
        : [colours.red(paragraphs(`Vulnerabilities were not checked: ${notChecked}.`, screen))]),
      ...data.notListed.map(({ kind, code }) =>
        paragraphs(
          `Not checked: the ${kind} ${code}, which the toolkit has not bundled. Check it where it is built.`,
          screen,
        ),
      ),
      ...files.map((file) => paragraphs(`SARIF: ${file}`, screen)),
    ].join("\n");
  },
});

interface Summary {
  readonly environments: readonly string[];
  readonly bundles: number;
  readonly packages: number;
  readonly licences: { readonly fitting: number; readonly refused: readonly object[] };
  readonly vulnerabilities: {
    readonly failing: readonly object[];
    readonly below: number;
    readonly failOn: string;
  } | null;
}

const idOf = (each: { readonly package: string; readonly version: string }): string =>
  `${each.package}@${each.version}`;

function summaryOf({ environments, bundles: handlers, packages, licences, vulnerabilities }: Summary): string {
  const known = vulnerabilities
    ? `known vulnerabilities: ${vulnerabilities.failing.length} from ${vulnerabilities.failOn} on, ${vulnerabilities.below} below`
    : "vulnerabilities not checked";
  return `${environments.join(", ")}: ${packages} packages in ${handlers} bundles; ${licences.fitting} have a licence of the list, ${licences.refused.length} fail; ${known}.`;
}

const text = (title: string): Column => ({ title, kind: "text", importance: "essential" });
const id = (title: string): Column => ({ title, kind: "name", importance: "essential" });
const detail = (title: string): Column => ({ title, kind: "text", importance: "useful" });

const acceptedLicences = [id("package"), id("licence"), text("why")];
const refusedLicences = [id("package"), id("licence"), detail("bundles")];
const acceptedAdvisories = [id("advisory"), id("package"), id("until"), text("why")];
const failingAdvisories = [id("severity"), id("advisory"), id("package"), text("what"), detail("bundles")];
const unneededReasons = [id("of"), text("reason")];

function section(
  title: string,
  rows: Parameters<typeof renderTable>[0]["rows"],
  columns: readonly Column[],
  screen: Screen,
): string[] {
  return rows.length === 0 ? [] : [title, renderTable({ columns, rows }, screen)];
}
