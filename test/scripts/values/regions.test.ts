import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { changesOf, constantsFile } from "../../../scripts/values/constants-file";
import { temporaryFolder } from "../../support/temporary-folder";

describe("A file of data", () => {
  const at = (file: string, without: Record<string, string>) =>
    constantsFile(file, "regions", "Regions.", { source: "x 1", without });

  test("differs from itself in nothing, however it is broken into lines", () => {
    const path = join(temporaryFolder(), "data.ts");
    const file = at(path, { a: "", "b.c": Array(40).fill("eu-west-1").join(" ") });
    writeFileSync(path, file.text);
    expect(changesOf(file)).toEqual([]);
    expect(file.text).toContain('"b.c":\n      "eu-west-1');
  });

  test("says line by line what another source has otherwise", () => {
    const path = join(temporaryFolder(), "data.ts");
    writeFileSync(path, at(path, { a: "eu-west-1 eu-west-2", b: "" }).text);
    expect(changesOf(at(path, { a: "eu-west-1", b: "", c: "" }))).toEqual([
      '- a: "eu-west-1 eu-west-2",',
      '+ a: "eu-west-1",',
      '+ c: "",',
    ]);
  });
});
