import type { Gate } from "../../contract/gate";
import { switchedOff } from "../switched-off";

const termination = ["termination_protection"];
const consequence = "nothing in AWS would then stop a deletion";

/** They hold no data, and everything behind them is out of reach without them. */
const entrances = { aws_lb: "the way in" };

/** Deletion protection stays on. */
export const noProtectionOff: Gate = {
  id: "no-protection-off",
  statement: "Deletion protection stays on where it is on.",
  why: "With it AWS itself refuses a deletion; without it the next plan may destroy the data.",
  howToFix:
    "keep the protection; before an intended deletion, name the address under acknowledgedRemovals of the environment",
  check: (plan, context) =>
    [
      ...switchedOff(
        plan,
        context,
        [["deletion_protection_enabled"], ["deletion_protection"], termination],
        consequence,
      ),
      ...switchedOff(plan, { ...context, dataHoldingTypes: entrances }, [["enable_deletion_protection"]], consequence),
    ].map((finding) => ({ ...finding, removes: finding.address })),
};
