import type { Gate } from "../../contract/gate";
import { managedChanges, valueAt } from "../../terraform";
import { supportingTypes } from "../supporting-types";

/** The networks of databases, what clients call, and identities are not replaced. */
export const noOutage: Gate = {
  id: "no-outage",
  statement: "No network, no endpoint that clients call and no identity that others trust is replaced.",
  why: "What stands in a network goes down with it, or keeps AWS from removing it halfway through the apply. Clients and policies that know a name or an id do not find the new one.",
  howToFix:
    "keep the arguments that force the replacement as they are; create the new one beside the old one, move to it, then remove the old one; if an outage is meant, name the address under acknowledgedRemovals of the environment",
  check: (plan, { dataHoldingTypes }) =>
    managedChanges(plan).flatMap(({ address, type, change }) => {
      const { actions, replace_paths: paths = [] } = change;
      const names = type === "aws_cloudfront_distribution" ? lostNames(change.before, change.after) : [];
      if (names.length > 0 && actions.join() === "update") {
        const message = `would no longer answer as ${names.join(", ")}; it is the name that viewers call`;
        return [{ address, message, removes: `${address}.aliases` }];
      }
      const carries = supportingTypes[type];
      if (!carries || type in dataHoldingTypes || actions.length < 2) return [];
      const attributes = [...new Set(paths.map((path) => path.join(".")))];
      const because = attributes.length > 0 ? ` because ${attributes.join(", ")} changes` : "";
      return [{ address, message: `would be replaced${because}; it is ${carries}`, removes: address }];
    }),
};

function lostNames(before: unknown, after: unknown): string[] {
  const [was, is] = [before, after].map((values) => {
    const names = valueAt(values, ["aliases"]);
    return Array.isArray(names) ? names.map(String) : [];
  });
  return (was ?? []).filter((name) => !is?.includes(name));
}
