const { AsyncLocalStorage } = require("node:async_hooks");
const { chmodSync, mkdtempSync, readdirSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join, relative } = require("node:path");
const { TestEnvironment } = require("jest-environment-node");

/** How many times longer than its limit a test or hook may take, so that a busy machine is no failure: limits are for what hangs. */
const patience = 4;

/**
 * Storages that the tests of this file have used. Node.js carries each along with every promise until it is disabled, so that what some files have left makes
 * all that come after them in this worker slower.
 */
const storages = new Set();
for (const name of ["run", "enterWith"]) {
  const { [name]: use } = AsyncLocalStorage.prototype;
  AsyncLocalStorage.prototype[name] = function (...args) {
    storages.add(this);
    return use.apply(this, args);
  };
}

// A worker that is done gives two gigabytes back piece by piece, for which jest does not wait: it ends it and warns of a leak.
if (process.send) process.once("beforeExit", () => process.exit());

/** Limits that a test or hook brings itself; the others have that of the run. */
function waitLonger({ hooks, children }) {
  for (const one of [...hooks, ...children]) {
    if (one.timeout) one.timeout *= patience;
    if (one.type === "describeBlock") waitLonger(one);
  }
}

/**
 * Gives each test file its own temporary directory, and fails the file if the tests, or what they test, leave something
 * in it. Folders from `temporaryFolder` are removed here without an error. Paths of sockets may have 107 bytes
 * (103 on macOS), so the names are short.
 */
module.exports = class CleanEnvironment extends TestEnvironment {
  constructor(config, context) {
    const outer = process.env.TMPDIR;
    const folder = mkdtempSync(join(tmpdir(), "f"));
    // PostgreSQL refuses to run as root, so tests run it as another user, who needs access to this directory.
    chmodSync(folder, 0o755);
    // Set before the environment copies the variables of this process, because node:os reads the original ones.
    process.env.TMPDIR = folder;
    super(config, context);
    this.outer = outer;
    this.folder = folder;
    this.file = relative(config.projectConfig.rootDir, context.testPath);
    this.global.temporaryFolders = [];
  }

  handleTestEvent({ name, test }, state) {
    if (name === "run_start") {
      state.testTimeout *= patience;
      waitLonger(state.rootDescribeBlock);
    }
    if (name === "hook_failure" || name === "error" || (name === "test_done" && test.errors.length > 0))
      this.failed = true;
  }

  async teardown() {
    const expected = this.global.temporaryFolders;
    await super.teardown();
    for (const storage of storages) storage.disable();
    storages.clear();
    if (this.outer === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = this.outer;
    for (const folder of expected) rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    const left = readdirSync(this.folder);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
    // What is left after a failure follows from it, and would hide it.
    if (left.length > 0 && !this.failed) {
      throw new Error(
        `${this.file} leaves ${left.join(", ")} in the temporary directory. Tests make folders with temporaryFolder(); the toolkit removes its own.`,
      );
    }
  }
};
