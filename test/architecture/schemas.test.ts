import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root, sourceFiles } from "./source-files";

/** Rooms that every synthesis loads. */
const rooms = ["modules", "blueprints", "contract", "capabilities", "config"];

test("Fields of closed objects are made when they are used, wherever a synthesis loads them", () => {
  const eager = sourceFiles(rooms)
    .map(({ path }) => path)
    .filter((path) => /\bz\s*\.strictObject\(/.test(readFileSync(join(root, path), "utf8")));
  // Write strictObject(() => ({ ... })) of modules/core there.
  expect(eager).toEqual([]);
});
