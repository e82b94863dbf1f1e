import { defineCapability } from "../contract";

/** Keeps as many environments of a function warm as its own `function.provisionedConcurrency` says. */
export const provisionedConcurrency = defineCapability({
  name: "provisionedConcurrency",
  brings: "warm function environments, scaled by use and schedule",
  builds: { function: (fn) => fn.addProvisionedConcurrency() },
});
