const { chmodSync, mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

/** All temporary files of a run go below one folder, which clean-run-teardown.js removes even if a worker was killed. */
module.exports = () => {
  const folder = mkdtempSync(join(tmpdir(), "ek-"));
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  globalThis.evenkeelRunFolder = folder;
};
