import type { Gate } from "../../contract/gate";
import { managedChanges, valueAt } from "../../terraform";

/** Event source mappings of streams keep the position that they have read to. */
export const noLostPosition: Gate = {
  id: "no-lost-position",
  statement: "No mapping of a stream to a function is replaced.",
  why: "The new mapping does not know what the old one has read: from TRIM_HORIZON it brings the changes of the last 24 hours again, from LATEST it never brings those that were not read yet.",
  howToFix:
    "keep the starting position and the stream; if the position may go, name the address under acknowledgedRemovals of the environment",
  check: (plan) =>
    managedChanges(plan).flatMap(({ address, type, change }) => {
      const { actions, before, replace_paths: paths = [] } = change;
      if (type !== "aws_lambda_event_source_mapping" || actions.length < 2) return [];
      const position = valueAt(before, ["starting_position"]);
      if (typeof position !== "string" || position === "") return [];
      const attributes = [...new Set(paths.map((path) => path.join(".")))];
      const because = attributes.length > 0 ? ` because ${attributes.join(", ")} changes` : "";
      return [{ address, message: `would be replaced${because}, and forget what it has read`, removes: address }];
    }),
};
