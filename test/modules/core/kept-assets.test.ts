import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { App, AssetType, TerraformAsset, TerraformStack } from "cdktf";
import { makeSynthesisFaster } from "../../../modules/core";
import { temporaryFolder } from "../../support/temporary-folder";

makeSynthesisFaster();
const folder = temporaryFolder("kept-assets-");
const outdir = join(folder, "output");
const source = join(folder, "code.zip");
const assets = join(outdir, "stacks", "one", "assets", "code");

/** Synthesizes an app with the source as its asset. @returns the file in the output */
function synthesize(content: string, assetHash: string): string {
  writeFileSync(source, content);
  const app = new App({ outdir, stackTraces: false });
  const stack = new TerraformStack(app, "one");
  new TerraformAsset(stack, "code", { path: source, type: AssetType.FILE, assetHash });
  app.synth();
  return join(assets, assetHash, "code.zip");
}

test("A file that is in the output stays; one that is new, damaged or beside an older one is copied", () => {
  const file = synthesize("first", "1");
  const { ino } = statSync(file);
  expect(statSync(synthesize("first", "1")).ino).toBe(ino);

  writeFileSync(file, "wrong");
  expect(readFileSync(synthesize("first", "1"), "utf8")).toBe("first");

  expect(readFileSync(synthesize("second", "2"), "utf8")).toBe("second");
  expect(readdirSync(assets)).toEqual(["2"]);

  mkdirSync(join(assets, "0"));
  synthesize("second", "2");
  expect(readdirSync(assets)).toEqual(["2"]);
});
