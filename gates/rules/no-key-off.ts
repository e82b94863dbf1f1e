import type { Rule } from "../rule";
import { switchedOff } from "../switched-off";

/** Keys stay enabled and keep being rotated. */
export const noKeyOff: Rule = {
  id: "no-key-off",
  statement: "Keys stay enabled and keep being rotated.",
  why: "A disabled key makes all that it encrypts unreadable at once, in every service.",
  howToFix: "keep the key enabled and rotated; to retire it, re-encrypt what it protects first",
  check: (plan) => [
    ...switchedOff(plan, [["is_enabled"], ["enabled"]], "what it encrypts could no longer be read"),
    ...switchedOff(plan, [["enable_key_rotation"]], "its material would never change again"),
  ],
};
