import type { Gate } from "../../contract/gate";
import { switchedOff } from "../switched-off";

/** Deletion protection stays on. */
export const noProtectionOff: Gate = {
  id: "no-protection-off",
  statement: "Deletion protection stays on where it is on.",
  why: "It is what AWS itself holds against a delete; without it the next plan may destroy the data.",
  howToFix: "keep the protection; take it off in a change of its own, right before a deletion that is intended",
  check: (plan, context) =>
    switchedOff(
      plan,
      context,
      [["deletion_protection_enabled"], ["deletion_protection"], ["termination_protection"]],
      "nothing in AWS would then stop a deletion",
    ),
};
