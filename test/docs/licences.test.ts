import { readFileSync } from "node:fs";
import { join } from "node:path";
import { licencesIn, licencesPage, notPermissive, ownLicences } from "../../scripts/licences";

const own = ownLicences();

describe("The licences of what users install", () => {
  test("are in the reference, as `npm run docs` writes them", () => {
    expect(readFileSync(join("docs", "reference", "licences.md"), "utf8")).toBe(licencesPage(own));
    expect(own.installed.length).toBeGreaterThan(100);
  });

  test("are permissive for all that is installed with the package", () => {
    expect(notPermissive(own.installed)).toEqual([]);
  });

  test("are stated for the engine and for what is optional", () => {
    expect([...own.peers, ...own.optional].filter(({ licence }) => !licence)).toEqual([]);
    expect(own.optional.map(({ name }) => name)).toEqual([
      "@aws-crypto/client-node",
      "@aws-sdk/client-lambda",
      "@aws-sdk/client-sqs",
      "@cdktf/provider-vault",
      "@cdktn/hcl2json",
      "elkjs",
    ]);
    expect(own.peers.map(({ name }) => name)).toEqual(["@cdktf/provider-aws", "cdktf", "constructs"]);
  });

  test("are judged as SPDX reads them", () => {
    const judged = (license?: string) => {
      const lock = { packages: { "node_modules/a/node_modules/@b/c": { version: "1.0.0", license } } };
      return notPermissive(licencesIn({}, lock).installed).map(({ name }) => name);
    };
    for (const permissive of ["MIT", "(GPL-3.0-only OR MIT)", "MIT AND ISC"]) expect(judged(permissive)).toEqual([]);
    for (const other of ["EPL-2.0", "LGPL-3.0-or-later", "MPL-2.0", "MIT AND GPL-2.0-only", "UNLICENSED", undefined]) {
      expect(judged(other)).toEqual(["@b/c"]);
    }
  });
});
