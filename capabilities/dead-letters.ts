import { defineCapability } from "../contract";

/** Keeps events that functions failed on for good, or that EventBridge could not decrypt or deliver, for 14 days. */
export const deadLetters = defineCapability({
  name: "deadLetters",
  brings: "a queue for events that a function failed on, with alarms",
  builds: {
    bus: (bus) => bus.addDeadLetters(),
    function: (fn) => fn.addDeadLetters(),
    rule: (rule) => rule.addDeadLetters(),
  },
});
