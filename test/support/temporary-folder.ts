import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

declare global {
  /** Folders that the test environment removes after a test file; see clean-environment.js. */
  var temporaryFolders: string[] | undefined;
}

/**
 * Makes a folder for a test, which nobody needs to remove. It stays until the whole test file is done, its `afterAll` hooks
 * included, so that servers can still write to it while they stop. Outside of jest it stays until the process exits.
 * @returns its absolute path
 */
export function temporaryFolder(prefix = "test-"): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  if (globalThis.temporaryFolders) globalThis.temporaryFolders.push(folder);
  else process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
