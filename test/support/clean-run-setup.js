const { chmodSync, mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

/**
 * All temporary files of a run go below one folder, which clean-run-teardown.js removes even if a worker was killed. Test files share
 * what synthesized-once.ts keeps there.
 */
module.exports = () => {
  const folder = mkdtempSync(join(tmpdir(), "ek-"));
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  process.env.EVENKEEL_TEST_RUN = folder;
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  globalThis.evenkeelRunFolder = folder;
};
