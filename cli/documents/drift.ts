import { z } from "zod";
import { driftKinds } from "../../drift";
import { type Column, paragraphs, renderTable } from "../../output";
import { DocumentType } from "../document";
import { address, environment, stackName } from "./parts";

const count = z.int().nonnegative();
const kind = z
  .enum(driftKinds)
  .describe(
    "`failover`: what a failover moves. `scaling`: what scaling and functions of the toolkit move. `by-hand`: what somebody has changed. `unknown`: what the configuration does not set.",
  );
const entry = z.strictObject({
  reason: z.string().describe("Why it may stay so."),
  expires: z.string().describe("Last day on which it is accepted, in UTC."),
});

const changed = z.strictObject({
  stack: stackName,
  address,
  region: z.string().describe("Region of the resource; `none` for what is in none."),
  attribute: z.string().nullable().describe("What has changed, as a path; null for a resource that is gone."),
  kind,
  rule: z.string().describe("Id of the rule that has sorted it."),
  reason: z.string().describe("Why it is of that kind."),
  before: z.string().describe("Value by the state; `(hidden)` where it may be secret, `(none)` where there is none."),
  now: z.string().describe("Value as it was read, in the same way."),
  accepted: entry.nullable().describe("The entry of `acceptedDrift` that accepts it; null where none does."),
  expiredOn: z.string().nullable().describe("Last day of an entry that accepted it; null where there is none."),
});

const counts = z.strictObject({
  region: z.string().describe("The region."),
  failover: count.describe("Changes that a failover makes."),
  scaling: count.describe("Changes that scaling and the toolkit itself make."),
  byHand: count.describe("Changes that somebody has made, without those that are accepted."),
  unknown: count.describe("Changes of what the configuration does not set, without those that are accepted."),
  accepted: count.describe("Changes that the environment accepts."),
});

/** What `drift` prints: what has changed beside Terraform, sorted. */
export const driftDocument = new DocumentType({
  verb: "drift",
  version: 1,
  fields: {
    environment,
    open: count.describe("Changes for somebody to look at: by hand or unknown, and not accepted."),
    stacks: z.array(stackName).describe("Stacks that were looked at."),
    notDeployed: z.array(stackName).describe("Stacks whose states are empty."),
    regions: z.array(counts).describe("How many changes of each kind there are, by region."),
    changes: z.array(changed).describe("What has changed, in the order of deployment."),
    unused: z
      .array(
        z.strictObject({
          stack: stackName,
          address,
          attribute: z.string().nullable().describe("The argument of the entry; null for a deleted resource."),
          expires: z.string().describe("Its last day."),
        }),
      )
      .describe("Entries of `acceptedDrift` about these stacks that nothing needs."),
    issue: z
      .strictObject({
        action: z
          .enum(["opened", "updated", "unchanged", "closed", "none"])
          .describe("What was done; `none`: there was none to close."),
        url: z.string().nullable().describe("Its address; null for none."),
      })
      .nullable()
      .describe("The issue that tells of it; null without `--report`."),
  },
  text: ({ environment: name, open, regions, changes, notDeployed, unused, issue }, screen) =>
    [
      changes.length === 0
        ? `${name}: nothing has changed beside Terraform.`
        : [
            renderTable(
              {
                columns: countColumns,
                rows: regions.map((one) => [
                  one.region,
                  one.failover,
                  one.scaling,
                  one.byHand,
                  one.unknown,
                  one.accepted,
                ]),
              },
              screen,
            ),
            "",
            renderTable({ columns, rows: changes.map(rowOf) }, screen),
            "",
            paragraphs(
              open === 0
                ? "All of it is meant or accepted."
                : `${open} ${open === 1 ? "change is" : "changes are"} for somebody to look at: put what is meant into the configuration, deploy what is not, or accept it for a while in acceptedDrift.`,
              screen,
            ),
          ].join("\n"),
      ...(notDeployed.length > 0
        ? [paragraphs(`Not deployed, so not looked at: ${notDeployed.join(", ")}.`, screen)]
        : []),
      ...unused.map(({ stack, address: at, attribute }) =>
        paragraphs(
          `acceptedDrift: ${at}${attribute === null ? "" : ` ${attribute}`} of ${stack} has not drifted; take the entry out.`,
          screen,
        ),
      ),
      ...(issue ? [paragraphs(issueInWords(issue), screen)] : []),
    ].join("\n"),
});

const issueInWords = ({ action, url }: { action: string; url: string | null }): string =>
  action === "none"
    ? "No issue is open, and none is needed."
    : `The issue was ${action === "unchanged" ? "left as it is" : action}: ${url ?? "its address is not known"}`;

const countColumns: readonly Column[] = [
  { title: "region", kind: "name", importance: "essential" },
  { title: "failover", kind: "number", importance: "essential" },
  { title: "scaling", kind: "number", importance: "essential" },
  { title: "by hand", kind: "number", importance: "essential" },
  { title: "unknown", kind: "number", importance: "essential" },
  { title: "accepted", kind: "number", importance: "useful" },
];

const columns: readonly Column[] = [
  { title: "kind", kind: "text", importance: "essential" },
  { title: "region", kind: "name", importance: "useful" },
  { title: "stack", kind: "name", importance: "useful" },
  { title: "resource", kind: "name", importance: "essential" },
  { title: "changed", kind: "name", importance: "essential" },
  { title: "from", kind: "text", importance: "detail" },
  { title: "to", kind: "text", importance: "detail" },
  { title: "why", kind: "text", importance: "useful" },
];

const rowOf = (one: z.output<typeof changed>) => [
  one.accepted ? `${one.kind}, accepted until ${one.accepted.expires}` : one.kind,
  one.region,
  one.stack,
  one.address,
  one.attribute ?? "(deleted)",
  one.before,
  one.now,
  one.expiredOn === null ? one.reason : `${one.reason} It was accepted until ${one.expiredOn}.`,
];
