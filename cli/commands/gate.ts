import { runGates } from "../../gates";

/** Checks plan files and prints a table of violations. @returns 1 when there is one, else 0 */
export function gate(files: string[]): number {
  return runGates(files);
}
