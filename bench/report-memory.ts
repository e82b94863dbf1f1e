import { writeSync } from "node:fs";

/** `node --require report-memory.js`: writes the peak memory of the process, in KiB, to its third channel when it exits. */
process.on("exit", () => {
  writeSync(3, String(process.resourceUsage().maxRSS));
});
