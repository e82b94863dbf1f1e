import type { DataFile } from "../../values/constraint";
import { matcherOf } from "../../values/patterns";

/** Patterns that cannot be checked, with the first attribute that has each, and why. */
export function patternsLeftOut(files: Iterable<DataFile>): string[] {
  const seen = new Set<string>();
  const lines: string[] = [];
  for (const { types } of files) {
    for (const [type, limits] of Object.entries(types)) {
      for (const [path, { pattern }] of Object.entries(limits)) {
        if (pattern === undefined || seen.has(pattern)) continue;
        seen.add(pattern);
        try {
          matcherOf(pattern);
        } catch (error) {
          lines.push(`${type}.${path}: ${pattern} (${error instanceof Error ? error.message : error})`);
        }
      }
    }
  }
  return lines;
}
