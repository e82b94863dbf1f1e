import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const command = "npm run freeze";

/**
 * Compares lines with a file beside this one. `npm run freeze` writes the file instead, for a change that is meant: the diff of
 * the file is then what a reviewer reads.
 */
export function expectFrozen(file: string, lines: readonly string[]): void {
  const path = join(__dirname, file);
  if (process.env.EVENKEEL_FREEZE === "write") {
    writeFileSync(path, `${lines.join("\n")}\n`);
    expect(lines).not.toEqual([]);
    return;
  }
  const frozen = readFileSync(path, "utf8").trimEnd().split("\n");
  const [was, is] = [new Set(frozen), new Set(lines)];
  const gone = frozen.filter((line) => !is.has(line));
  const added = lines.filter((line) => !was.has(line));
  expect({ gone, added, [`if this is meant, run ${command}`]: "" }).toEqual({
    gone: [],
    added: [],
    [`if this is meant, run ${command}`]: "",
  });
}
