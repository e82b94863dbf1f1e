import type { Gate } from "../../contract/gate";
import { switchedOff } from "../switched-off";

/** Keys stay enabled and keep being rotated. */
export const noKeyOff: Gate = {
  id: "no-key-off",
  statement: "Keys stay enabled and keep being rotated.",
  why: "A disabled key immediately makes everything that it encrypts unreadable, in every service.",
  howToFix:
    "keep the key enabled and rotated; to retire it, re-encrypt what it protects first, then name the address with the argument under acknowledgedRemovals of the environment",
  check: (plan, context) => [
    ...switchedOff(plan, context, [["is_enabled"], ["enabled"]], "what it encrypts could no longer be read"),
    ...switchedOff(plan, context, [["enable_key_rotation"]], "its key material would no longer change"),
  ],
};
