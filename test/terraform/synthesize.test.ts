import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../errors";
import { synthesize } from "../../terraform";
import { temporaryFolder } from "../support/temporary-folder";

const options = (script: string) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "app.js"), script);
  const app = `"${process.execPath}" "${join(folder, "app.js")}"`;
  return { app, environment: "dev", stage: "hardening", output: join(folder, "out"), env: { GIVEN: "yes" } };
};

describe("synthesize", () => {
  test("runs the app as cdktf does, with stage, standby regions and environment, into an empty folder", async () => {
    const script = `
      const { existsSync, mkdirSync, writeFileSync } = require("node:fs");
      const { CDKTF_OUTDIR, ENVIRONMENT, GIVEN } = process.env;
      if (existsSync(CDKTF_OUTDIR)) throw new Error("the folder is not empty");
      mkdirSync(CDKTF_OUTDIR);
      writeFileSync(CDKTF_OUTDIR + "/told.json", JSON.stringify([ENVIRONMENT, GIVEN, ...process.argv.slice(2)]));
    `;
    const given = options(script);
    const told = async (standby?: readonly string[]) =>
      JSON.parse(readFileSync(join(await synthesize({ ...given, standby }), "told.json"), "utf8"));
    expect(await told()).toEqual(["dev", "yes", "--stage", "hardening"]);
    expect(await told(["eu-central-1", "eu-west-2"])).toEqual([
      ...["dev", "yes", "--stage", "hardening"],
      ...["--standby", "eu-central-1,eu-west-2"],
    ]);
  });

  test("throws an error for the user, with what the app wrote to standard error", async () => {
    const failed = synthesize(
      options('console.log("chatter"); console.error("regions.home: is missing"); process.exit(1)'),
    );
    await expect(failed).rejects.toThrow(UserError);
    await expect(failed).rejects.toThrow(/^synthesis of dev at hardening failed:\nregions\.home: is missing$/);
  });

  test("says how an app ended that wrote nothing", async () => {
    await expect(synthesize(options("process.exit(3)"))).rejects.toThrow(/failed:\nexit code 3$/);
  });
});
