import { existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { keptFolder } from "../../loader";
import { temporaryFolder } from "../support/temporary-folder";

describe("The folder for what all projects of an installation share", () => {
  test("is made where the package is", () => {
    expect(keptFolder("bundles")).toBe(resolve(__dirname, "..", "..", ".evenkeel", "bundles"));
    const cache = join(temporaryFolder(), "node_modules", ".cache", "evenkeel");
    expect(keptFolder("bundles", cache)).toBe(join(cache, "bundles"));
    expect(existsSync(join(cache, "bundles"))).toBe(true);
  });

  test("is the project's own where the package cannot be written to", () => {
    const file = join(temporaryFolder(), "cache");
    writeFileSync(file, "");
    expect(keptFolder("bundles", file)).toBe(resolve(".evenkeel", "bundles"));
  });
});
