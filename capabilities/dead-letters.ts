import { defineCapability } from "../contract";

/** What functions failed on for good, and what EventBridge could not decrypt or deliver, is kept for 14 days. */
export const deadLetters = defineCapability({
  name: "deadLetters",
  brings: "a queue for events that a function failed on, with alarms",
  builds: {
    bus: (bus) => bus.addDeadLetters(),
    function: (fn) => fn.addDeadLetters(),
    rule: (rule) => rule.addDeadLetters(),
  },
});
