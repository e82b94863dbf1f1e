import type { ZipOptions } from "fflate";

/** A file of a zip. */
export interface ZippedFile {
  /** Path in the zip, with forward slashes. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Whether it may be run, as extensions of Lambda are. */
  readonly executable?: boolean;
}

/** A zip that has the same bytes for the same files, on every machine and at any time. */
export function zipOf(files: readonly ZippedFile[]): Uint8Array {
  const { zipSync } = require("fflate") as typeof import("fflate");
  // A fixed local time, because zip stores local times; Unix, and a regular file that everyone may read.
  const attributes = (mode: number): ZipOptions => ({
    level: 9,
    mtime: new Date(1980, 0, 1),
    os: 3,
    attrs: (mode << 16) >>> 0,
  });
  const entries = [...files]
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ name, bytes, executable }): [string, [Uint8Array, ZipOptions]] => [
      name,
      [bytes, attributes(executable ? 0o100755 : 0o100644)],
    ]);
  return zipSync(Object.fromEntries(entries));
}
