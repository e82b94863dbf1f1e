import type { Gate } from "../../contract/gate";
import { switchedOff } from "../switched-off";

/** Deletion protection stays on. */
export const noProtectionOff: Gate = {
  id: "no-protection-off",
  statement: "Deletion protection stays on where it is on.",
  why: "With it AWS itself refuses a deletion; without it the next plan may destroy the data.",
  howToFix:
    "keep the protection; before an intended deletion, name the address under acknowledgedRemovals of the environment",
  check: (plan, context) =>
    switchedOff(
      plan,
      context,
      [
        ["deletion_protection_enabled"],
        ["deletion_protection"],
        ["enable_deletion_protection"],
        ["termination_protection"],
      ],
      "nothing in AWS would then stop a deletion",
    ).map((finding) => ({ ...finding, removes: finding.address })),
};
