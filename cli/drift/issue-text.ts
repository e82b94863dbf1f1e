import { fitted, type LeftOut, type Part } from "../review/fitted";
import { code, hidden, prose, tableHead, tableRow } from "../review/markdown";
import type { DriftData } from "./data";

/** The first line of the issue of an environment; it is not shown. */
export const issueMarker = (environment: string): string => hidden(`evenkeel drift ${environment}`);

export const issueTitle = (environment: string): string => `Drift of ${environment}`;

/** The sentence that the issue is closed with. */
export const closingSentence = (environment: string, run?: string): string =>
  `Nothing of ${code(environment)} differs any more from what was deployed, beside what is meant or accepted.${run ? ` [Run](${run})` : ""}`;

/** What has drifted, as GitHub and GitLab show Markdown. It has no values, as everybody who sees the issue would see them. */
export function issueText(data: DriftData, { limit, run }: { readonly limit: number; readonly run?: string }): string {
  const { environment, open, regions } = data;
  return fitted({
    head: [
      issueMarker(environment),
      `**${open} ${open === 1 ? "change" : "changes"} of ${code(environment)} beside Terraform ${open === 1 ? "is" : "are"} for somebody to look at.** Put what is meant into the configuration, deploy what is not, or accept it for a while in ${code("acceptedDrift")}. This issue is closed once there is nothing left.`,
      "",
      ...tableHead(["region", "failover", "scaling", "by hand", "unknown", "accepted"]),
      ...regions.map((one) =>
        tableRow([one.region, ...[one.failover, one.scaling, one.byHand, one.unknown, one.accepted].map(String)]),
      ),
      ...(run ? ["", `[Run](${run})`] : []),
    ],
    parts: [
      part(data, "Changed by hand", "changes by hand", (one) => one.kind === "by-hand" && !one.accepted),
      part(data, "Unknown", "unknown changes", (one) => one.kind === "unknown" && !one.accepted),
      part(data, "Accepted", "accepted changes", (one) => one.accepted !== null),
      part(data, "Moved by a failover", "changes of a failover", (one) => one.kind === "failover" && !one.accepted),
      part(
        data,
        "Moved by scaling or by the toolkit",
        "changes of scaling",
        (one) => one.kind === "scaling" && !one.accepted,
      ),
    ],
    limit,
    explain: (left, others) => explained(left, others, environment),
  });
}

function part(
  { changes }: DriftData,
  title: string,
  what: string,
  is: (one: DriftData["changes"][number]) => boolean,
): Part {
  return {
    before: ["", `### ${title}`, "", ...tableHead(["region", "stack", "resource", "changed", "why"])],
    rows: changes
      .filter(is)
      .map(({ region, stack, address, attribute, reason, accepted }) =>
        tableRow([
          region,
          code(stack),
          code(address),
          attribute === null ? "deleted" : code(attribute),
          prose(accepted ? `Accepted until ${accepted.expires}: ${accepted.reason}` : reason),
        ]),
      ),
    after: [],
    what,
  };
}

function explained(left: readonly LeftOut[], others: number, environment: string): string {
  const named = left.map(({ rows, what }) => `${rows} ${what}`);
  const all = [...named, ...(others > 0 ? [`${others} more rows`] : [])].join(", ");
  return `**Left out, as this would be too long: ${all}.** ${code(`evenkeel drift ${environment} --json`)} has all of it.`;
}
