import { hasProgram } from "./has-program";

/** Whether programs of Rust can be built here; a line says so where they cannot, and EVENKEEL_REQUIRE=rustc makes that an error. */
export function canBuildRust(what: string): boolean {
  const found = hasProgram("rustc", ["--version"], "rustc");
  if (!found) process.stderr.write(`Left out, as rustc is not here (Debian: apt-get install rustc): ${what}.\n`);
  return found;
}

/** Builds services/labels into a folder, as a program without libraries beside it, for the processor of this machine. */
export const labelsBuild = (folder: string): readonly string[] => [
  "rustc",
  ...["--edition", "2021", "-C", "opt-level=2", "-C", "panic=abort", "-C", "strip=symbols"],
  ...["-C", "target-feature=+crt-static", "--out-dir", folder, "--crate-name", "bootstrap"],
  "services/labels/src/main.rs",
];
