import { setFlagsFromString } from "node:v8";

/**
 * How much a function has to run before V8 optimizes it, by major version of Node.js. Ten times and more of what V8 starts with: a synthesis
 * ends before most of what is optimized earlier has paid for itself.
 */
const thresholds: Readonly<Record<string, string>> = {
  20: "--interrupt-budget=1000000",
  22: "--invocation-count-for-turbofan=30000",
};

/**
 * Has V8 optimize the functions of this process later. Versions that have not been measured are left as they are: V8 renames such flags,
 * and complains about one that it does not know.
 */
export function optimizeLater(): void {
  const threshold =
    process.env.EVENKEEL_OPTIMIZE_LATER === "off" ? undefined : thresholds[process.versions.node.split(".")[0] ?? ""];
  if (threshold) setFlagsFromString(threshold);
}
