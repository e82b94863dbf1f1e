const { chmodSync, mkdtempSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

/** All temporary files of a run go below one folder, which clean-run-teardown.js removes even if a worker was killed. */
module.exports = () => {
  const folder = mkdtempSync(join(tmpdir(), "ek-"));
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  globalThis.evenkeelRunFolder = folder;
};
