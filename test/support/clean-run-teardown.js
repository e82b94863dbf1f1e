const { readdirSync, rmSync } = require("node:fs");
const { join } = require("node:path");

/** Removes the temporary folder of a run, and fails the run if something is left that belongs to no test file. */
module.exports = () => {
  const folder = globalThis.evenkeelRunFolder;
  rmSync(join(folder, "synthesized"), { recursive: true, force: true, maxRetries: 3 });
  const left = readdirSync(folder, { recursive: true });
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  if (left.length > 0) throw new Error(`The run leaves in the temporary directory: ${left.join(", ")}`);
};
